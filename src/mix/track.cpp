// SPDX-License-Identifier: MIT
#include "mix/track.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/resampler.h"
#include "base/error.h"
#include "mastering/judgement.h"
#include "mix/fold_down.h"

namespace focus::core::mix {
namespace {

constexpr std::int64_t kFramesPerRead = 8192;
constexpr std::int64_t kMoreRoom = 1'000'000;
constexpr double kReadingShare = 0.4;  // approximate share of the time

/// Resamples stereo blocks and collects the result in the track's buffer.
class Gatherer {
 public:
  Gatherer(audio::StreamResampler resampler, audio::AudioBuffer& to)
      : resampler_(std::move(resampler)),
        to_(to),
        in_(static_cast<std::size_t>(kFramesPerRead * 2)),
        out_(static_cast<std::size_t>(kFramesPerRead * 2)) {}

  void add(audio::ConstAudioView block) {
    interleave(block, in_.data());
    std::int64_t consumed = 0;
    while (consumed < block.frames()) {
      const auto step = run(in_.data() + 2 * consumed, block.frames() - consumed, false);
      if (step.consumed == 0 && step.produced == 0) break;
      consumed += step.consumed;
    }
  }

  /// Takes what remains in the filter, and makes the track `frames` frames long.
  void end(std::int64_t frames) {
    while (done_ < frames && run(in_.data(), 0, true).produced > 0) {
    }
    if (to_.frames() < frames) to_.lengthen(frames);
    to_.truncate(frames);
  }

 private:
  audio::StreamResampler::Progress run(const float* in, std::int64_t frames, bool end_of_input) {
    if (done_ == to_.frames()) to_.lengthen(done_ + done_ / 4 + kMoreRoom);
    const std::int64_t room = std::min(kFramesPerRead, to_.frames() - done_);
    const auto step = resampler_.process(in, frames, out_.data(), room, end_of_input);
    deinterleave(out_.data(), to_.view().subview(done_, step.produced));
    done_ += step.produced;
    return step;
  }

  audio::StreamResampler resampler_;
  audio::AudioBuffer& to_;
  std::vector<float> in_;
  std::vector<float> out_;
  std::int64_t done_ = 0;
};

/// Room for the whole track where `likely` is right, and for what a resampler gives beyond it.
std::int64_t first_room(std::int64_t likely, int from_rate, int to_rate) {
  constexpr std::int64_t kMostByRatio = std::int64_t{1} << 24;
  const std::int64_t room = audio::resampled_frames(likely, from_rate, to_rate) + kFramesPerRead;
  return std::min(room, std::max(likely + kFramesPerRead, kMostByRatio));
}

/// Reads the file to its end, and counts: `file.frames` becomes what there is.
absl::StatusOr<audio::AudioBuffer> read_stereo(audio::AudioFileReader& reader,
                                               audio::AudioFileInfo& file, int sample_rate,
                                               const std::function<void(double)>& progress,
                                               const CancelToken& cancel) {
  file = reader.info();
  FOCUS_ASSIGN_OR_RETURN(audio::StreamResampler resampler,
                         audio::StreamResampler::create(2, file.sample_rate, sample_rate,
                                                        audio::ResamplerQuality::best));
  // The header may be wrong: the buffer grows where there is more.
  const std::int64_t likely = reader.likely_frames();
  audio::AudioBuffer audio(2, first_room(likely, file.sample_rate, sample_rate), sample_rate);
  Gatherer gatherer(std::move(resampler), audio);
  audio::AudioBuffer block(file.channel_count, kFramesPerRead, file.sample_rate);
  mastering::Inspector inspector(file.channel_count, file.sample_rate);
  audio::AudioBuffer folded(2, kFramesPerRead, file.sample_rate);
  std::int64_t done = 0;
  while (true) {
    if (cancel.cancelled()) return cancelled_error();
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader.read(block.view()));
    if (count == 0) break;
    inspector.add(block.view().subview(0, count));
    fold_down(block.view().subview(0, count), folded.view().subview(0, count));
    gatherer.add(folded.view().subview(0, count));
    done += count;
    progress(kReadingShare * static_cast<double>(done) /
             static_cast<double>(std::max(done, likely)));
  }
  gatherer.end(audio::resampled_frames(done, file.sample_rate, sample_rate));
  // Told here, since a resampler spreads such a sample over its neighbours.
  const mastering::Inspection found = inspector.result();
  if (found.not_finite_count > 0) {
    return fault_error(Fault::bad_data, absl::StrCat("the audio ", tell_not_finite(found)));
  }
  file.frames = done;
  return audio;
}

}  // namespace

absl::StatusOr<Track> load_track(const std::string& path, int sample_rate,
                                 const mastering::MasteringSettings& settings,
                                 const std::function<void(double)>& progress,
                                 const CancelToken& cancel, const SourceCopies& copies) {
  const auto copy = copies.find(path);
  FOCUS_ASSIGN_OR_RETURN(const auto reader, copy == copies.end()
                                                ? audio::AudioFileReader::open(path)
                                                : audio::AudioFileReader::open(copy->second));
  Track track;
  // What is wrong with the audio itself names no path yet.
  const auto left_out = [&path](const absl::Status& status) {
    if (!has_fault(status, Fault::bad_data) || !path_of(status).empty()) return status;
    return damaged(path, absl::StrCat(std::string(status.message()), "; leave it out"));
  };
  auto stereo = read_stereo(*reader, track.file, sample_rate, progress, cancel);
  if (!stereo.ok()) return left_out(stereo.status());
  track.audio = *std::move(stereo);
  auto mastered = master(track.audio, settings, cancel, &track.energies);
  if (!mastered.ok()) return left_out(mastered.status());
  track.mastering = *mastered;
  const mastering::Judgement judgement = judge_file(track.mastering, settings);
  if (!judgement.is_fit() && !judgement.is_bearable) {
    return damaged(path, absl::StrCat("the audio ", judgement.fault, "; leave it out"));
  }
  track.edges = mastering::find_music_edges(track.audio.view(), sample_rate, track.energies,
                                            track.mastering.gain_db);
  progress(1.0);
  return track;
}

}  // namespace focus::core::mix
