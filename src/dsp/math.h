// SPDX-License-Identifier: MIT
// Sine and exp2 of our own: the same bits with every C library, and loops that vectorise. The
// double versions are for control values, the float ones for samples.
#pragma once

#include <cmath>
#include <cstdint>

namespace focus::core::dsp {

inline constexpr double kPi = 3.14159265358979323846;

/// sin(2 pi turns) to about 1e-13: Taylor's series on the quarter turn.
inline double sine_turns(double turns) {
  double x = 2.0 * (turns - std::floor(turns + 0.5));  // half turns, -1 to 1
  if (x > 0.5) x = 1.0 - x;
  if (x < -0.5) x = -1.0 - x;
  const double y = kPi * x, u = y * y;
  double sum = 1.0;
  for (int k = 17; k >= 3; k -= 2) sum = 1.0 - sum * u / (k * (k - 1));
  return y * sum;
}
inline double cosine_turns(double turns) { return sine_turns(turns + 0.25); }

/// 2^x to about 1e-15, for |x| < 1000.
inline double power_of_two(double x) {
  const double whole = std::floor(x + 0.5);
  const double y = (x - whole) * 0.69314718055994530942;
  double sum = 1.0;
  for (int k = 13; k >= 1; --k) sum = 1.0 + sum * y / k;
  return std::ldexp(sum, static_cast<int>(whole));
}

inline double gain_of_db(double db) { return power_of_two(db * 0.16609640474436812); }
/// The factor per step of something that falls by 60 dB in `steps` steps.
inline double decay_factor(double steps) { return power_of_two(-9.965784284662087 / steps); }
/// The frequency of a MIDI pitch, equal temperament on A4 = 440 Hz.
inline double hertz_of_pitch(double pitch) { return 440.0 * power_of_two((pitch - 69.0) / 12.0); }

/// sin(pi x) for x in [-1, 1], within 4e-7: x (1 - x^2) times a polynomial in x^2 (least squares).
inline float sine_half_turns(float x) {
  const float u = x * x;
  float p = 0.0059385304f;
  p = p * u - 0.07440564f;
  p = p * u + 0.5237554f;
  p = p * u - 2.0260804f;
  p = p * u + 3.1415913f;
  return x * (1.0f - u) * p;
}
/// The sine of a 32-bit phase, where 2^32 is one turn. Such a phase never drifts: after n steps it
/// is phase + n * step, exactly.
inline float sine_of_phase(std::uint32_t phase) {
  return sine_half_turns(static_cast<float>(static_cast<std::int32_t>(phase)) * 0x1p-31f);
}
inline std::uint32_t phase_step(double hertz, double rate) {
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(hertz / rate * 4294967296.0 + 0.5));
}

}  // namespace focus::core::dsp
