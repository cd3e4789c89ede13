// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "dsp/fft.h"
#include "engines/library/features.h"

namespace focus::core::engines {

/// How much of each pitch class sounds, C first.
using Chroma = std::array<float, 12>;

/// Finds the key of a piece from the partials of its spectrum: how well the pitch classes that
/// sound fit the profile of each key (Krumhansl and Kessler). Tuning up to half a semitone off
/// is found and allowed for. To be used by one thread at a time.
class KeyFinder {
 public:
  /// `sample_rate` of about 11 kHz suffices.
  explicit KeyFinder(double sample_rate);

  /// Adds audio of one channel, in parts of any length.
  void add(std::span<const float> audio);
  MusicalKey key() const;
  /// The chroma of each block of kBlock samples so far.
  const std::vector<Chroma>& chromas() const { return chromas_; }
  static constexpr std::size_t kBlock = 4096;

 private:
  static constexpr std::size_t kFinePerSemitone = 10;
  void take_block();

  const double rate_;
  std::vector<float> window_;
  std::vector<float> block_;
  std::vector<std::complex<float>> spectrum_;
  std::vector<float> powers_;
  dsp::ComplexFft fft_;
  std::array<double, 12 * kFinePerSemitone> fine_ = {};  ///< pitch classes in tenths of a semitone
  std::vector<Chroma> chromas_;
};

}  // namespace focus::core::engines
