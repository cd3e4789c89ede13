// SPDX-License-Identifier: MIT
#include "delivery/export.h"
#include "handles.h"
#include "session/heard_segment.h"

using namespace focus::core;
using namespace focus::core::capi;

int32_t focus_session_read_segment(focus_session* session, int32_t index, int64_t first_frame,
                                   float* samples, int64_t frames, int64_t* frames_read) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    if (frames_read == nullptr) return null_argument("frames_read");
    *frames_read = 0;
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    if (samples == nullptr) return null_argument("samples");
    if (frames < 0) return invalid_field("frames", "must not be negative");
    FOCUS_ASSIGN_OR_RETURN(const session::HeardSegment heard, open_heard(*session->use, index));
    if (first_frame < 0 || first_frame > heard.frames) {
      return invalid_field("first_frame", "must lie within the segment");
    }
    const std::int64_t count = std::min(frames, heard.frames - first_frame);
    audio::AudioBuffer audio(audio::kChannels, count, session->use->started_with().sample_rate);
    FOCUS_ASSIGN_OR_RETURN(*frames_read, heard.reader->read(first_frame, audio.view()));
    interleave(audio.view().subview(0, *frames_read), samples);
    return absl::OkStatus();
  });
}

int32_t focus_session_write_segment(focus_session* session, int32_t index,
                                    const char* path) noexcept {
  return focus_session_write_segment_with_bits(session, index, path, 0);
}

int32_t focus_session_write_segment_with_bits(focus_session* session, int32_t index,
                                              const char* path, int32_t bits) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    if (path == nullptr) return null_argument("path");
    return delivery::export_segment(*session->use, index, path, bits);
  });
}

int32_t focus_session_write_score(focus_session* session, int32_t index,
                                  const char* path) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    if (path == nullptr) return null_argument("path");
    return delivery::export_score(*session->use, index, path);
  });
}
