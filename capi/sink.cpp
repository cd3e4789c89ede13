// SPDX-License-Identifier: MIT
#include "sink.h"

using namespace focus::core;
using namespace focus::core::capi;

int32_t focus_sink_write_interleaved(focus_sink* sink, const float* samples, int64_t frames,
                                     int32_t channel_count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(sink, "sink"));
    return sink->sink.write_interleaved(samples, frames, channel_count);
  });
}

int32_t focus_sink_write_planar(focus_sink* sink, const float* const* channels, int64_t frames,
                                int32_t channel_count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(sink, "sink"));
    return sink->sink.write_planar(channels, frames, channel_count);
  });
}

int32_t focus_sink_report_progress(focus_sink* sink, double fraction) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(sink, "sink"));
    return sink->sink.report_progress(fraction);
  });
}

int32_t focus_sink_check(const focus_sink* sink) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(sink, "sink"));
    return sink->sink.check();
  });
}

int32_t focus_sink_explain(focus_sink* sink, const char* message) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(sink, "sink"));
    if (message == nullptr) return null_argument("message");
    sink->sink.explain(message);
    return absl::OkStatus();
  });
}
