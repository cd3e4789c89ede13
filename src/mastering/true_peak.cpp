// SPDX-License-Identifier: MIT
#include "mastering/true_peak.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace focus::core::mastering {
namespace {

constexpr int kFactor = 4;
constexpr int kTaps = 49;
constexpr int kPhaseTaps = 12;
constexpr std::int64_t kFramesBetweenChecks = std::int64_t{1} << 17;

/// The coefficients of phases 1 to 3, ordered by sample index.
struct Phases {
  std::array<std::array<float, kPhaseTaps>, 3> taps;
  double bound = 1.0;
};

Phases make_phases() {
  Phases phases;
  for (int f = 1; f < kFactor; ++f) {
    double norm = 0.0;
    for (int t = 0; t < kPhaseTaps; ++t) {
      const int j = f + kFactor * t;
      const double x = std::numbers::pi * (j - (kTaps - 1) / 2) / kFactor;
      const double window = 0.5 * (1.0 - std::cos(2.0 * std::numbers::pi * j / (kTaps - 1)));
      const double c = window * std::sin(x) / x;
      // Tap t belongs to the sample t steps back, so the order is reversed.
      phases.taps[static_cast<std::size_t>(f - 1)][static_cast<std::size_t>(kPhaseTaps - 1 - t)] =
          static_cast<float>(c);
      norm += std::abs(c);
    }
    phases.bound = std::max(phases.bound, norm);
  }
  return phases;
}

const Phases& phases() {
  static const Phases table = make_phases();
  return table;
}

/// The bits of |x|. For non-negative floats their order as integers is the order of the floats, and
/// NaN is the largest. Compilers vectorise a maximum of integers; for floats they may not.
std::uint32_t magnitude_bits(float x) { return std::bit_cast<std::uint32_t>(x) & 0x7FFFFFFFU; }

float largest_magnitude(const float* x, std::int64_t count) {
  constexpr int kLanes = 16;
  std::int32_t lanes[kLanes] = {};
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto bits = static_cast<std::int32_t>(magnitude_bits(x[i + lane]));
      lanes[lane] = lanes[lane] > bits ? lanes[lane] : bits;
    }
  }
  for (; i < count; ++i) {
    lanes[0] = std::max(lanes[0], static_cast<std::int32_t>(magnitude_bits(x[i])));
  }
  const std::int32_t largest = *std::max_element(lanes, lanes + kLanes);
  return std::bit_cast<float>(largest);
}

}  // namespace

double true_peak_bound() { return phases().bound; }

void interpolated_peaks(const float* x, int count, float* peaks) {
  const Phases& table = phases();
  constexpr int kLanes = 16;  // adjacent positions, so that the loop can be vectorised
  for (int i = 0; i < count; i += kLanes) {
    const int lanes = std::min(kLanes, count - i);
    float sums[3][kLanes] = {};
    if (lanes == kLanes) {
      for (int t = 0; t < kPhaseTaps; ++t) {
        const float* at = x + i - kPeakTapsBefore + t;
        const float c1 = table.taps[0][static_cast<std::size_t>(t)];
        const float c2 = table.taps[1][static_cast<std::size_t>(t)];
        const float c3 = table.taps[2][static_cast<std::size_t>(t)];
        for (int lane = 0; lane < kLanes; ++lane) {
          sums[0][lane] += c1 * at[lane];
          sums[1][lane] += c2 * at[lane];
          sums[2][lane] += c3 * at[lane];
        }
      }
    } else {
      for (int f = 0; f < 3; ++f) {
        for (int lane = 0; lane < lanes; ++lane) {
          for (int t = 0; t < kPhaseTaps; ++t) {
            sums[f][lane] += table.taps[static_cast<std::size_t>(f)][static_cast<std::size_t>(t)] *
                             x[i + lane - kPeakTapsBefore + t];
          }
        }
      }
    }
    for (int lane = 0; lane < lanes; ++lane) {
      float peak = std::abs(x[i + lane]);
      for (const auto& sum : sums) {
        const float value = std::abs(sum[lane]);
        peak = value > peak ? value : peak;
      }
      peaks[i + lane] = peak;
    }
  }
}

float sample_peak(audio::ConstAudioView audio) {
  float peak = 0.0f;
  for (int c = 0; c < audio.channel_count(); ++c) {
    const float found = largest_magnitude(audio.channel(c), audio.frames());
    if (!std::isfinite(found)) return std::numeric_limits<float>::infinity();
    peak = std::max(peak, found);
  }
  return peak;
}

TruePeakMeter::TruePeakMeter(int channel_count, float known_peak)
    : channels_(static_cast<std::size_t>(channel_count)), peak_(known_peak) {}

// The peak at `count` positions from window[kPeakTapsBefore] on, or `known` if it is larger.
float TruePeakMeter::window_peak(const Channel& channel, int count, float known) {
  if (count == 0) return known;
  const float loudest = largest_magnitude(channel.window.data(), count + kContext);
  if (loudest * phases().bound <= known) return known;
  float peaks[kBlock + kContext];
  interpolated_peaks(channel.window.data() + kPeakTapsBefore, count, peaks);
  return std::max(known, *std::max_element(peaks, peaks + count));
}

void TruePeakMeter::add(audio::ConstAudioView audio) {
  std::int64_t done = 0;
  while (done < audio.frames()) {
    const auto count =
        static_cast<int>(std::min<std::int64_t>(kBlock - filled_, audio.frames() - done));
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      std::copy_n(audio.channel(static_cast<int>(c)) + done, count,
                  channels_[c].window.data() + kContext + filled_);
    }
    done += count;
    filled_ += count;
    if (filled_ < kBlock) continue;
    for (Channel& channel : channels_) {
      peak_ = window_peak(channel, kBlock, peak_);
      std::copy_n(channel.window.data() + kBlock, kContext, channel.window.data());
    }
    filled_ = 0;
  }
}

double TruePeakMeter::peak() const {
  float peak = peak_;
  for (const Channel& channel : channels_) {
    Channel rest;  // silence follows the last sample
    std::copy_n(channel.window.data(), kContext + filled_, rest.window.data());
    peak = window_peak(rest, filled_, peak);
    Channel end;
    std::copy_n(rest.window.data() + filled_, kContext, end.window.data());
    peak = window_peak(end, kContext - kPeakTapsBefore, peak);
  }
  // Between wild samples an interpolated value may be more than a float holds.
  return std::min(peak, std::numeric_limits<float>::max());
}

absl::StatusOr<double> true_peak(audio::ConstAudioView audio, const CancelToken& cancel) {
  TruePeakMeter meter(audio.channel_count(), sample_peak(audio));
  for (std::int64_t done = 0; done < audio.frames(); done += kFramesBetweenChecks) {
    if (cancel.cancelled()) return cancelled_error();
    meter.add(audio.subview(done, std::min(kFramesBetweenChecks, audio.frames() - done)));
  }
  return meter.peak();
}

}  // namespace focus::core::mastering
