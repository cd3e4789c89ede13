// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "store/store.h"

namespace focus::test {

inline core::store::SessionRecord session_record(const std::string& id = "mfocus_0123456789ab") {
  core::store::SessionRecord record;
  record.id = id;
  record.created_at = 1'750'000'000;
  record.request.goal = core::plan::Goal::custom_prompt;
  record.request.custom_prompt = "Regen über Zürich, 70 bpm";
  record.request.target_minutes = 7;
  record.request.divergence = 0.3;
  record.organization = "org_1";
  record.caller = "Zoë";
  record.request.engine = "studio";
  record.request.fallback = "tone";
  record.request.fallback_after_seconds = 12.5;
  record.request.seed = 0xFEDCBA9876543210ULL;
  record.request.target_lufs = -19.5;
  record.request.look_ahead = 3;
  record.request.modulation_depth = 0.25;
  record.request.stem_db = {0.0, -3.5, 12.0, core::plan::kStemOff, 1.0};
  record.request.work_minutes = 25;
  record.request.break_minutes = 5;
  record.request.ending_seconds = 45.5;
  record.request.tempo_bpm = 66.5;
  return record;
}

inline core::audio::AudioBuffer test_audio(std::int64_t frames = 48000) {
  core::audio::AudioBuffer audio(2, frames, 48000);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / 48000.0;
    audio.samples(0)[static_cast<std::size_t>(i)] = static_cast<float>(0.3 * std::sin(1500.0 * t));
    audio.samples(1)[static_cast<std::size_t>(i)] = static_cast<float>(0.3 * std::sin(2300.0 * t));
  }
  return audio;
}

inline core::store::SegmentRecord segment_record(int index) {
  core::store::SegmentRecord record;
  record.index = index;
  record.engine = "studio";
  record.engine_version = "1";
  record.licence_class = "personal_only";
  record.instrumental = true;
  record.mastering.integrated_lufs = -19.5;
  record.mastering.true_peak_dbtp = -3.25;
  record.mastering.cue.cue_in = 480;
  record.mastering.cue.cue_out = 47520;
  return record;
}

/// A claim of the fixture's session that no lease ends.
inline core::store::ClaimRequest claim_request(int index, int changes = 0) {
  core::store::ClaimRequest request;
  request.session_id = session_record().id;
  request.index = index;
  request.changes = changes;
  request.node = "here";
  request.lease_until = std::int64_t{1} << 60;
  return request;
}

/// Claims a segment and completes the claim.
inline absl::StatusOr<core::store::SegmentRecord> put(core::store::Store& store,
                                                      const core::store::ClaimRequest& request,
                                                      core::audio::AudioFormat format,
                                                      core::audio::AudioBuffer audio,
                                                      const core::CancelToken& cancel = {}) {
  FOCUS_ASSIGN_OR_RETURN(const core::store::Claimed claimed, store.board().claim(request));
  return store.segments().put(
      request.session_id, claimed.epoch, format, segment_record(request.index), std::move(audio),
      {.dither_seed = static_cast<std::uint64_t>(request.index), .tags = {}}, cancel);
}

inline absl::StatusOr<core::store::SegmentRecord> put(core::store::Store& store, int index,
                                                      core::audio::AudioBuffer audio) {
  return put(store, claim_request(index), core::audio::AudioFormat::flac16, std::move(audio));
}

inline core::store::TrackRecord track_record(int index, const std::string& id) {
  core::store::TrackRecord track;
  track.id = id;
  track.title = "Regen, Teil 3";
  track.engine = "studio";
  track.session_id = session_record().id;
  track.segment_index = index;
  track.organization = "org_1";
  track.caller = "alice";
  track.licence_class = "commercial_cleared";
  track.instrumental = true;
  track.frames = 48000;
  track.created_at = 1'750'000'100;
  return track;
}

inline std::string content_of(const core::store::AudioBytes& audio) {
  std::string content(static_cast<std::size_t>(audio.size()), '\0');
  const auto count = audio.read(0, content.data(), audio.size());
  return count.ok() && *count == audio.size() ? content : "unreadable";
}

inline core::audio::AudioBuffer read_all(core::store::SegmentReader& reader) {
  core::audio::AudioBuffer audio(2, reader.frames(), 48000);
  std::int64_t at = 0;
  while (at < reader.frames()) {
    const auto count = reader.read(at, audio.view().subview(at, reader.frames() - at));
    if (!count.ok() || *count == 0) break;
    at += *count;
  }
  return audio;
}

inline bool same_samples(const core::audio::AudioBuffer& a, const core::audio::AudioBuffer& b) {
  if (a.frames() != b.frames()) return false;
  for (int c = 0; c < 2; ++c) {
    if (!std::equal(a.samples(c).begin(), a.samples(c).end(), b.samples(c).begin())) return false;
  }
  return true;
}

}  // namespace focus::test
