// SPDX-License-Identifier: MIT
// The loops over samples in which the studio spends its time, compiled for more than one
// instruction set. Every level gives the same bits: each sample is computed by itself, in the same
// order of operations, and no level contracts a product and a sum.
#pragma once

#include <array>
#include <cstdint>

namespace focus::core::dsp {

/// A value that changes linearly over a block.
struct Ramp {
  float from = 0.0f, step = 0.0f;
  float at(int i) const { return from + static_cast<float>(i) * step; }
};

/// A 32-bit phase that advances by a step a frame; see sine_of_phase().
struct Phase {
  std::uint32_t from = 0, step = 0;
  std::uint32_t at(int i) const { return from + static_cast<std::uint32_t>(i) * step; }
};

struct StereoGain {
  float left = 1.0f, right = 1.0f;
};

/// No output may overlap an input or the other output.
struct Kernels {
  const char* name;

  /// out[i] += (scale gain(i)) x[i]
  void (*add)(const float* x, float scale, Ramp gain, int frames, float* out);
  /// left[i] += gain(i) x[i], right[i] += gain(i) y[i]
  void (*add_stereo)(const float* x, const float* y, Ramp gain, int frames, float* left,
                     float* right);
  /// left[i] += gain.left x[i], and the same on the right.
  void (*add_panned)(const float* x, StereoGain gain, int frames, float* left, float* right);
  /// out[i] += a(i) x[i] + b(i) y[i]
  void (*crossfade)(const float* x, Ramp a, const float* y, Ramp b, int frames, float* out);
  /// Adds a sine of level level(i) to both sides.
  void (*add_sine)(Phase phase, Ramp level, StereoGain gain, int frames, float* left, float* right);
  /// Adds the partials 1, 2, 3 and 5 to both sides; `amplitude` is that of the upper three.
  void (*add_partials)(Phase phase, Ramp level, const std::array<float, 3>& amplitude, int frames,
                       float* left, float* right);
  /// Adds a sine with a flat top to `out`.
  void (*add_flat_sine)(Phase phase, Ramp level, int frames, float* out);
  /// Adds the product of two sums of two sines to `out`.
  void (*add_metal)(const std::array<Phase, 4>& phases, Ramp level, int frames, float* out);
  /// samples[i] *= level(i) min(1, rise(i)), where rise(i) = rise (first + i)
  void (*shape)(Ramp level, float first, float rise, int frames, float* samples);
  /// out[i] = white_noise(key, first + i)
  void (*noise)(std::uint32_t key, std::uint32_t first, int frames, float* out);
  /// samples[i] = roof soft_saturation(samples[i] / roof)
  void (*saturate)(float roof, int frames, float* samples);
  /// out[i] = x[i + 1] + part[i] (x[i] - x[i + 1])
  void (*interpolate)(const float* x, const float* part, int frames, float* out);
  /// out[i] = sum over k of taps[k] x[i + k], k < 32, added up in groups of four.
  void (*convolve)(const float* taps, const float* x, int frames, float* out);
};

/// The quickest kernels that this processor can run; decided once. Any thread.
const Kernels& kernels();
/// Those that every processor can run.
const Kernels& baseline_kernels();
/// For tests: from now on kernels() returns `kernels`, or if null what it returned at first.
void force_kernels(const Kernels* kernels);

}  // namespace focus::core::dsp
