// SPDX-License-Identifier: MIT
#include "mastering/limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "mastering/decibels.h"
#include "mastering/true_peak.h"

namespace focus::core::mastering {
namespace {

constexpr double kLookAheadSeconds = 0.005;
constexpr double kReleaseSeconds = 0.12;
constexpr int kBlock = 64;
constexpr int kBlocksBetweenCancelChecks = 256;
// The interpolator reads samples on both sides of a peak, and a moving gain scales them
// differently. What this leaves above the ceiling (hundredths of a dB) is removed by a slightly
// lower aim and, if necessary, by further passes.
constexpr double kCeilingMargin = 0.9995;
constexpr int kPasses = 6;

/// Turns the gain that each frame needs into a smooth gain that never exceeds it. With L = window_
/// frames of look-ahead:
///
/// - The sliding minimum of the last L needs.
/// - The release: the gain may fall at once but rises slowly, and so never exceeds the minimum.
/// - Two moving averages in a row, of about L / 2 each, whose combined impulse response has L
///   values. It is a trapezoid, so that the gain has no corners.
///
/// The smooth gain belongs to the frame L - 1 before the newest. All L values that the averages
/// combine for it are minima over windows that contain this frame; hence neither they nor their
/// average exceed what the frame needs. Gains are held as integer multiples of 2^-40, so that the
/// running sums are exact and a gain of 1 comes out as exactly 1.
class GainSmoother {
 public:
  explicit GainSmoother(int sample_rate)
      : window_(std::max(16, static_cast<int>(kLookAheadSeconds * sample_rate))),
        release_(1.0 - std::exp(-1.0 / (kReleaseSeconds * sample_rate))),
        first_(window_ / 2),
        second_(window_ + 1 - window_ / 2),
        sum_of_ones_(static_cast<double>(kOne) * first_.length() * second_.length()),
        candidates_(static_cast<std::size_t>(window_) + 1) {
    first_.fill(kOne);
    second_.fill(kOne * first_.length());
  }

  /// The number of frames by which the smooth gain lags behind the need.
  int delay() const { return window_ - 1; }
  /// Whether the needs have been 1 for so long that the smooth gain is 1 until the next lower need.
  bool idle() const { return frame_ - last_below_ > 2 * window_ && released_ == 1.0; }
  /// Advances by `frames` needs of 1 without computing anything. Only while idle().
  void skip(int frames) { frame_ += frames; }

  /// Takes the need of the next frame and returns the smooth gain of the frame delay() before it.
  double push(double need) {
    if (need < 1.0) last_below_ = frame_;
    const double lowest = sliding_minimum(need);
    released_ = std::min(lowest, released_ + (1.0 - released_) * release_);
    if (released_ > kReleased) released_ = 1.0;
    if (released_ < 1.0) last_below_ = frame_;
    const auto units = static_cast<std::int64_t>(released_ * static_cast<double>(kOne));
    ++frame_;
    return static_cast<double>(second_.push(first_.push(units))) / sum_of_ones_;
  }

 private:
  static constexpr std::int64_t kOne = std::int64_t{1} << 40;
  static constexpr double kReleased = 1.0 - 1e-5;

  class MovingSum {
   public:
    explicit MovingSum(int length) : values_(static_cast<std::size_t>(length)) {}
    int length() const { return static_cast<int>(values_.size()); }

    std::int64_t push(std::int64_t value) {
      sum_ += value - values_[at_];
      values_[at_] = value;
      at_ = at_ + 1 == values_.size() ? 0 : at_ + 1;
      return sum_;
    }
    void fill(std::int64_t value) {
      std::fill(values_.begin(), values_.end(), value);
      sum_ = value * length();
    }

   private:
    std::vector<std::int64_t> values_;
    std::size_t at_ = 0;
    std::int64_t sum_ = 0;
  };

  struct Candidate {
    std::int64_t frame;
    double need;
  };

  /// The minimum of the last `window_` needs, in amortised constant time: candidates_ keeps only
  /// the needs that can still become the minimum, that is, those lower than all later ones.
  double sliding_minimum(double need) {
    const std::size_t size = candidates_.size();
    while (count_ > 0 && candidates_[(head_ + count_ - 1) % size].need >= need) --count_;
    candidates_[(head_ + count_) % size] = {frame_, need};
    ++count_;
    while (candidates_[head_].frame <= frame_ - window_) {
      head_ = (head_ + 1) % size;
      --count_;
    }
    return candidates_[head_].need;
  }

  int window_;
  double release_;
  double released_ = 1.0;
  MovingSum first_;
  MovingSum second_;
  double sum_of_ones_;
  std::int64_t frame_ = 0;
  std::int64_t last_below_ = 0;
  std::vector<Candidate> candidates_;  ///< a ring buffer: both needs and frames increase
  std::size_t head_ = 0;
  std::size_t count_ = 0;
};

/// Computes the gain that each frame needs to hold the ceiling.
class PeakDetector {
 public:
  PeakDetector(audio::ConstAudioView audio, double ceiling) : audio_(audio), ceiling_(ceiling) {}

