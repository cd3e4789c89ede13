// SPDX-License-Identifier: MIT
#include "mix/mix.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/format.h"
#include "base/error.h"
#include "mastering/alignment.h"
#include "mastering/gating.h"
#include "mastering/loudness.h"
#include "mastering/pair.h"
#include "mix/track.h"

namespace focus::core::mix {
namespace {

constexpr double kLowestLufs = -40.0;
constexpr double kHighestLufs = -8.0;
constexpr double kLowestCeiling = -20.0;
constexpr double kShortestCrossfade = 0.01;
constexpr double kLongestCrossfade = 60.0;
constexpr double kTempoSeconds = 24.0;  // analysed on either side of a joint
// BS.1770 measures peaks at four times the sample rate. Meters with longer interpolation filters
// find higher peaks in bright bursts, by up to this much.
constexpr double kMeterMarginDb = 0.8;
// From this correlation on both sides contain the same sounds, and their waveforms must be aligned.
// Below it, aligning the beats is more important.
constexpr double kAlike = 0.5;
constexpr std::int64_t kBlock = 65'536;

absl::Status check_range(const char* field, double value, double low, double high,
                         const char* unit) {
  if (value >= low && value <= high) return absl::OkStatus();
  return invalid_field(field,
                       absl::StrCat("must be ", low, " to ", high, " ", unit, ", not ", value));
}

/// A track and the number of its frames that have been played.
struct OpenTrack {
  Track track;
  std::int64_t played = 0;
};

class Mixing {
 public:
  Mixing(int sample_rate, const MixSettings& settings, const MixSink& sink,
         const CancelToken& cancel)
      : rate_(sample_rate), settings_(settings), sink_(sink), cancel_(cancel) {
    report_.sample_rate = sample_rate;
  }

  void begin(const std::string& path, OpenTrack open) {
    old_ = std::move(open);
    note_file(path, 0, old_);
  }

  absl::Status go_over_to(const std::string& path, OpenTrack next) {
    const mastering::Joint joint = join(next);
    const std::int64_t overlap = joint.overlap;
    const std::int64_t old_start = joint.old_end - overlap;
    FOCUS_RETURN_IF_ERROR(play_until(old_start));
    MixedTransition& mixed = report_.transitions.back();
    mixed.start_seconds = seconds(report_.frames);
    mixed.end_seconds = seconds(report_.frames + overlap);
    mixed.old_end_seconds = seconds(joint.old_end);
    mixed.new_start_seconds = seconds(joint.new_start);
    note_file(path, report_.frames - joint.new_start, next);
    if (overlap > 0) {
      const audio::ConstAudioView old_tail = old_.track.audio.view().subview(old_start, overlap);
      const audio::ConstAudioView new_head =
          next.track.audio.view().subview(joint.new_start, overlap);
      mixed.transition = mastering::find_transition(
          old_tail, new_head, rate_, settings_.ceiling_dbtp - kMeterMarginDb,
          {{body_energy(old_.track), body_energy(next.track)}, mixed.transition.invert_new});
      audio::AudioBuffer sum(2, overlap, rate_);
      mixed.transition.mix_crossfade(old_tail, new_head, 0, sum.view());
      FOCUS_RETURN_IF_ERROR(put(sum.view()));
    }
    if (mixed.transition.invert_new) {
      for (int c = 0; c < 2; ++c) {
        for (float& sample : next.track.audio.samples(c)) sample = -sample;
      }
    }
    next.played = joint.new_start + overlap;
    old_ = std::move(next);
    return absl::OkStatus();
  }

  absl::StatusOr<MixReport> end() {
    FOCUS_RETURN_IF_ERROR(play_until(old_.track.audio.frames()));
    return std::move(report_);
  }

 private:
  double seconds(std::int64_t frames) const { return static_cast<double>(frames) / rate_; }

  static double body_energy(const Track& track) {
    return mastering::energy_of_lufs(track.mastering.integrated_lufs);
  }

  static mastering::PairSide side_of(const OpenTrack& open) {
    const mastering::Mastering& mastering = open.track.mastering;
    return {open.track.energies, mastering.integrated_lufs, mastering.cue.cue_in,
            mastering.cue.cue_out, open.played};
  }

  /// Finds the joint and appends a record of it to the report. First the joint is found from the
  /// loudness of both, then the old side is shifted: if the waveforms are similar, by their
  /// alignment; otherwise by the beats, if both tempos are known and match, and then by the
  /// alignment around the beat.
  mastering::Joint join(const OpenTrack& next) {
    mastering::Joint joint =
        find_joint(side_of(old_), side_of(next), rate_, settings_.crossfade_seconds);
    make_room(joint);
    MixedTransition mixed;
    std::int64_t offset = 0;
    if (joint.overlap > 0) {
      const mastering::Alignment as_they_lie = align(next, joint);
      mixed.transition.invert_new = as_they_lie.inverted;
      offset = as_they_lie.offset;
      if (std::abs(as_they_lie.correlation) < kAlike) {
        const std::int64_t shift = meet_beats(next, joint, mixed);
        if (mixed.match != mastering::TempoMatch::none) {
          joint.old_end += shift;
          const mastering::Alignment on_the_beat = align(next, joint);
          joint.old_end -= shift;
          mixed.transition.invert_new = on_the_beat.inverted;
          offset = shift + on_the_beat.offset;
        }
      }
    }
    joint.old_end += offset;
    mixed.offset_seconds = seconds(offset);
    report_.transitions.push_back(std::move(mixed));
    return joint;
  }

