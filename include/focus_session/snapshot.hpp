// SPDX-License-Identifier: MIT
//
// A session at one moment, in the C++ wrapper. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_SNAPSHOT_HPP
#define FOCUS_SESSION_SNAPSHOT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "focus_session.h"
#include "handle.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// The state of a session at one moment.
class Snapshot {
 public:
  Snapshot() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_snapshot* get() const noexcept { return handle_.get(); }

  SessionInfo info() const {
    focus_session_info c = FOCUS_SESSION_INFO_INIT;
    if (!detail::check(focus_snapshot_info(get(), &c))) return {};
    SessionInfo info;
    info.status = static_cast<SessionStatus>(c.status);
    info.session_id = detail::text(c.session_id);
    info.engine = detail::text(c.engine);
    info.goal = static_cast<Goal>(c.goal);
    info.intensity = static_cast<Intensity>(c.intensity);
    info.target_minutes = c.target_minutes;
    info.total_segments = c.total_segments;
    info.ready_count = c.ready_count;
    info.more_pending = c.more_pending != 0;
    info.divergence = c.divergence;
    info.seed = c.seed;
    info.target_lufs = c.target_lufs;
    info.sample_rate = c.sample_rate;
    info.channel_count = c.channel_count;
    info.created_at = c.created_at;
    info.next_ready_at = c.next_ready_at;
    info.custom_prompt = detail::text(c.custom_prompt);
    info.spent_micros = c.spent_micros;
    return info;
  }

  /// Segment `index` of total_segments.
  SegmentInfo segment(std::int32_t index) const {
    focus_segment_info c = FOCUS_SEGMENT_INFO_INIT;
    if (!detail::check(focus_snapshot_segment(get(), index, &c))) return {};
    SegmentInfo info;
    info.index = c.index;
    info.ready = c.ready != 0;
    info.path = detail::text(c.path);
    info.engine = detail::text(c.engine);
    info.key = detail::text(c.key);
    info.tempo_bpm = c.tempo_bpm;
    info.start_seconds = c.start_seconds;
    info.duration_seconds = c.duration_seconds;
    info.frames = c.frames;
    info.fade_in_ms = c.fade_in_ms;
    info.fade_out_ms = c.fade_out_ms;
    info.target_lufs = c.target_lufs;
    info.integrated_lufs = c.integrated_lufs;
    info.range_lu = c.range_lu;
    info.true_peak_dbtp = c.true_peak_dbtp;
    info.gain_db = c.gain_db;
    info.cue_in_seconds = c.cue_in_seconds;
    info.cue_out_seconds = c.cue_out_seconds;
    info.limited = c.limited != 0;
    info.fallback = c.fallback != 0;
    info.phase = static_cast<Phase>(c.phase);
    info.licence_class = static_cast<LicenceClass>(c.licence_class);
    info.engine_version = detail::text(c.engine_version);
    return info;
  }

  /// All segments of the plan, in order.
  std::vector<SegmentInfo> segments() const {
    std::vector<SegmentInfo> all;
    const std::int32_t count = info().total_segments;
    all.reserve(static_cast<std::size_t>(count));
    for (std::int32_t index = 0; index < count; ++index) all.push_back(segment(index));
    return all;
  }

  /// The session object of the wire contract.
  std::string json(const JsonOptions& options = {}) {
    focus_json_options c = FOCUS_JSON_OPTIONS_INIT;
    c.include_analysis = options.include_analysis ? 1 : 0;
    c.base_url = options.base_url ? options.base_url->c_str() : nullptr;
    const char* text = nullptr;
    return detail::check(focus_snapshot_json(get(), &c, &text)) ? detail::text(text)
                                                                : std::string();
  }

 private:
  friend class Session;
  detail::Handle<focus_snapshot, focus_snapshot_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_SNAPSHOT_HPP
