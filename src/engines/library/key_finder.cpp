// SPDX-License-Identifier: MIT
#include "engines/library/key_finder.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace focus::core::engines {
namespace {

constexpr double kLowestHz = 90.0;
constexpr double kHighestHz = 2000.0;
constexpr double kMiddleC = 261.6255653;

// C. L. Krumhansl, Cognitive Foundations of Musical Pitch (1990): how well each note fits a key.
constexpr std::array<double, 12> kMajor = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09,
                                           2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr std::array<double, 12> kMinor = {6.33, 2.68, 3.52, 5.38, 2.60, 3.53,
                                           2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

/// The correlation of what sounds with a key's profile, whose tonic is `tonic`.
double likeness(const std::array<double, 12>& sounds, const std::array<double, 12>& profile,
                int tonic) {
  double mean_sound = 0.0, mean_profile = 0.0;
  for (std::size_t i = 0; i < 12; ++i) {
    mean_sound += sounds[i] / 12.0;
    mean_profile += profile[i] / 12.0;
  }
  double product = 0.0, power_sound = 0.0, power_profile = 0.0;
  for (int i = 0; i < 12; ++i) {
    const double a = sounds[static_cast<std::size_t>((tonic + i) % 12)] - mean_sound;
    const double b = profile[static_cast<std::size_t>(i)] - mean_profile;
    product += a * b;
    power_sound += a * a;
    power_profile += b * b;
  }
  const double power = std::sqrt(power_sound * power_profile);
  return power > 0.0 ? product / power : 0.0;
}

}  // namespace

KeyFinder::KeyFinder(double sample_rate)
    : rate_(sample_rate), window_(kBlock), spectrum_(kBlock), powers_(kBlock / 2), fft_(kBlock) {
  for (std::size_t i = 0; i < kBlock; ++i) {
    const double turn = 2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kBlock;
    window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
  }
  block_.reserve(kBlock);
}

void KeyFinder::add(std::span<const float> audio) {
  while (!audio.empty()) {
    const std::size_t count = std::min(audio.size(), kBlock - block_.size());
    block_.insert(block_.end(), audio.begin(), audio.begin() + static_cast<std::ptrdiff_t>(count));
    audio = audio.subspan(count);
    if (block_.size() == kBlock) take_block();
  }
}

void KeyFinder::take_block() {
  for (std::size_t i = 0; i < kBlock; ++i) spectrum_[i] = {block_[i] * window_[i], 0.0F};
  block_.clear();
  fft_.forward(spectrum_);
  const double hz = rate_ / static_cast<double>(kBlock);
  const auto first = std::max<std::size_t>(static_cast<std::size_t>(kLowestHz / hz), 2);
  const auto last =
      std::min<std::size_t>(static_cast<std::size_t>(kHighestHz / hz), kBlock / 2 - 2);
  float strongest = 0.0F;
  for (std::size_t i = first - 1; i <= last + 1; ++i) {
    powers_[i] = std::norm(spectrum_[i]);
    strongest = std::max(strongest, powers_[i]);
  }
  Chroma chroma = {};
  double sum = 0.0;
  for (std::size_t i = first; strongest > 1e-9F && i <= last; ++i) {
    // Partials only: what is no peak, or far below the strongest, is noise.
    if (powers_[i] < powers_[i - 1] || powers_[i] < powers_[i + 1]) continue;
    if (powers_[i] < 1e-4F * strongest) continue;
    const double a = std::log(powers_[i - 1] + 1e-20), b = std::log(powers_[i] + 1e-20),
                 c = std::log(powers_[i + 1] + 1e-20);
    const double curve = a - 2.0 * b + c;
    const double place =
        static_cast<double>(i) + (curve < 0.0 ? std::clamp(0.5 * (a - c) / curve, -0.5, 0.5) : 0.0);
    double semitones = std::fmod(12.0 * std::log2(place * hz / kMiddleC), 12.0);
    if (semitones < 0.0) semitones += 12.0;
    // The fourth root: a loud note counts more than a soft one, but not all there is.
    const double weight = std::sqrt(std::sqrt(static_cast<double>(powers_[i])));
    const auto fine = static_cast<std::size_t>(semitones * kFinePerSemitone);
    fine_[fine % fine_.size()] += weight;
    chroma[static_cast<std::size_t>(std::lround(semitones)) % 12] += static_cast<float>(weight);
    sum += weight;
  }
  for (float& value : chroma) value = sum > 0.0 ? static_cast<float>(value / sum) : 0.0F;
  chromas_.push_back(chroma);
}

MusicalKey KeyFinder::key() const {
  // Where between two semitones the notes lie, as a mean on a circle.
  double sine = 0.0, cosine = 0.0;
  for (std::size_t i = 0; i < fine_.size(); ++i) {
    const double turn = 2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kFinePerSemitone;
    sine += fine_[i] * std::sin(turn);
    cosine += fine_[i] * std::cos(turn);
  }
  if (sine == 0.0 && cosine == 0.0) return {};
  const double off = std::atan2(sine, cosine) / (2.0 * std::numbers::pi);  // -0.5 to 0.5
  std::array<double, 12> sounds = {};
  for (std::size_t i = 0; i < fine_.size(); ++i) {
    const double semitones = (static_cast<double>(i) + 0.5) / kFinePerSemitone - off;
    const auto note = static_cast<std::size_t>(std::lround(semitones + 12.0)) % 12;
    sounds[note] += fine_[i];
  }
  MusicalKey key;
  double best = -1.0, next = -1.0;
  for (int k = 0; k < 24; ++k) {
    const double found = likeness(sounds, k < 12 ? kMajor : kMinor, k % 12);
    if (found > best) {
      next = best;
      best = found;
      key.tonic = k % 12;
      key.is_minor = k >= 12;
    } else {
      next = std::max(next, found);
    }
  }
  // A clear key fits well, and better than the next.
  key.confidence = std::clamp(best * (0.5 + 5.0 * (best - next)), 0.0, 1.0);
  return key;
}

}  // namespace focus::core::engines
