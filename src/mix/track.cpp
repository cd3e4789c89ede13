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

  void end() {
    while (run(in_.data(), 0, true).produced > 0) {
    }
  }

 private:
  audio::StreamResampler::Progress run(const float* in, std::int64_t frames, bool end_of_input) {
    const std::int64_t room = std::min(kFramesPerRead, to_.frames() - done_);
    // The buffer is full: what remains in the filter is discarded.
    if (room == 0) return {frames, 0};
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

absl::StatusOr<audio::AudioBuffer> read_stereo(audio::AudioFileReader& reader, int sample_rate,
                                               const std::function<void(double)>& progress,
                                               const CancelToken& cancel) {
  const audio::AudioFileInfo& file = reader.info();
  FOCUS_ASSIGN_OR_RETURN(audio::StreamResampler resampler,
                         audio::StreamResampler::create(2, file.sample_rate, sample_rate,
                                                        audio::ResamplerQuality::best));
  audio::AudioBuffer audio(2, audio::resampled_frames(file.frames, file.sample_rate, sample_rate),
                           sample_rate);
  Gatherer gatherer(std::move(resampler), audio);
  audio::AudioBuffer block(file.channel_count, kFramesPerRead, file.sample_rate);
  mastering::Inspector inspector(file.channel_count, file.sample_rate);
  audio::AudioBuffer folded(2, kFramesPerRead, file.sample_rate);
  for (std::int64_t done = 0; done < file.frames;) {
    if (cancel.cancelled()) return cancelled_error();
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader.read(block.view()));
    if (count == 0) break;
    inspector.add(block.view().subview(0, count));
    fold_down(block.view().subview(0, count), folded.view().subview(0, count));
    gatherer.add(folded.view().subview(0, count));
    done += count;
    progress(kReadingShare * static_cast<double>(done) / static_cast<double>(file.frames));
  }
  gatherer.end();
  // Told here, since a resampler spreads such a sample over its neighbours.
  const mastering::Inspection found = inspector.result();
  if (found.not_finite_count > 0) {
    return fault_error(Fault::bad_data, absl::StrCat("the audio ", tell_not_finite(found)));
  }
  return audio;
}

}  // namespace

absl::StatusOr<Track> load_track(const std::string& path, int sample_rate,
                                 const mastering::MasteringSettings& settings,
                                 const std::function<void(double)>& progress,
                                 const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(const auto reader, audio::AudioFileReader::open(path));
  Track track;
  track.file = reader->info();
  // What is wrong with the audio itself names no path yet.
  const auto left_out = [&path](const absl::Status& status) {
    if (!has_fault(status, Fault::bad_data) || !path_of(status).empty()) return status;
    return damaged(path, absl::StrCat(std::string(status.message()), "; leave it out"));
  };
  auto stereo = read_stereo(*reader, sample_rate, progress, cancel);
  if (!stereo.ok()) return left_out(stereo.status());
  track.audio = *std::move(stereo);
  auto mastered = master(track.audio, settings, cancel, &track.energies);
  if (!mastered.ok()) return left_out(mastered.status());
  track.mastering = *mastered;
  const mastering::Judgement judgement = judge_file(track.mastering, settings);
  if (!judgement.is_fit() && !judgement.is_bearable) {
    return damaged(path, absl::StrCat("the audio ", judgement.fault, "; leave it out"));
  }
  progress(1.0);
  return track;
}

}  // namespace focus::core::mix
