// SPDX-License-Identifier: MIT
#include "mix/mix.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/format.h"
#include "base/error.h"
#include "mastering/alignment.h"
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
constexpr double kLongestTrim = 3600.0;
constexpr double kReservedSeconds = 16.0;  // of the new file, for its own next joint
constexpr double kTempoSeconds = 24.0;     // analysed on either side of a joint
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

  /// `last`: no other file follows.
  absl::Status go_over_to(const std::string& path, OpenTrack next, bool last) {
    const mastering::Joint joint = join(next, last);
    const std::int64_t overlap = joint.overlap;
    const std::int64_t old_start = joint.old_end - overlap;
    FOCUS_RETURN_IF_ERROR(play_until(old_start));
    MixedTransition& mixed = report_.transitions.back();
    mixed.start_seconds = seconds(report_.frames);
    mixed.end_seconds = seconds(report_.frames + overlap);
    mixed.old_end_seconds = seconds(joint.old_end);
    mixed.new_start_seconds = seconds(joint.new_start);
    note_end(joint.old_end);
    note_file(path, report_.frames - joint.new_start, next);
    report_.files.back().unheard_start_seconds = seconds(joint.new_start);
    report_.files.back().silent_start_seconds =
        seconds(std::min(joint.new_start, next.track.edges.sound_in));
    if (overlap > 0) {
      const audio::ConstAudioView old_tail = old_.track.audio.view().subview(old_start, overlap);
      const audio::ConstAudioView new_head =
          next.track.audio.view().subview(joint.new_start, overlap);
      mixed.transition = mastering::find_transition(
          old_tail, new_head, rate_, settings_.ceiling_dbtp - kMeterMarginDb,
          {joint.bodies, mixed.transition.invert_new, joint.shape()});
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

  /// `reserved`: frames at its end that are left for its next joint.
  mastering::PairSide side_of(const OpenTrack& open, std::int64_t reserved = 0) const {
    return {open.track.energies, open.track.mastering.integrated_lufs,
            trimmed(open.track.edges, open.track.mastering.cue), open.played, reserved};
  }

  /// Leaves out as much of a quiet ending and beginning as is permitted, up to the body. A decay or
  /// a swell alone costs no time, and is kept.
  mastering::MusicEdges trimmed(mastering::MusicEdges edges,
                                const mastering::CuePoints& cue) const {
    const auto most = static_cast<std::int64_t>(settings_.trim_seconds * rate_);
    const std::int64_t end = std::max(edges.sound_out - most, cue.cue_out);
    if (end < edges.music_out) edges.music_out = edges.sound_out = end;
    const std::int64_t start = std::min(edges.sound_in + most, cue.cue_in);
    if (start > edges.music_in) edges.music_in = edges.sound_in = start;
    return edges;
  }

  /// How much of the beginning of `next` may lie under the old file.
  std::int64_t reserved_of(const OpenTrack& next, bool last) const {
    if (last) return 0;
    const std::int64_t sound = next.track.edges.sound_out - next.track.edges.sound_in;
    return std::min(sound / 2, static_cast<std::int64_t>(kReservedSeconds * rate_));
  }

  /// Finds the joint and appends a record of it to the report. First the joint is found from the
  /// loudness of both, then the new side is shifted: if the waveforms are similar, by their
  /// alignment; otherwise by the beats, if both tempos are known and match, and then by the
  /// alignment around the beat.
  mastering::Joint join(const OpenTrack& next, bool last) {
    const std::int64_t reserved = reserved_of(next, last);
    mastering::Joint joint =
        find_joint(side_of(old_), side_of(next, reserved), rate_, settings_.crossfade_seconds);
    MixedTransition mixed;
    // By how much the new file may begin earlier without touching what belongs to other joints.
    const std::int64_t room =
        std::min(joint.old_start() - old_.played,
                 next.track.audio.frames() - reserved - joint.new_start - joint.overlap);
    std::int64_t earlier = 0;
    if (joint.overlap > 0) {
      const mastering::Alignment as_they_lie = align(next, joint);
      mixed.transition.invert_new = as_they_lie.inverted;
      earlier = -as_they_lie.offset;
      if (std::abs(as_they_lie.correlation) < kAlike) {
        const std::int64_t shift = meet_beats(next, joint, room, mixed);
        if (mixed.match != mastering::TempoMatch::none) {
          mastering::Joint on_the_beat = joint;
          on_the_beat.begin_earlier(shift);
          const mastering::Alignment alignment = align(next, on_the_beat);
          mixed.transition.invert_new = alignment.inverted;
          earlier = shift - alignment.offset;
        }
      }
      earlier = std::max(std::min(earlier, room), -joint.overlap / 2);
      joint.begin_earlier(earlier);
    }
    mixed.offset_seconds = seconds(-earlier);
    report_.transitions.push_back(std::move(mixed));
    return joint;
  }

  /// Returns by how many frames the new file has to begin earlier for its beats to meet those of
  /// the old one, at most `room`.
  std::int64_t meet_beats(const OpenTrack& next, const mastering::Joint& joint, std::int64_t room,
                          MixedTransition& mixed) const {
    const auto most = static_cast<std::int64_t>(kTempoSeconds * rate_);
    const std::int64_t old_to = joint.old_start() + joint.held.to;
    const std::int64_t old_from = std::max<std::int64_t>(old_to - most, 0);
    const std::int64_t new_from = joint.new_start + joint.held.from;
    const std::int64_t new_count = std::min(most, next.track.audio.frames() - new_from);
    const mastering::Tempo old_tempo =
        mastering::find_tempo(old_.track.audio.view().subview(old_from, old_to - old_from), rate_);
    if (!old_tempo.known()) return 0;
    const mastering::Tempo new_tempo =
        mastering::find_tempo(next.track.audio.view().subview(new_from, new_count), rate_);
    mixed.old_bpm = old_tempo.bpm();
    if (!new_tempo.known()) return 0;
    mixed.new_bpm = new_tempo.bpm();
    const double half = 0.5 * seconds(joint.held.to - joint.held.from);
    const mastering::BeatShift shift =
        find_beat_shift(old_tempo, seconds(old_to - old_from) - half, new_tempo, half, rate_);
    if (shift.frames > room) return 0;
    mixed.match = shift.match;
    return shift.frames;
  }

  /// Compares the two sides where both are heard. The comparison needs `reach` frames of the old
  /// side around that part; where the file ends sooner, the part is shorter.
  mastering::Alignment align(const OpenTrack& next, const mastering::Joint& joint) const {
    const std::int64_t reach = mastering::alignment_reach(rate_);
    const std::int64_t from = joint.old_start() + joint.held.from - reach;
    const std::int64_t to =
        std::min(joint.old_start() + joint.held.to, old_.track.audio.frames() - reach);
    const std::int64_t count = to - from - reach;
    if (from < old_.played || count <= 0) return {};
    return mastering::find_alignment(
        old_.track.audio.view().subview(from, count + 2 * reach),
        next.track.audio.view().subview(joint.new_start + joint.held.from, count), rate_);
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

  void note_end(std::int64_t end) {
    const std::int64_t frames = old_.track.audio.frames();
    MixedFile& file = report_.files.back();
    file.unheard_end_seconds = seconds(frames - end);
    file.silent_end_seconds = seconds(frames - std::max(end, old_.track.edges.sound_out));
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
  FOCUS_RETURN_IF_ERROR(
      check_range("trim_seconds", settings.trim_seconds, 0.0, kLongestTrim, "seconds"));
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
      FOCUS_RETURN_IF_ERROR(mixing.go_over_to(paths[k], std::move(open), k + 1 == paths.size()));
    }
  }
  return mixing.end();
}

}  // namespace focus::core::mix
