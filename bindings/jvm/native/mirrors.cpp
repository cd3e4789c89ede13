// SPDX-License-Identifier: MIT
// Which fields of which structs go across.
#include "mirror.h"

namespace focus_jni {

Mirrors& mirrors() {
#define M(member) FOCUS_MEMBER(T, member)
  static Mirrors all{
      [] {
        using T = focus_service_options;
        return Mirror("ServiceOptions",
                      {M(storage), M(data_folder), M(worker_count), M(log_level)});
      }(),
      [] {
        using T = focus_engine_info;
        return Mirror("EngineInfo", {M(enabled), M(key), M(display_name), M(description),
                                     M(version), M(max_duration_seconds), M(vocals), M(stems),
                                     M(licence_class), M(commercial_use), M(requires_attribution),
                                     M(has_score), M(concurrency), M(price_micros_per_minute)});
      }(),
      [] {
        using T = focus_session_request;
        return Mirror("Request",
                      {M(goal),          M(target_minutes),   M(intensity),
                       M(divergence),    M(custom_prompt),    M(engine),
                       M(seed),          M(has_seed),         M(format),
                       M(target_lufs),   M(segment_seconds),  M(sample_rate),
                       M(look_ahead),    M(modulation_depth), M(pads_db),
                       M(bass_db),       M(melody_db),        M(percussion_db),
                       M(ambience_db),   M(ending_seconds),   M(work_minutes),
                       M(break_minutes), M(fallback),         M(fallback_after_seconds)});
      }(),
      [] {
        using T = focus_steering;
        return Mirror("Steering", {M(goal), M(intensity), M(target_minutes), M(divergence),
                                   M(custom_prompt), M(at_seconds)});
      }(),
      [] {
        using T = focus_session_info;
        return Mirror("SessionInfo",
                      {M(status), M(session_id), M(engine), M(goal), M(intensity),
                       M(target_minutes), M(total_segments), M(ready_count), M(more_pending),
                       M(divergence), M(seed), M(target_lufs), M(sample_rate), M(channel_count),
                       M(created_at), M(next_ready_at), M(custom_prompt), M(spent_micros)});
      }(),
      [] {
        using T = focus_segment_info;
        return Mirror("SegmentInfo", {M(index),
                                      M(ready),
                                      M(path),
                                      M(engine),
                                      M(key),
                                      M(tempo_bpm),
                                      M(start_seconds),
                                      M(duration_seconds),
                                      M(frames),
                                      M(fade_in_ms),
                                      M(fade_out_ms),
                                      M(target_lufs),
                                      M(integrated_lufs),
                                      M(range_lu),
                                      M(true_peak_dbtp),
                                      M(gain_db),
                                      M(cue_in_seconds),
                                      M(cue_out_seconds),
                                      M(limited),
                                      M(fallback),
                                      M(phase),
                                      M(licence_class),
                                      M(engine_version)});
      }(),
      [] {
        using T = focus_event;  // its strings are arrays, see session.cpp
        return Mirror("Event", {M(type), M(segment_index), M(code)});
      }(),
      [] {
        using T = focus_player_options;
        return Mirror("PlayerOptions", {M(mode), M(sample_rate), M(channel_count)});
      }(),
      [] {
        using T = focus_player_info;
        return Mirror("PlayerInfo", {M(state), M(segment_index), M(underruns), M(position_seconds),
                                     M(duration_seconds), M(next_join_seconds), M(sleep_seconds),
                                     M(volume), M(sample_rate), M(channel_count)});
      }(),
      [] {
        using T = focus_measurement_info;
        return Mirror("Measurement",
                      {M(sample_rate), M(channel_count), M(curve_step_seconds), M(duration_seconds),
                       M(integrated_lufs), M(range_lu), M(true_peak_dbtp), M(max_momentary_lufs),
                       M(max_short_term_lufs), M(cue_in_seconds), M(cue_out_seconds)});
      }(),
      [] {
        using T = focus_track_info;
        return Mirror("TrackInfo",
                      {M(segment_index), M(track_id), M(title), M(engine), M(session_id), M(path),
                       M(duration_seconds), M(created_at), M(licence_class), M(instrumental)});
      }(),
      [] {
        using T = focus_engine_description;
        return Mirror("EngineDescription",
                      {M(licence_class), M(key), M(display_name), M(description), M(version),
                       M(commercial_use), M(requires_attribution), M(vocals), M(stems),
                       M(continues_previous), M(max_duration_seconds), M(sample_rate),
                       M(concurrency), M(retries), M(retry_delay_seconds), M(timeout_seconds),
                       M(previous_seconds), M(expected_speed), M(price_micros_per_minute)});
      }(),
      [] {
        using T = focus_brief;  // its samples: see engine.cpp
        return Mirror("Brief", {M(segment_index),
                                M(segment_count),
                                M(goal),
                                M(character),
                                M(intensity),
                                M(phase),
                                M(section),
                                M(session_id),
                                M(prompt),
                                M(divergence),
                                M(session_seed),
                                M(seed),
                                M(tempo_bpm),
                                M(bar_seconds),
                                M(key),
                                M(key_before),
                                M(key_after),
                                M(start_seconds),
                                M(session_seconds),
                                M(frames),
                                M(sample_rate),
                                M(channel_count),
                                M(overlap_in_frames),
                                M(overlap_out_frames),
                                M(ending_seconds),
                                M(target_lufs),
                                M(pads_db),
                                M(bass_db),
                                M(melody_db),
                                M(percussion_db),
                                M(ambience_db),
                                M(previous_frames),
                                M(attempt)});
      }(),
      [] {
        using T = focus_http_response_info;
        return Mirror("HttpResponse", {M(status), M(header_count), M(body_kind), M(body_size),
                                       M(file_path), M(file_offset)});
      }()};
#undef M
  return all;
}

bool load_mirrors(JNIEnv* env) {
  Mirrors& all = mirrors();
  for (Mirror* mirror :
       {&all.service_options, &all.engine_info, &all.request, &all.steering, &all.session_info,
        &all.segment_info, &all.event, &all.player_options, &all.player_info, &all.measurement_info,
        &all.track_info, &all.engine_description, &all.brief, &all.http_info}) {
    if (!mirror->load(env)) return false;
  }
  return true;
}

}  // namespace focus_jni
