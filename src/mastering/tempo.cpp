// SPDX-License-Identifier: MIT
#include "mastering/tempo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace focus::core::mastering {
namespace {

// The estimate takes five steps. (1) Onset curves: for every 5 ms, the rise of the log energy in
// three bands. (2) The period: the beat length whose multiples, up to two bars, have the largest
// mean autocorrelation of the onset curve, weighted by how usual the tempo is. (3) Refined period
// and phase: a comb of beats over the whole curve. (4) The exact phase: the same comb on a sharper
// onset curve. (5) The downbeat and the accented beats: combs of bars over the onsets, in which the
// bass counts more.
constexpr int kHopsPerSecond = 200;
constexpr double kShortestBeat = 0.3;
constexpr double kLongestBeat = 1.2;
constexpr double kUsualBeat = 0.57;  // 105 beats per minute
constexpr double kOctavesOfUsual = 1.0;
constexpr double kLeastSeconds = 6.0;
constexpr double kLowHz = 150.0;
constexpr double kHighHz = 4000.0;
constexpr std::size_t kSmoothingHops = 3;
constexpr std::size_t kRiseHops = 2;
// The range around the beat of step (3) in which step (4) looks for the steepest rise.
constexpr double kEarlierHops = 4.0;
constexpr double kLaterHops = 12.0;
constexpr int kBeatsPerBar = 4;
// The least mean rise at the beats: sum of three bands of log energy. Below it there is no pulse.
constexpr double kLeastRise = 0.3;
constexpr double kMostDifference = 0.02;

using Curve = std::vector<double>;

/// The rise of the energy in each 5 ms, summed over three bands; `low` is the lowest band alone.
/// These two detect soft notes too, but the smoothing places them a little early. `sharp` is not
/// smoothed and gives the exact time.
struct Onsets {
  Curve all;
  Curve low;
  Curve sharp;
};

/// The moving average over `reach` hops on either side. It removes the fluctuation within the
/// period of a low tone, which is not an onset.
Curve widened(const Curve& curve, std::size_t reach) {
  Curve sums(curve.size() + 1);
  for (std::size_t i = 0; i < curve.size(); ++i) sums[i + 1] = sums[i] + curve[i];
  Curve result(curve.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const std::size_t from = i - std::min(i, reach);
    const std::size_t to = std::min(i + reach + 1, curve.size());
    result[i] = (sums[to] - sums[from]) / static_cast<double>(to - from);
  }
  return result;
}

/// Turns the energies of one band into the rises of their logarithm.
Curve rises(const Curve& energy) {
  double mean = 0.0;
  for (const double value : energy) mean += value;
  mean /= static_cast<double>(std::max<std::size_t>(energy.size(), 1));
  Curve result(energy.size());
  if (mean <= 0.0) return result;
  const Curve smooth = widened(widened(energy, kSmoothingHops), kSmoothingHops);
  const auto loudness = [&](std::size_t i) { return std::log(smooth[i] / mean + 0.1); };
  for (std::size_t i = kRiseHops; i + kRiseHops < energy.size(); ++i) {
    result[i] = std::max(loudness(i + kRiseHops) - loudness(i - kRiseHops), 0.0);
  }
  return result;
}

/// The rises of the energy itself, from one hop to the next.
Curve sharp_rises(const Curve& energy) {
  double mean = 0.0;
  for (const double value : energy) mean += value;
  mean /= static_cast<double>(std::max<std::size_t>(energy.size(), 1));
  Curve result(energy.size());
  for (std::size_t i = 1; i < energy.size() && mean > 0.0; ++i) {
    result[i] = std::max(energy[i] - energy[i - 1], 0.0) / mean;
  }
  return result;
}

Onsets find_onsets(audio::ConstAudioView audio, int sample_rate) {
  const std::int64_t hops = audio.frames() * kHopsPerSecond / sample_rate;
  std::array<Curve, 3> energy;
  for (Curve& band : energy) band.resize(static_cast<std::size_t>(hops));
  const double low_share = 1.0 - std::exp(-2.0 * std::numbers::pi * kLowHz / sample_rate);
  const double high_share =
      1.0 - std::exp(-2.0 * std::numbers::pi * std::min(kHighHz, 0.2 * sample_rate) / sample_rate);
  double low = 0.0;
  double lower = 0.0;
  double middle = 0.0;
  for (std::int64_t hop = 0; hop < hops; ++hop) {
    const std::int64_t from = hop * sample_rate / kHopsPerSecond;
    const std::int64_t to = (hop + 1) * sample_rate / kHopsPerSecond;
    double sums[3] = {};
    for (std::int64_t i = from; i < to; ++i) {
      double x = 0.0;
      for (int c = 0; c < audio.channel_count(); ++c) x += static_cast<double>(audio.channel(c)[i]);
      low += low_share * (x - low);
      lower += low_share * (low - lower);
      middle += high_share * (x - middle);
      sums[0] += lower * lower;
      sums[1] += (middle - low) * (middle - low);
      sums[2] += (x - middle) * (x - middle);
    }
    for (std::size_t band = 0; band < 3; ++band) {
      energy[band][static_cast<std::size_t>(hop)] = sums[band];
    }
  }
  Onsets onsets;
  onsets.low = rises(energy[0]);
  onsets.all = onsets.low;
  onsets.sharp = sharp_rises(energy[0]);
  for (const std::size_t band : {1, 2}) {
    const Curve more = rises(energy[band]);
    const Curve sharper = sharp_rises(energy[band]);
    for (std::size_t i = 0; i < more.size(); ++i) {
      onsets.all[i] += more[i];
      onsets.sharp[i] += sharper[i];
    }
  }
  return onsets;
}

/// Widens the onsets, because beats do not fall exactly on hops, and removes the mean.
Curve centred(const Curve& onsets) {
  constexpr double kShape[] = {0.25, 0.75, 1.0, 0.75, 0.25};
  Curve wide(onsets.size());
  for (std::size_t i = 2; i + 2 < onsets.size(); ++i) {
    for (std::size_t j = 0; j < 5; ++j) wide[i] += kShape[j] * onsets[i + j - 2];
  }
  double mean = 0.0;
  for (const double value : wide) mean += value;
  mean /= static_cast<double>(std::max<std::size_t>(wide.size(), 1));
  for (double& value : wide) value -= mean;
  return wide;
}

double value_at(const Curve& curve, double at) {
  if (at < 0.0) return 0.0;
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= curve.size()) return 0.0;
  const double x = at - static_cast<double>(i);
  return curve[i] + x * (curve[i + 1] - curve[i]);
}

