// SPDX-License-Identifier: MIT
#include "host_brief.h"

namespace focus::core::capi {
namespace {

std::int32_t phase_of(const plan::Brief& brief) {
  if (!brief.has_phases) return FOCUS_PHASE_NONE;
  return brief.phase == plan::Phase::work ? FOCUS_PHASE_WORK : FOCUS_PHASE_BREAK;
}

}  // namespace

HostBrief::HostBrief(const plan::Brief& brief, int attempt)
    : session_id_(brief.session_id),
      prompt_(brief.prompt),
      key_(describe(brief.key)),
      key_before_(describe(brief.key_before)),
      key_after_(describe(brief.key_after)) {
  value_.struct_size = sizeof(value_);
  value_.segment_index = brief.index;
  value_.segment_count = brief.segment_count;
  value_.goal = static_cast<std::int32_t>(brief.goal) + FOCUS_GOAL_FOCUS;
  value_.character = static_cast<std::int32_t>(brief.character) + FOCUS_GOAL_FOCUS;
  value_.intensity = static_cast<std::int32_t>(brief.intensity) + FOCUS_INTENSITY_LOW;
  value_.phase = phase_of(brief);
  value_.section = static_cast<std::int32_t>(brief.section);
  value_.session_id = session_id_.c_str();
  value_.prompt = prompt_.c_str();
  value_.divergence = brief.divergence;
  value_.session_seed = brief.seed;
  value_.seed = brief.segment_seed();
  value_.tempo_bpm = brief.tempo_bpm;
  value_.bar_seconds = brief.bar_seconds;
  value_.key = key_.c_str();
  value_.key_before = key_before_.c_str();
  value_.key_after = key_after_.c_str();
  value_.start_seconds = brief.start_seconds;
  value_.session_seconds = brief.session_seconds;
  value_.frames = brief.frames;
  value_.sample_rate = brief.sample_rate;
  value_.channel_count = audio::kChannels;
  value_.overlap_in_frames = brief.overlap_in;
  value_.overlap_out_frames = brief.overlap_out;
  value_.ending_seconds = brief.ending_seconds;
  value_.target_lufs = brief.target_lufs;
  value_.pads_db = brief.level_db(plan::Stem::pads);
  value_.bass_db = brief.level_db(plan::Stem::bass);
  value_.melody_db = brief.level_db(plan::Stem::melody);
  value_.percussion_db = brief.level_db(plan::Stem::percussion);
  value_.ambience_db = brief.level_db(plan::Stem::ambience);
  value_.attempt = attempt;
  if (brief.previous && brief.previous->frames() > 0) {
    const audio::AudioBuffer& previous = *brief.previous;
    previous_.resize(static_cast<std::size_t>(previous.frames() * audio::kChannels));
    interleave(previous.view(), previous_.data());
    value_.previous_samples = previous_.data();
    value_.previous_frames = previous.frames();
  }
}

}  // namespace focus::core::capi
