// SPDX-License-Identifier: MIT
// Noise and slow drift as functions of a key and a position, so that rendering may begin at any
// position.
#pragma once

#include <cstdint>

#include "dsp/math.h"

namespace focus::core::dsp {

/// Wellons' lowbias32 integer hash.
inline std::uint32_t hash32(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7FEB352DU;
  x ^= x >> 15;
  x *= 0x846CA68BU;
  return x ^ (x >> 16);
}

/// White noise in [-1, 1): sample n of stream `key`.
inline float white_noise(std::uint32_t key, std::uint32_t n) {
  return static_cast<float>(static_cast<std::int32_t>(hash32(n ^ key))) * 0x1p-31f;
}

/// A smooth random curve in [-1, 1] that does not repeat: random values at integer positions,
/// joined by Perlin's quintic polynomial.
inline double drift(std::uint32_t key, double position) {
  const double whole = floor_of(position);
  const double t = position - whole;
  const auto at = [&](double n) {
    const auto step = static_cast<std::uint32_t>(static_cast<std::int64_t>(n));
    return static_cast<double>(white_noise(hash32(key), step * 0x9E3779B9U));
  };
  const double a = at(whole), b = at(whole + 1.0);
  return a + (b - a) * t * t * t * (t * (6.0 * t - 15.0) + 10.0);
}

}  // namespace focus::core::dsp