/// The autocorrelation for the lags below `lags`, 1 at lag 0. Each lag is divided by its number of
/// pairs.
Curve autocorrelation(const Curve& curve, std::size_t lags) {
  Curve result(lags);
  for (std::size_t lag = 0; lag < lags && lag < curve.size(); ++lag) {
    double sum = 0.0;
    for (std::size_t i = lag; i < curve.size(); ++i) sum += curve[i] * curve[i - lag];
    result[lag] = sum / static_cast<double>(curve.size() - lag);
  }
  const double power = lags > 0 ? result[0] : 0.0;
  for (double& value : result) value = power > 0.0 ? value / power : 0.0;
  return result;
}

/// The mean of the curve at the beats phase, phase + beat, ... (in hops).
double comb(const Curve& curve, double phase, double beat) {
  double sum = 0.0;
  int count = 0;
  for (double at = phase; at < static_cast<double>(curve.size()); at += beat) {
    sum += value_at(curve, at);
    ++count;
  }
  return count > 0 ? sum / count : 0.0;
}

struct Pulse {
  double beat = 0.0;  // hops
  double likeness = 0.0;
};

/// Finds the beat length that repeats best. A Gaussian over the octaves from the usual tempo
/// decides between a tempo, its half and its double.
Pulse find_pulse(const Curve& likeness) {
  Pulse best;
  double most = 0.0;
  for (double beat = kShortestBeat * kHopsPerSecond; beat <= kLongestBeat * kHopsPerSecond;
       beat *= 1.002) {
    double sum = 0.0;
    int count = 0;
    for (int multiple = 1; multiple <= 2 * kBeatsPerBar; ++multiple) {
      const double at = multiple * beat;
      if (at + 1.0 >= static_cast<double>(likeness.size())) break;
      sum += value_at(likeness, at);
      ++count;
    }
    if (count == 0) continue;
    const double octaves = std::log2(beat / (kUsualBeat * kHopsPerSecond)) / kOctavesOfUsual;
    const double worth = sum / count * std::exp(-0.5 * octaves * octaves);
    if (worth > most) {
      most = worth;
      best = {beat, sum / count};
    }
  }
  return best;
}

}  // namespace