  /// Moves the joint earlier if the music is loud up to its last sample: the alignment needs
  /// mastering::alignment_reach() frames of the old side after the joint.
  void make_room(mastering::Joint& joint) const {
    const std::int64_t last = old_.track.audio.frames() - mastering::alignment_reach(rate_);
    if (joint.old_end <= last || joint.old_end - joint.overlap < old_.played) return;
    const std::int64_t start =
        std::max(last - joint.overlap, old_.played + mastering::alignment_reach(rate_));
    joint.old_end = std::min(joint.old_end, start + joint.overlap);
  }

  std::int64_t meet_beats(const OpenTrack& next, const mastering::Joint& joint,
                          MixedTransition& mixed) const {
    const auto most = static_cast<std::int64_t>(kTempoSeconds * rate_);
    const std::int64_t old_from = std::max<std::int64_t>(joint.old_end - most, 0);
    const std::int64_t new_count = std::min(most, next.track.audio.frames() - joint.new_start);
    const mastering::Tempo old_tempo = mastering::find_tempo(
        old_.track.audio.view().subview(old_from, joint.old_end - old_from), rate_);
    if (!old_tempo.known()) return 0;
    const mastering::Tempo new_tempo =
        mastering::find_tempo(next.track.audio.view().subview(joint.new_start, new_count), rate_);
    mixed.old_bpm = old_tempo.bpm();
    if (!new_tempo.known()) return 0;
    mixed.new_bpm = new_tempo.bpm();
    const double half = 0.5 * seconds(joint.overlap);
    const mastering::BeatShift shift = find_beat_shift(
        old_tempo, seconds(joint.old_end - old_from) - half, new_tempo, half, rate_);
    if (joint.old_end - joint.overlap - shift.frames < old_.played) return 0;
    mixed.match = shift.match;
    return -shift.frames;
  }

  mastering::Alignment align(const OpenTrack& next, const mastering::Joint& joint) const {
    const std::int64_t reach = mastering::alignment_reach(rate_);
    const std::int64_t from = joint.old_end - joint.overlap - reach;
    if (from < old_.played || joint.old_end + reach > old_.track.audio.frames()) return {};
    return mastering::find_alignment(
        old_.track.audio.view().subview(from, joint.overlap + 2 * reach),
        next.track.audio.view().subview(joint.new_start, joint.overlap), rate_);
  }

  absl::Status play_until(std::int64_t end) {
    for (std::int64_t at = old_.played; at < end; at += kBlock) {
      FOCUS_RETURN_IF_ERROR(put(old_.track.audio.view().subview(at, std::min(kBlock, end - at))));
    }
    old_.played = std::max(old_.played, end);
    return absl::OkStatus();
  }

  absl::Status put(audio::ConstAudioView part) {
    if (cancel_.cancelled()) return cancelled_error();
    report_.frames += part.frames();
    return sink_(part);
  }

  void note_file(const std::string& path, std::int64_t start, const OpenTrack& open) {
    const Track& track = open.track;
    MixedFile file;
    file.path = path;
    file.file = track.file;
    file.mastering = track.mastering;
    file.start_seconds = seconds(start);
    file.cue_in_seconds = seconds(track.mastering.cue.cue_in);
    file.cue_out_seconds = seconds(track.mastering.cue.cue_out);
    constexpr auto kStep = static_cast<std::size_t>(mastering::LoudnessCurve::kStepSeconds *
                                                    mastering::LoudnessMeter::kBlocksPerSecond);
    for (std::size_t end = kStep; end <= track.energies.size(); end += kStep) {
      file.momentary_lufs.push_back(static_cast<float>(mastering::lufs_of_energy(
          mastering::window_energy(track.energies, end, mastering::kMomentaryBlocks))));
    }
    report_.files.push_back(std::move(file));
  }

  const int rate_;
  const MixSettings& settings_;
  const MixSink& sink_;
  const CancelToken& cancel_;
  OpenTrack old_;
  MixReport report_;
};

}  // namespace

absl::Status validate(const MixSettings& settings) {
  FOCUS_RETURN_IF_ERROR(
      check_range("target_lufs", settings.target_lufs, kLowestLufs, kHighestLufs, "LUFS"));
  FOCUS_RETURN_IF_ERROR(
      check_range("ceiling_dbtp", settings.ceiling_dbtp, kLowestCeiling, 0.0, "dBTP"));
  if (settings.crossfade_seconds.has_value()) {
    FOCUS_RETURN_IF_ERROR(check_range("crossfade_seconds", *settings.crossfade_seconds,
                                      kShortestCrossfade, kLongestCrossfade, "seconds"));
  }
  if (settings.sample_rate.has_value()) {
    FOCUS_RETURN_IF_ERROR(check_range("sample_rate", *settings.sample_rate, audio::kLowestRate,
                                      audio::kHighestRate, "Hz"));
  }
  return absl::OkStatus();
}

absl::StatusOr<MixReport> make_mix(const std::vector<std::string>& paths, int sample_rate,
                                   const MixSettings& settings, const MixSink& sink,
                                   const std::function<void(double)>& progress,
                                   const CancelToken& cancel, const SourceCopies& copies) {
  Mixing mixing(sample_rate, settings, sink, cancel);
  mastering::MasteringSettings mastering;
  mastering.target_lufs = settings.target_lufs;
  mastering.ceiling_dbtp = settings.ceiling_dbtp - kMeterMarginDb;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    const auto told = [&](double share) {
      progress((static_cast<double>(k) + share) / static_cast<double>(paths.size()));
    };
    OpenTrack open;
    FOCUS_ASSIGN_OR_RETURN(open.track,
                           load_track(paths[k], sample_rate, mastering, told, cancel, copies));
    if (k == 0) {
      mixing.begin(paths[k], std::move(open));
    } else {
      FOCUS_RETURN_IF_ERROR(mixing.go_over_to(paths[k], std::move(open)));
    }
  }
  return mixing.end();
}

}  // namespace focus::core::mix
