// SPDX-License-Identifier: MIT
#include "mastering/master.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "mastering/decibels.h"
#include "mastering/judgement.h"
#include "mastering/limiter.h"
#include "mastering/loudness.h"
#include "mastering/true_peak.h"

namespace focus::core::mastering {
namespace {

constexpr double kToleranceLu = 0.05;
// Each further step of the gain is limited more, so it brings less loudness. The rounds end when it
// brings almost nothing and would only distort.
constexpr int kLimiterRounds = 8;
constexpr double kLeastProgressLu = 0.02;
constexpr double kLongestStride = 3.0;
constexpr double kSilenceDbfs = -120.0;
// Means below this are not removed; they are measured at the final level. It is half of the offset
// that a segment file may have.
constexpr double kOffsetToRemove = 0.0005;
// About 10 ms of work in the slowest pass, the meter: the interval between checks of `cancel`.
constexpr std::int64_t kChunkFrames = std::int64_t{1} << 17;

template <typename Work>
absl::Status in_chunks(audio::AudioView audio, const CancelToken& cancel, Work work) {
  for (std::int64_t done = 0; done < audio.frames(); done += kChunkFrames) {
    if (cancel.cancelled()) return cancelled_error();
    work(audio.subview(done, std::min(kChunkFrames, audio.frames() - done)));
  }
  return absl::OkStatus();
}

/// The means and the power of all of the audio.
struct Statistics {
  std::array<double, audio::AudioView::kMaxChannels> means = {};
  double power = 0.0;  ///< mean square without the means, summed over the channels
  double peak = 0.0;
};

absl::StatusOr<Statistics> gather(audio::AudioView audio, const CancelToken& cancel) {
  std::array<double, audio::AudioView::kMaxChannels> sums = {};
  std::array<double, audio::AudioView::kMaxChannels> squares = {};
  Statistics result;
  FOCUS_RETURN_IF_ERROR(in_chunks(audio, cancel, [&](audio::ConstAudioView part) {
    result.peak = std::max<double>(result.peak, sample_peak(part));
    for (int c = 0; c < part.channel_count(); ++c) {
      constexpr int kLanes = 8;
      double sum[kLanes] = {};
      double square[kLanes] = {};
      const float* x = part.channel(c);
      for (std::int64_t i = 0; i < part.frames(); ++i) {
        sum[i % kLanes] += static_cast<double>(x[i]);
        square[i % kLanes] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
      }
      const auto at = static_cast<std::size_t>(c);
      for (int lane = 0; lane < kLanes; ++lane) {
        sums[at] += sum[lane];
        squares[at] += square[lane];
      }
    }
  }));
  const double frames = static_cast<double>(std::max<std::int64_t>(audio.frames(), 1));
  for (std::size_t c = 0; c < sums.size(); ++c) {
    result.means[c] = sums[c] / frames;
    result.power += std::max(squares[c] / frames - result.means[c] * result.means[c], 0.0);
  }
  return result;
}

absl::Status shift_and_scale(audio::AudioView audio,
                             const std::array<double, audio::AudioView::kMaxChannels>& means,
                             double gain, const CancelToken& cancel) {
  return in_chunks(audio, cancel, [&](audio::AudioView part) {
    for (int c = 0; c < part.channel_count(); ++c) {
      const auto mean = static_cast<float>(means[static_cast<std::size_t>(c)]);
      const auto factor = static_cast<float>(gain);
      for (float& sample : part.samples(c)) sample = (sample - mean) * factor;
    }
  });
}

absl::Status scale(audio::AudioView audio, double gain, const CancelToken& cancel) {
  return shift_and_scale(audio, {}, gain, cancel);
}

absl::StatusOr<LoudnessMeter> measure(audio::AudioView audio, int sample_rate,
                                      const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(
      LoudnessMeter meter,
      LoudnessMeter::create(audio.channel_count(), sample_rate, LoudnessMeter::TruePeak::left_out));
  FOCUS_RETURN_IF_ERROR(
      in_chunks(audio, cancel, [&](audio::ConstAudioView part) { meter.add(part); }));
  return meter;
}

absl::Status not_heard(const std::string& what) {
  return fault_error(Fault::bad_data,
                     absl::StrCat("the audio ", what, ", so it can not be brought to a loudness"));
}

absl::Status not_numbers(audio::ConstAudioView audio, int sample_rate) {
  return not_heard(tell_not_finite(inspect(audio, sample_rate)));
}

/// Where the largest sample is. `audio` is not empty.
double peak_seconds(audio::ConstAudioView audio, double peak, int sample_rate) {
  std::int64_t first = audio.frames();
  for (int c = 0; c < audio.channel_count(); ++c) {
    const auto samples = audio.samples(c).first(static_cast<std::size_t>(first));
    const auto at = std::find_if(samples.begin(), samples.end(), [peak](float sample) {
      return static_cast<double>(std::abs(sample)) >= peak;
    });
    first = std::min<std::int64_t>(first, at - samples.begin());
  }
  return static_cast<double>(first) / sample_rate;
}

}  // namespace

absl::StatusOr<Mastering> master(audio::AudioBuffer& audio, const MasteringSettings& settings,
                                 const CancelToken& cancel, std::vector<float>* energies) {
  const audio::AudioView view = audio.view();
  const int rate = audio.sample_rate();
  FOCUS_ASSIGN_OR_RETURN(Statistics statistics, gather(view, cancel));
  if (!std::isfinite(statistics.peak)) return not_numbers(view, rate);
  const double rms = std::sqrt(statistics.power);
  if (db_of_amplitude(rms) < kSilenceDbfs) return not_heard("is silent");
  Mastering result;
  result.found.input_peak = statistics.peak;
  result.found.input_peak_seconds = peak_seconds(view, statistics.peak, rate);

  // Brings the audio near its target before it is measured, because the gates of the loudness
  // measure are absolute levels. The gain is a power of two, which does not round any sample.
  const double coarse =
      std::exp2(std::round(std::log2(amplitude_of_db(settings.target_lufs) / rms)));
  double total_gain = coarse;
  bool has_offset = false;
  for (double& mean : statistics.means) {
    if (std::abs(mean) * coarse < kOffsetToRemove) mean = 0.0;
    has_offset = has_offset || mean != 0.0;
  }
  if (has_offset || coarse != 1.0) {
    FOCUS_RETURN_IF_ERROR(shift_and_scale(view, statistics.means, coarse, cancel));
  }

  FOCUS_ASSIGN_OR_RETURN(LoudnessMeter meter, measure(view, rate, cancel));
  Loudness loudness = meter.loudness();
  if (!std::isfinite(loudness.integrated_lufs)) return not_heard("is as good as silent");

  FOCUS_ASSIGN_OR_RETURN(double peak, true_peak(view, cancel));
  double peak_db = db_of_amplitude(peak);
  double since_measured_db = 0.0;
  double missing_lu = settings.target_lufs - loudness.integrated_lufs;
  double step_db = missing_lu;
  result.found.needed_gain_db = db_of_amplitude(coarse) + missing_lu;
  for (int round = 0; round < kLimiterRounds; ++round) {
    FOCUS_RETURN_IF_ERROR(scale(view, amplitude_of_db(step_db), cancel));
    total_gain *= amplitude_of_db(step_db);
    peak_db += step_db;
    if (!result.limited && peak_db <= settings.ceiling_dbtp) {
      // A linear gain changes the loudness by exactly the gain.
      loudness.integrated_lufs += step_db;
      since_measured_db = step_db;
      break;
    }
    FOCUS_ASSIGN_OR_RETURN(const Limited limited,
                           limit_true_peak(view, rate, settings.ceiling_dbtp, cancel));
    result.limited = result.limited || limited.limited;
    FOCUS_ASSIGN_OR_RETURN(meter, measure(view, rate, cancel));
    const double gained_lu = meter.integrated_lufs() - loudness.integrated_lufs;
    loudness = meter.loudness();
    missing_lu = settings.target_lufs - loudness.integrated_lufs;
    if (std::abs(missing_lu) <= kToleranceLu) break;
    if (round > 0 && std::abs(gained_lu) < kLeastProgressLu) break;
    // The limiter takes back a part of each step. The next step is enlarged by the share that
    // remained of the last one.
    const double yield = std::clamp(gained_lu / step_db, 1.0 / kLongestStride, 1.0);
    step_db = missing_lu / yield;
  }
  result.integrated_lufs = loudness.integrated_lufs;
  result.range_lu = loudness.range_lu;
  result.gain_db = db_of_amplitude(total_gain);
  result.cue = find_cue_points(view, rate, meter);
  for (const double mean : statistics.means) {
    const double offset = std::abs(mean) * amplitude_of_db(result.found.needed_gain_db);
    result.found.input_offset = std::max(result.found.input_offset, offset);
  }
  Inspector inspector(view.channel_count(), rate);
  FOCUS_RETURN_IF_ERROR(
      in_chunks(view, cancel, [&](audio::ConstAudioView part) { inspector.add(part); }));
  const Inspection finished = inspector.result();
  if (finished.not_finite_count > 0) return not_numbers(view, rate);
  result.found.offset = finished.lasting_offset;
  result.found.silence = finished.longest_below(kSilentPower);
  if (energies != nullptr) {
    energies->assign(meter.block_energies().begin(), meter.block_energies().end());
    const double factor = amplitude_of_db(2.0 * since_measured_db);
    for (float& energy : *energies) {
      energy = static_cast<float>(static_cast<double>(energy) * factor);
    }
  }
  FOCUS_RETURN_IF_ERROR(apply_ending_fade(view, settings.ending_fade, cancel));
  if (result.limited || settings.ending_fade.reaches(view.frames())) {
    FOCUS_ASSIGN_OR_RETURN(peak, true_peak(view, cancel));
    peak_db = db_of_amplitude(peak);
  }
  result.true_peak_dbtp = peak_db;
  return result;
}

}  // namespace focus::core::mastering
