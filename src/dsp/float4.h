// SPDX-License-Identifier: MIT
#pragma once

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
inline Float4 load4(const float* from) { return Float4{from[0], from[1], from[2], from[3]}; }
inline void store4(Float4 x, float* to) {
  for (int i = 0; i < 4; ++i) to[i] = x[i];
}

}  // namespace focus::core::dsp
