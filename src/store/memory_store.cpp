// SPDX-License-Identifier: MIT
#include "store/memory_store.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "audio/dither.h"
#include "base/error.h"
#include "store/memory_reader.h"

namespace focus::core {
namespace {

constexpr std::int64_t kBlock = 8192;  // frames between two looks at the cancel token

/// The samples that a lossless file of this format gives back, in place.
absl::Status round_to_format(AudioBuffer& audio, AudioFormat format, std::uint64_t dither_seed,
                             const CancelToken& cancel) {
  const Dither dither(dither_seed);
  const auto samples = static_cast<std::size_t>(kBlock * audio.channel_count());
  std::vector<std::int16_t> steps16(format == AudioFormat::flac16 ? samples : 0);
  std::vector<std::int32_t> steps24(format == AudioFormat::flac24 ? samples : 0);
  for (std::int64_t at = 0; at < audio.frames(); at += kBlock) {
    if (cancel.cancelled()) return cancelled_error();
    const AudioView block = audio.view().subview(at, std::min(kBlock, audio.frames() - at));
    if (format == AudioFormat::flac16) {
      dither.quantise(block, at, steps16.data());
      dequantise(steps16.data(), block);
    } else if (format == AudioFormat::flac24) {
      quantise24(block, steps24.data());
      dequantise24(steps24.data(), block);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MemoryStore::Session*> MemoryStore::find(const std::string& id) {
  const auto found = sessions_.find(id);
  if (found != sessions_.end()) return &found->second;
  return no_session(id);
}

absl::Status MemoryStore::add_session(const SessionRecord& session) {
  const std::lock_guard guard(mutex_);
  Session& added = sessions_[session.id];
  added.record = session;
  added.touched_at = session.created_at;
  order_.push_back(session.id);
  return absl::OkStatus();
}

absl::StatusOr<SessionRecord> MemoryStore::session(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const Session* session, find(id));
  return session->record;
}

absl::StatusOr<std::vector<std::string>> MemoryStore::session_ids() {
  const std::lock_guard guard(mutex_);
  return order_;
}

absl::Status MemoryStore::set_ended(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Session * session, find(id));
  session->record.ended = true;
  return absl::OkStatus();
}

absl::Status MemoryStore::set_stopped_cap(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Session * session, find(id));
  session->record.stopped_cap = true;
  return absl::OkStatus();
}

absl::Status MemoryStore::add_change(const std::string& id, const Change& change, int first_gone,
                                     const std::function<void()>& give_up) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Session * session, find(id));
  session->record.history.push_back(change);
  session->segments.erase(session->segments.lower_bound(first_gone), session->segments.end());
  for (Track& track : tracks_) {
    const bool gone = track.record.session_id == id && track.record.segment_index >= first_gone;
    track.segment_gone = track.segment_gone || gone;
  }
  give_up();
  return absl::OkStatus();
}

absl::Status MemoryStore::delete_session(const std::string& id,
                                         const std::function<void()>& give_up) {
  const std::lock_guard guard(mutex_);
  if (sessions_.erase(id) == 0) return no_session(id);
  std::erase(order_, id);
  give_up();
  return absl::OkStatus();
}

absl::Status MemoryStore::touch(const std::string& id, std::int64_t unix_seconds) {
  const std::lock_guard guard(mutex_);
  const auto found = sessions_.find(id);
  if (found != sessions_.end()) found->second.touched_at = unix_seconds;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> MemoryStore::untouched_since(std::int64_t unix_seconds) {
  const std::lock_guard guard(mutex_);
  std::vector<std::string> ids;
  for (const std::string& id : order_) {
    if (sessions_[id].touched_at < unix_seconds) ids.push_back(id);
  }
  return ids;
}

absl::StatusOr<SegmentRecord> MemoryStore::put_segment(const std::string& session_id,
                                                       AudioFormat format, SegmentRecord segment,
                                                       AudioBuffer&& audio,
                                                       std::uint64_t dither_seed,
                                                       const CancelToken& cancel) {
  FOCUS_RETURN_IF_ERROR(round_to_format(audio, format, dither_seed, cancel));
  segment.frames = audio.frames();
  segment.sample_rate = audio.sample_rate();
  const std::lock_guard guard(mutex_);
  if (cancel.cancelled()) return cancelled_error();
  FOCUS_ASSIGN_OR_RETURN(Session * session, find(session_id));
  session->segments[segment.index] = {segment,
                                      std::make_shared<const AudioBuffer>(std::move(audio))};
  return segment;
}

absl::StatusOr<std::vector<SegmentRecord>> MemoryStore::segments(const std::string& session_id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const Session* session, find(session_id));
  std::vector<SegmentRecord> records;
  for (const auto& [index, segment] : session->segments) records.push_back(segment.record);
  return records;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> MemoryStore::open_segment(
    const std::string& session_id, int index) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const Session* session, find(session_id));
  const auto found = session->segments.find(index);
  if (found == session->segments.end()) {
    return not_found("index", absl::StrCat("segment ", index,
                                           " is no longer kept; a memory store drops what the "
                                           "listener has heard"));
  }
  return std::make_unique<MemorySegmentReader>(found->second.audio);
}

bool MemoryStore::release(const std::string& session_id) {
  const std::lock_guard guard(mutex_);
  const auto found = sessions_.find(session_id);
  if (found == sessions_.end()) return false;
  found->second.segments.clear();
  if (found->second.record.ended) {
    std::erase(order_, session_id);
    sessions_.erase(found);
  }
  return true;
}

int MemoryStore::drop_before(const std::string& session_id, int index) {
  const std::lock_guard guard(mutex_);
  const auto found = sessions_.find(session_id);
  if (found == sessions_.end()) return 0;
  auto& segments = found->second.segments;
  const auto first_kept = segments.lower_bound(index);
  const int dropped = static_cast<int>(std::distance(segments.begin(), first_kept));
  segments.erase(segments.begin(), first_kept);
  return dropped;
}

}  // namespace focus::core