Tempo find_tempo(audio::ConstAudioView audio, int sample_rate) {
  Tempo tempo;
  if (static_cast<double>(audio.frames()) < kLeastSeconds * sample_rate) return tempo;
  const Onsets onsets = find_onsets(audio, sample_rate);
  const Curve all = centred(onsets.all);
  const Curve low = centred(onsets.low);
  const auto longest =
      static_cast<std::size_t>(2 * kBeatsPerBar * kLongestBeat * kHopsPerSecond) + 2;
  const Pulse pulse = find_pulse(autocorrelation(all, std::min(longest, all.size() / 2)));
  if (pulse.likeness <= 0.0) return tempo;

  double beat = pulse.beat;
  double phase = 0.0;
  double most = -1e9;
  for (int step = -20; step <= 20; ++step) {
    const double tried = pulse.beat * (1.0 + 0.0004 * step);
    for (double from = 0.0; from < tried; from += 0.5) {
      const double found = comb(all, from, tried);
      if (found > most) {
        most = found;
        beat = tried;
        phase = from;
      }
    }
  }
  if (most < kLeastRise) return tempo;
  const Curve sharp = centred(onsets.sharp);
  const double coarse = phase;
  most = -1e9;
  for (double from = coarse - kEarlierHops; from <= coarse + kLaterHops; from += 0.25) {
    const double found = comb(sharp, from + (from < 0.0 ? beat : 0.0), beat);
    if (found > most) {
      most = found;
      phase = from + (from < 0.0 ? beat : 0.0);
    }
  }
  tempo.beat_seconds = beat / kHopsPerSecond;
  tempo.first_beat_seconds = phase / kHopsPerSecond;
  tempo.confidence = std::clamp(pulse.likeness, 0.0, 1.0);

  // The downbeat is the beat of the bar with the strongest onsets; those of the bass count three
  // times.
  std::array<double, kBeatsPerBar> strength;
  for (int k = 0; k < kBeatsPerBar; ++k) {
    const double from = coarse + k * beat;
    strength[static_cast<std::size_t>(k)] =
        2.0 * comb(low, from, kBeatsPerBar * beat) + comb(all, from, kBeatsPerBar * beat);
  }
  const auto strongest = std::max_element(strength.begin(), strength.end());
  const auto bar = static_cast<int>(strongest - strength.begin());
  double next = -1e9;
  for (int k = 0; k < kBeatsPerBar; ++k) {
    if (k != bar) next = std::max(next, strength[static_cast<std::size_t>(k)]);
  }
  tempo.first_bar_seconds = tempo.first_beat_seconds + bar * tempo.beat_seconds;
  if (*strongest > 0.0) {
    tempo.bar_confidence = std::clamp((*strongest - std::max(next, 0.0)) / *strongest, 0.0, 1.0);
  }
  const double even = std::max(strength[0] + strength[2], 0.0);
  const double odd = std::max(strength[1] + strength[3], 0.0);
  tempo.first_pair_seconds = tempo.first_beat_seconds + (even >= odd ? 0.0 : tempo.beat_seconds);
  if (even + odd > 0.0) tempo.pair_confidence = std::abs(even - odd) / (even + odd);
  return tempo;
}

BeatShift find_beat_shift(const Tempo& old_tempo, double old_middle_seconds, const Tempo& new_tempo,
                          double new_middle_seconds, int sample_rate) {
  if (!old_tempo.known() || !new_tempo.known()) return {};
  const double octaves = std::round(std::log2(old_tempo.beat_seconds / new_tempo.beat_seconds));
  const double factor = std::exp2(octaves);
  if (std::abs(octaves) > 1.0 ||
      std::abs(old_tempo.beat_seconds / (new_tempo.beat_seconds * factor) - 1.0) >
          kMostDifference) {
    return {};
  }
  BeatShift shift;
  shift.match = TempoMatch::beats;
  double old_first = old_tempo.first_beat_seconds;
  double new_first = new_tempo.first_beat_seconds;
  // If one tempo is twice the other, the slower beats are used for both: each of them coincides
  // with a beat of the faster one.
  double old_step = old_tempo.beat_seconds * std::max(1.0, 1.0 / factor);
  double new_step = new_tempo.beat_seconds * std::max(1.0, factor);
  if (octaves == 0.0 && old_tempo.bars_known() && new_tempo.bars_known()) {
    shift.match = TempoMatch::downbeats;
    old_first = old_tempo.first_bar_seconds;
    new_first = new_tempo.first_bar_seconds;
    old_step *= kBeatsPerBar;
    new_step *= kBeatsPerBar;
  } else if (octaves == 0.0 && old_tempo.pairs_known() && new_tempo.pairs_known()) {
    old_first = old_tempo.first_pair_seconds;
    new_first = new_tempo.first_pair_seconds;
    old_step *= 2.0;
    new_step *= 2.0;
  }
  // The new side's beat nearest to the middle, and the last beat of the old side that is not after
  // it.
  const double new_beat =
      new_first + new_step * std::round((new_middle_seconds - new_first) / new_step);
  const double wanted = old_middle_seconds + (new_beat - new_middle_seconds);
  const double old_beat = old_first + old_step * std::floor((wanted - old_first) / old_step + 1e-6);
  shift.frames = std::max<std::int64_t>(std::llround((wanted - old_beat) * sample_rate), 0);
  return shift;
}

}  // namespace focus::core::mastering
