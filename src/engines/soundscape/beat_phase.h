// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core::engines::soundscape {

/// The phase of a steady tone as a function of the absolute frame, in integers: 2^64 is one turn.
/// The error of the frequency is at most the sample rate divided by 2^53, so that even a day has no
/// drift, and a segment that begins anywhere continues the one before exactly.
class BeatPhase {
 public:
  BeatPhase(double hertz, int rate)
      : step_(static_cast<std::uint64_t>(hertz / rate * 18446744073709551616.0)) {}

  std::uint64_t at(std::int64_t frame) const { return step_ * static_cast<std::uint64_t>(frame); }
  /// The upper half, for dsp::sine_of_phase().
  std::uint32_t sine_phase_at(std::int64_t frame) const {
    return static_cast<std::uint32_t>(at(frame) >> 32);
  }
  std::uint64_t step() const { return step_; }

 private:
  std::uint64_t step_;
};

}  // namespace focus::core::engines::soundscape
