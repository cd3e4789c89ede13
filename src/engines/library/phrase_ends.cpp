// SPDX-License-Identifier: MIT
#include "engines/library/phrase_ends.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace focus::core::engines {
namespace {

constexpr int kReach = 4;          // seconds that are compared on either side
constexpr int kLeastDistance = 8;  // seconds
constexpr std::size_t kMostEnds = 400;
constexpr double kDipWeight = 0.05;  // of a decibel

/// What is heard in one second.
struct Second {
  Chroma chroma = {};
  double level = 0.0;  // half decibels
};

std::vector<Second> seconds_of(const TrackDetail& detail, std::span<const Chroma> chromas,
                               double chroma_seconds) {
  std::vector<Second> seconds(detail.levels.size() / 10);
  for (std::size_t s = 0; s < seconds.size(); ++s) {
    for (std::size_t i = 0; i < 10; ++i) seconds[s].level += 0.1 * detail.levels[10 * s + i];
  }
  std::vector<int> counts(seconds.size());
  for (std::size_t i = 0; i < chromas.size(); ++i) {
    const auto s = static_cast<std::size_t>((static_cast<double>(i) + 0.5) * chroma_seconds);
    if (s >= seconds.size()) continue;
    for (std::size_t k = 0; k < 12; ++k) seconds[s].chroma[k] += chromas[i][k];
    ++counts[s];
  }
  for (std::size_t s = 0; s < seconds.size(); ++s) {
    for (float& value : seconds[s].chroma) value /= static_cast<float>(std::max(counts[s], 1));
  }
  return seconds;
}

/// How much the music before second `at` differs from that after it, and how soft it is there.
double border_at(const std::vector<Second>& seconds, std::size_t at) {
  Chroma before = {}, after = {};
  double around = 0.0;
  for (std::size_t i = 1; i <= kReach; ++i) {
    for (std::size_t k = 0; k < 12; ++k) {
      before[k] += seconds[at - i].chroma[k] / kReach;
      after[k] += seconds[at + i - 1].chroma[k] / kReach;
    }
    around += (seconds[at - i].level + seconds[at + i - 1].level) / (2.0 * kReach);
  }
  double change = 0.0;
  for (std::size_t k = 0; k < 12; ++k) change += std::abs(after[k] - before[k]);
  const double here = std::min(seconds[at - 1].level, seconds[at].level);
  return change + kDipWeight * 0.5 * std::max(around - here, 0.0);
}

Hundredths softest_near(const TrackDetail& detail, Hundredths at) {
  const auto middle = static_cast<std::size_t>(at / kLevelStep);
  const std::size_t from = middle - std::min<std::size_t>(middle, 10);
  const std::size_t to = std::min(middle + 10, detail.levels.size());
  const auto softest = std::min_element(detail.levels.begin() + static_cast<std::ptrdiff_t>(from),
                                        detail.levels.begin() + static_cast<std::ptrdiff_t>(to));
  return static_cast<Hundredths>(softest - detail.levels.begin()) * kLevelStep;
}

/// The nearest bar line or beat, where one is known there.
Hundredths moved(const TrackDetail& detail, Hundredths at) {
  const double seconds = static_cast<double>(at) / 100.0;
  for (const TempoAt& part : detail.tempi) {
    if (seconds < part.from_seconds || seconds >= part.from_seconds + part.seconds) continue;
    if (!part.tempo.known()) break;
    const bool bars = part.tempo.bars_known();
    const double first = bars ? part.tempo.first_bar_seconds : part.tempo.first_beat_seconds;
    const double step = part.tempo.beat_seconds * (bars ? 4.0 : 1.0);
    const double own = seconds - part.from_seconds;
    const double line = first + step * std::round((own - first) / step) + part.from_seconds;
    return std::max<Hundredths>(std::llround(line * 100.0), 0);
  }
  return softest_near(detail, at);
}

}  // namespace

std::vector<Hundredths> find_phrase_ends(const TrackDetail& detail, std::span<const Chroma> chromas,
                                         double chroma_seconds) {
  const std::vector<Second> seconds = seconds_of(detail, chromas, chroma_seconds);
  if (seconds.size() < 4 * kReach) return {};
  std::vector<std::pair<double, std::size_t>> borders;
  double sum = 0.0;
  for (std::size_t s = kReach; s + kReach <= seconds.size(); ++s) {
    borders.emplace_back(border_at(seconds, s), s);
    sum += borders.back().first;
  }
  const double mean = sum / static_cast<double>(borders.size());
  // The clearest first; of two that are as clear, the earlier.
  std::stable_sort(borders.begin(), borders.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> chosen;
  for (const auto& [strength, second] : borders) {
    if (strength < mean || chosen.size() == kMostEnds) break;
    const bool is_near = std::any_of(chosen.begin(), chosen.end(), [s = second](std::size_t other) {
      return std::max(s, other) - std::min(s, other) < kLeastDistance;
    });
    if (!is_near) chosen.push_back(second);
  }
  std::vector<Hundredths> ends;
  for (const std::size_t second : chosen) {
    ends.push_back(moved(detail, static_cast<Hundredths>(second) * 100));
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

}  // namespace focus::core::engines
