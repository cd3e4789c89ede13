// SPDX-License-Identifier: MIT
#include "store/memory_segment_shelf.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>

#include "audio/dither.h"
#include "base/error.h"
#include "store/memory_reader.h"

namespace focus::core::store {
namespace {

constexpr std::int64_t kBlock = 8192;  // frames between two looks at the cancel token

/// The samples that a lossless file of this format gives back, in place.
absl::Status round_to_format(audio::AudioBuffer& audio, audio::AudioFormat format,
                             std::uint64_t dither_seed, const CancelToken& cancel) {
  const audio::Dither dither(dither_seed);
  const auto samples = static_cast<std::size_t>(kBlock * audio.channel_count());
  std::vector<std::int16_t> steps16(format == audio::AudioFormat::flac16 ? samples : 0);
  std::vector<std::int32_t> steps24(format == audio::AudioFormat::flac24 ? samples : 0);
  for (std::int64_t at = 0; at < audio.frames(); at += kBlock) {
    if (cancel.cancelled()) return cancelled_error();
    const audio::AudioView block = audio.view().subview(at, std::min(kBlock, audio.frames() - at));
    if (format == audio::AudioFormat::flac16) {
      dither.quantise(block, at, steps16.data());
      dequantise(steps16.data(), block);
    } else if (format == audio::AudioFormat::flac24) {
      quantise24(block, steps24.data());
      dequantise24(steps24.data(), block);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SegmentRecord> MemorySegmentShelf::put(const std::string& session_id,
                                                      std::int64_t epoch, audio::AudioFormat format,
                                                      SegmentRecord segment,
                                                      audio::AudioBuffer&& audio,
                                                      const audio::AudioFileOptions& options,
                                                      const CancelToken& cancel) {
  segment.frames = audio.frames();
  segment.sample_rate = audio.sample_rate();
  // All that takes memory comes first: once the samples are rounded nothing fails for want of it,
  // and they are not rounded a second time when the caller tries again.
  auto kept = std::make_shared<audio::AudioBuffer>();
  std::map<int, MemoryState::Segment> place;
  place[segment.index] = {segment, kept, epoch};
  auto node = place.extract(place.begin());
  FOCUS_RETURN_IF_ERROR(round_to_format(audio, format, options.dither_seed, cancel));
  const MutexLock guard(state_.mutex);
  if (cancel.cancelled()) return cancelled_error();
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session, state_.find_locked(session_id));
  FOCUS_RETURN_IF_ERROR(MemoryState::check_claim(*session, segment.index, epoch));
  session->claims.erase(segment.index);
  *kept = std::move(audio);
  session->segments.erase(segment.index);
  session->segments.insert(std::move(node));
  ++session->revision;
  state_.tell_locked({MessageKind::segment_ready, session_id, segment.index, segment.engine});
  return segment;
}

absl::StatusOr<std::vector<SegmentRecord>> MemorySegmentShelf::list(const std::string& session_id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const MemoryState::Session* session, state_.find_locked(session_id));
  std::vector<SegmentRecord> records;
  for (const auto& [index, segment] : session->segments) records.push_back(segment.record);
  return records;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> MemorySegmentShelf::open(
    const std::string& session_id, int index) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const MemoryState::Session* session, state_.find_locked(session_id));
  const auto found = session->segments.find(index);
  if (found == session->segments.end()) return no_segment(index);
  return std::make_unique<MemorySegmentReader>(found->second.audio);
}

absl::Status MemorySegmentShelf::forget(const std::string& session_id, int index) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session, state_.find_locked(session_id));
  if (session->segments.erase(index) > 0) ++session->revision;
  return absl::OkStatus();
}

void MemorySegmentShelf::release(const std::string& session_id, std::int64_t epoch) {
  const MutexLock guard(state_.mutex);
  const auto found = state_.sessions.find(session_id);
  if (found == state_.sessions.end()) return;
  MemoryState::Session& session = found->second;
  drop_locked(session, 0, std::numeric_limits<int>::max(), epoch);
  if (session.record.ended) {
    std::erase(state_.order, session_id);
    state_.sessions.erase(found);
  }
}

void MemorySegmentShelf::drop_before(const std::string& session_id, int index, std::int64_t epoch) {
  drop(session_id, 0, index, epoch);
}

void MemorySegmentShelf::drop_from(const std::string& session_id, int index, std::int64_t epoch) {
  drop(session_id, index, std::numeric_limits<int>::max(), epoch);
}

void MemorySegmentShelf::drop(const std::string& session_id, int first, int end,
                              std::int64_t epoch) {
  const MutexLock guard(state_.mutex);
  const auto found = state_.sessions.find(session_id);
  if (found != state_.sessions.end()) drop_locked(found->second, first, end, epoch);
}

void MemorySegmentShelf::drop_locked(MemoryState::Session& session, int first, int end,
                                     std::int64_t epoch) {
  const auto dropped = std::erase_if(session.segments, [&](const auto& entry) {
    return entry.first >= first && entry.first < end && entry.second.epoch <= epoch;
  });
  if (dropped > 0) ++session.revision;
}

}  // namespace focus::core::store
