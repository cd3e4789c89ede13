// SPDX-License-Identifier: MIT
#include "session/segment_bytes.h"

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/error.h"
#include "session/encoding.h"
#include "session/production.h"

namespace focus::core {
namespace {

/// How often it looks again when the session is steered while it looks.
constexpr int kTries = 8;

absl::StatusOr<std::shared_ptr<const AudioBytes>> encode(const Session::HeardSegment& heard,
                                                         int index, const Request& request) {
  FOCUS_ASSIGN_OR_RETURN(auto writer, AudioFileWriter::create_in_memory(
                                          request.format, request.sample_rate, kEncodedChannels,
                                          {dither_seed(*heard.plan, index)}));
  FOCUS_RETURN_IF_ERROR(encode_samples(*heard.reader, heard.frames, request.sample_rate, *writer));
  FOCUS_ASSIGN_OR_RETURN(std::string bytes, writer->take_bytes());
  return MemoryAudioBytes::of(std::move(bytes), request.format);
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> encoded(Session& session, int index,
                                                          const Session::ReadySegment& segment) {
  // Made again within one plan a segment is the same, unless another engine has played it.
  const std::string key =
      absl::StrCat(session.id(), "/", index, "/", segment.plan->change_count(), "/",
                   segment.record.engine, "/", segment.record.engine_version);
  return session.encoded().get(key, [&]() -> absl::StatusOr<std::shared_ptr<const AudioBytes>> {
    FOCUS_ASSIGN_OR_RETURN(const Session::HeardSegment heard, session.open_heard(index));
    if (heard.plan != segment.plan) return absl::AbortedError("the session was steered just now");
    return encode(heard, index, session.request());
  });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const AudioBytes>> segment_bytes(Session& session, int index) {
  for (int tries = 0; tries < kTries; ++tries) {
    FOCUS_ASSIGN_OR_RETURN(const Session::ReadySegment segment, session.ready_segment(index));
    const bool is_file =
        !segment.record.path.empty() && segment.heard_frames == segment.record.frames;
    auto bytes = is_file ? FileAudioBytes::open(segment.record.path, session.request().format)
                         : encoded(session, index, segment);
    // What was opened while the session was steered may be of another plan.
    const bool steered = session.change_count() != segment.plan->change_count();
    if (bytes.ok() && !steered) return bytes;
    if (steered) continue;
    if (!is_file || !absl::IsNotFound(bytes.status())) return bytes.status();
    session.lose_segment(index, bytes.status());  // the next look says that it is not ready
  }
  return with_field(
      absl::FailedPreconditionError("index: the session was steered just now; look at it again"),
      "index");
}

}  // namespace focus::core