  /// Writes the gains of the `count` frames from `start` on. Returns false, and writes nothing, if
  /// none of them needs a gain below 1.
  bool needs(std::int64_t start, int count, double* gains) {
    bool any = false;
    for (int c = 0; c < audio_.channel_count(); ++c) {
      load(c, start, count);
      const float* one[] = {window_.data()};
      const double loudest = sample_peak(audio::ConstAudioView(one, 1, kReach + count));
      if (loudest * true_peak_bound() <= ceiling_) continue;
      if (!any) std::fill_n(gains, count, 1.0);
      any = true;
      // Begins one frame earlier: a peak between two frames must be covered by the gain of both.
      std::array<float, kBlock + 1> peaks;
      interpolated_peaks(window_.data() + kPeakTapsBefore, count + 1, peaks.data());
      for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double peak = std::max(peaks[at], peaks[at + 1]);
        if (peak > ceiling_) gains[i] = std::min(gains[i], ceiling_ / peak);
      }
    }
    return any;
  }

 private:
  static constexpr int kReach = 1 + kPeakTapsBefore + kPeakTapsAfter;

  /// Loads the frames start - 1 - kPeakTapsBefore ... start + count - 1 + kPeakTapsAfter of channel
  /// `c`, with silence outside the audio.
  void load(int c, std::int64_t start, int count) {
    const float* samples = audio_.channel(c);
    const std::int64_t first = start - 1 - kPeakTapsBefore;
    for (int i = 0; i < kReach + count; ++i) {
      const std::int64_t frame = first + i;
      window_[static_cast<std::size_t>(i)] =
          frame >= 0 && frame < audio_.frames() ? samples[frame] : 0.0f;
    }
  }

  audio::ConstAudioView audio_;
  double ceiling_;
  std::array<float, kBlock + kReach> window_;
};

/// One pass over the audio. The gain is applied delay() frames behind the frame that is being
/// analysed. The detector reads at most 1 + kPeakTapsBefore frames back, and so reads only samples
/// that have not been changed yet: the look-ahead is at least 16 frames.
class LimiterPass {
 public:
  LimiterPass(audio::AudioView audio, int sample_rate, double ceiling)
      : audio_(audio), detector_(audio, ceiling), smoother_(sample_rate) {}

  absl::Status run(const CancelToken& cancel) {
    std::int64_t blocks = 0;
    for (std::int64_t start = 0; start < audio_.frames(); start += kBlock) {
      if (++blocks % kBlocksBetweenCancelChecks == 0 && cancel.cancelled())
        return cancelled_error();
      const int count = static_cast<int>(std::min<std::int64_t>(kBlock, audio_.frames() - start));
      std::array<double, kBlock> gains;
      if (!detector_.needs(start, count, gains.data())) {
        if (smoother_.idle()) {
          smoother_.skip(count);
          continue;
        }
        gains.fill(1.0);
      }
      for (int i = 0; i < count; ++i) {
        apply(start + i - smoother_.delay(), smoother_.push(gains[static_cast<std::size_t>(i)]));
      }
    }
    for (int i = 0; i < smoother_.delay() && !smoother_.idle(); ++i) {
      apply(audio_.frames() + i - smoother_.delay(), smoother_.push(1.0));
    }
    return absl::OkStatus();
  }

  double lowest_gain() const { return lowest_; }

 private:
  void apply(std::int64_t frame, double gain) {
    if (frame < 0 || gain >= 1.0) return;
    lowest_ = std::min(lowest_, gain);
    for (int c = 0; c < audio_.channel_count(); ++c) {
      float& sample = audio_.channel(c)[frame];
      sample = static_cast<float>(static_cast<double>(sample) * gain);
    }
  }

  audio::AudioView audio_;
  PeakDetector detector_;
  GainSmoother smoother_;
  double lowest_ = 1.0;
};

}  // namespace

absl::StatusOr<Limited> limit_true_peak(audio::AudioView audio, int sample_rate,
                                        double ceiling_dbtp, const CancelToken& cancel) {
  const double ceiling = amplitude_of_db(ceiling_dbtp);
  double aim = ceiling * kCeilingMargin;
  Limited result;
  for (int pass = 0; pass < kPasses; ++pass) {
    FOCUS_ASSIGN_OR_RETURN(const double peak, true_peak(audio, cancel));
    if (peak <= ceiling) break;
    if (pass > 0) aim *= ceiling / peak * kCeilingMargin;
    LimiterPass limiter(audio, sample_rate, aim);
    FOCUS_RETURN_IF_ERROR(limiter.run(cancel));
    result.limited = true;
    result.deepest_reduction_db -= db_of_amplitude(limiter.lowest_gain());
  }
  return result;
}

}  // namespace focus::core::mastering
