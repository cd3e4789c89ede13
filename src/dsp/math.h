// SPDX-License-Identifier: MIT
// Our own elementary functions. They return the same bits with every C library, and loops over them
// can be vectorised. The double versions are for control values, the float versions for samples.
#pragma once

#include <bit>
#include <cstdint>

namespace focus::core::dsp {

inline constexpr double kPi = 3.14159265358979323846;

/// std::floor for |x| < 2^63. Inlined: std::floor is a library call if the target may be a
/// processor without SSE 4.1.
inline double floor_of(double x) {
  const auto whole = static_cast<double>(static_cast<std::int64_t>(x));
  return whole > x ? whole - 1.0 : whole;
}

/// sin(2 pi turns), to about 1e-13: Taylor series on a quarter turn.
inline double sine_turns(double turns) {
  double x = 2.0 * (turns - floor_of(turns + 0.5));  // half turns, -1 to 1
  if (x > 0.5) x = 1.0 - x;
  if (x < -0.5) x = -1.0 - x;
  const double y = kPi * x, u = y * y;
  double sum = 1.0 / 355687428096000.0;  // 1 / 17!
  sum = sum * u - 1.0 / 1307674368000.0;
  sum = sum * u + 1.0 / 6227020800.0;
  sum = sum * u - 1.0 / 39916800.0;
  sum = sum * u + 1.0 / 362880.0;
  sum = sum * u - 1.0 / 5040.0;
  sum = sum * u + 1.0 / 120.0;
  sum = sum * u - 1.0 / 6.0;
  return y + y * u * sum;
}
inline double cosine_turns(double turns) { return sine_turns(turns + 0.25); }

/// 2^x for x < 1000, to about 1e-15: Taylor series on [-0.5, 0.5]. Returns 0 for x < -1000.
inline double power_of_two(double x) {
  if (x < -1000.0) return 0.0;
  const double whole = floor_of(x + 0.5);
  const double y = (x - whole) * 0.69314718055994530942;
  double sum = 1.0 / 6227020800.0;  // 1 / 13!
  sum = sum * y + 1.0 / 479001600.0;
  sum = sum * y + 1.0 / 39916800.0;
  sum = sum * y + 1.0 / 3628800.0;
  sum = sum * y + 1.0 / 362880.0;
  sum = sum * y + 1.0 / 40320.0;
  sum = sum * y + 1.0 / 5040.0;
  sum = sum * y + 1.0 / 720.0;
  sum = sum * y + 1.0 / 120.0;
  sum = sum * y + 1.0 / 24.0;
  sum = sum * y + 1.0 / 6.0;
  sum = sum * y + 0.5;
  sum = sum * y + 1.0;
  sum = sum * y + 1.0;
  const auto exponent = static_cast<std::uint64_t>(1023 + static_cast<std::int64_t>(whole));
  return sum * std::bit_cast<double>(exponent << 52);
}

/// log2(x) for positive normal numbers, to about 1e-15: the atanh series on the mantissa.
inline double logarithm_of_two(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<int>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  const double t = (mantissa - 1.0) / (mantissa + 1.0), u = t * t;
  double sum = 1.0 / 19.0;
  for (int odd = 17; odd >= 1; odd -= 2) sum = sum * u + 1.0 / odd;
  return exponent + 2.8853900817779268 * t * sum;
}

inline double gain_of_db(double db) { return power_of_two(db * 0.16609640474436812); }
/// The factor per step of a decay by 60 dB in `steps` steps.
inline double decay_factor(double steps) { return power_of_two(-9.965784284662087 / steps); }
/// The frequency of a MIDI pitch in equal temperament, A4 (69) = 440 Hz.
inline double hertz_of_pitch(double pitch) { return 440.0 * power_of_two((pitch - 69.0) / 12.0); }

/// sin(pi x) for x in [-1, 1], to 4e-7: x (1 - x^2) times a polynomial in x^2 that was fitted by
/// least squares.
inline float sine_half_turns(float x) {
  const float u = x * x;
  float p = 0.0059385304f;
  p = p * u - 0.07440564f;
  p = p * u + 0.5237554f;
  p = p * u - 2.0260804f;
  p = p * u + 3.1415913f;
  return x * (1.0f - u) * p;
}
/// The sine of a 32-bit phase, for which 2^32 is one turn. The phase does not drift: after n steps
/// it is exactly phase + n * step.
inline float sine_of_phase(std::uint32_t phase) {
  return sine_half_turns(static_cast<float>(static_cast<std::int32_t>(phase)) * 0x1p-31f);
}
inline std::uint32_t phase_step(double hertz, double rate) {
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(hertz / rate * 4294967296.0 + 0.5));
}

}  // namespace focus::core::dsp
