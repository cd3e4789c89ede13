// SPDX-License-Identifier: MIT
#include "delivery/segment_bytes.h"

#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/error.h"
#include "delivery/encoding.h"
#include "session/file_tags.h"
#include "session/heard_segment.h"

namespace focus::core::delivery {
namespace {

using Audio = std::shared_ptr<const store::AudioBytes>;

absl::StatusOr<Audio> encode(session::Session& session, int index,
                             const session::ReadySegment& segment) {
  FOCUS_ASSIGN_OR_RETURN(const session::HeardSegment heard, open_heard(session, index));
  if (heard.segment.plan != segment.plan) return session::steered_just_now();
  const plan::Request& request = session.started_with();
  FOCUS_ASSIGN_OR_RETURN(auto writer,
                         audio::AudioFileWriter::create_in_memory(
                             request.format, request.sample_rate, audio::kChannels,
                             session::segment_file_options(*segment.plan, index, *segment.record)));
  FOCUS_RETURN_IF_ERROR(encode_samples(*heard.reader, heard.frames, request.sample_rate, *writer));
  FOCUS_ASSIGN_OR_RETURN(std::string bytes, writer->take_bytes());
  return store::MemoryAudioBytes::of(std::move(bytes), request.format);
}

absl::StatusOr<Audio> encoded(session::Session& session, int index,
                              const session::ReadySegment& segment, EncodedCache* cache) {
  if (cache == nullptr) return encode(session, index, segment);
  // Made again within one plan a segment is the same, unless another engine has played it.
  const std::string key =
      absl::StrCat(session.id(), "/", index, "/", segment.plan->change_count(), "/",
                   segment.record->engine, "/", segment.record->engine_version);
  return cache->get(key, [&] { return encode(session, index, segment); });
}

}  // namespace

absl::StatusOr<Audio> segment_bytes(session::Session& session, int index, EncodedCache* cache) {
  for (int look = 0; look < session::kLooks; ++look) {
    FOCUS_ASSIGN_OR_RETURN(const session::ReadySegment segment, session.ready_segment(index));
    const store::SegmentRecord& record = *segment.record;
    const bool is_file = !record.path.empty() && segment.heard_frames == record.frames;
    auto bytes = is_file ? session.open_bytes(segment) : encoded(session, index, segment, cache);
    // What was opened while the session was steered may be of another plan.
    if (session.change_count() != segment.plan->change_count()) continue;
    if (bytes.ok() || !session::is_lost(bytes.status())) return bytes;
    session.lose_segment(index, bytes.status());  // the next look says that it is not ready
  }
  return session::steered_just_now();
}

}  // namespace focus::core::delivery
