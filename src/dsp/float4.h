// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstring>

namespace focus::core::dsp {

/// Four floats processed in parallel. For loops over time in which each step depends on the
/// previous one, so that only the channels can be vectorised. All operations are element by
/// element, so the results are bit-identical on every machine.
#if defined(__GNUC__)
using Float4 = float __attribute__((vector_size(16)));
#else
struct Float4 {
  float v[4];
  float operator[](int i) const { return v[i]; }
  friend Float4 operator+(Float4 a, Float4 b) {
    return {a.v[0] + b.v[0], a.v[1] + b.v[1], a.v[2] + b.v[2], a.v[3] + b.v[3]};
  }
  friend Float4 operator-(Float4 a, Float4 b) {
    return {a.v[0] - b.v[0], a.v[1] - b.v[1], a.v[2] - b.v[2], a.v[3] - b.v[3]};
  }
  friend Float4 operator*(Float4 a, Float4 b) {
    return {a.v[0] * b.v[0], a.v[1] * b.v[1], a.v[2] * b.v[2], a.v[3] * b.v[3]};
  }
};
#endif

inline Float4 four(float x) { return Float4{x, x, x, x}; }
inline Float4 load4(const float* from) {
  Float4 x;
  std::memcpy(&x, from, sizeof(x));
  return x;
}
inline void store4(Float4 x, float* to) { std::memcpy(to, &x, sizeof(x)); }

/// Exchanges rows and columns: four frames of four channels become four channels of four frames,
/// and the other way round.
inline void transpose4(Float4 (&rows)[4]) {
#if defined(__GNUC__)
  const Float4 a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
  const Float4 b = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
  const Float4 c = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
  const Float4 d = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
#else
  const Float4 a = rows[0], b = rows[1], c = rows[2], d = rows[3];
  for (int i = 0; i < 4; ++i) rows[i] = Float4{a[i], b[i], c[i], d[i]};
#endif
}

/// Reads four frames of four channels from frame `at` on: one row a frame.
inline void gather4(const std::array<float*, 4>& channels, int at, Float4 (&frames)[4]) {
  for (std::size_t n = 0; n < 4; ++n) frames[n] = load4(channels[n] + at);
  transpose4(frames);
}
/// Writes them.
inline void scatter4(Float4 (&frames)[4], const std::array<float*, 4>& channels, int at) {
  transpose4(frames);
  for (std::size_t n = 0; n < 4; ++n) store4(frames[n], channels[n] + at);
}

}  // namespace focus::core::dsp
