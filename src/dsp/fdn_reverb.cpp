// SPDX-License-Identifier: MIT
#include "dsp/fdn_reverb.h"

#include <algorithm>
#include <cmath>

#include "dsp/float4.h"
#include "dsp/math.h"

namespace focus::core::dsp {
namespace {

constexpr std::array<double, FdnReverb::kLines> kLengths = {0.0297, 0.0371, 0.0411, 0.0453,
                                                            0.0533, 0.0617, 0.0689, 0.0793};
constexpr std::array<double, FdnReverb::kLines> kSwayHertz = {0.31, 0.43, 0.37, 0.53,
                                                              0.29, 0.61, 0.47, 0.41};
constexpr float kScale = 0.35355339f;  // 1 / sqrt(8)
constexpr std::array<double, 4> kDiffuserSeconds = {0.0047, 0.0051, 0.0123, 0.0113};

}  // namespace

FdnReverb::FdnReverb(const Settings& settings, double rate)
    : rate_(rate), sway_(settings.sway_seconds * rate) {
  for (std::size_t i = 0; i < kLines; ++i) {
    // Unmodulated lines have a whole number of samples: interpolation would damp high frequencies.
    const double samples = std::floor(kLengths[i] * settings.size * rate);
    length_[i] = samples;
    gain_[i] = static_cast<float>(decay_factor(settings.t60_seconds * rate / samples));
    lines_[i] = DelayLine(samples + sway_);
  }
  block_ = std::clamp(static_cast<int>(length_[0] - std::fabs(sway_)) - 1, 1, kBlock);
  const double corner = settings.damping_hertz / rate;
  damping_ = static_cast<float>(1.0 - power_of_two(-2.0 * kPi * corner * 1.4426950408889634));
  for (std::size_t i = 0; i < diffusers_.size(); ++i) {
    diffusers_[i].line.resize(static_cast<std::size_t>(kDiffuserSeconds[i] * settings.size * rate) +
                              1);
  }
}

void FdnReverb::Diffuser::process(float* samples, int frames) {
  while (frames > 0) {  // up to where the line begins again
    const int count = std::min(frames, static_cast<int>(line.size() - position));
    float* const delayed = line.data() + position;
    for (int i = 0; i < count; ++i) {
      const float before = delayed[i];
      const float fed = samples[i] - 0.6f * before;
      delayed[i] = fed;
      samples[i] = before + 0.6f * fed;
    }
    position += static_cast<std::size_t>(count);
    if (position == line.size()) position = 0;
    samples += count;
    frames -= count;
  }
}

// The low-pass goes from frame to frame, so here the lines are what is computed in parallel.
void FdnReverb::damp(Block& lines, int frames) {
  const Float4 damping = four(damping_);
  const Float4 gain[2] = {load4(gain_.data()), load4(gain_.data() + 4)};
  Float4 damped[2] = {load4(damped_.data()), load4(damped_.data() + 4)};
  int n = 0;
  for (; n + 4 <= frames; n += 4) {
    Float4 rows[2][4];  // of the first and the last four lines
    for (std::size_t i = 0; i < kLines; ++i) rows[i / 4][i % 4] = load4(lines[i].data() + n);
    for (int h = 0; h < 2; ++h) transpose4(rows[h]);
    for (int i = 0; i < 4; ++i) {
      for (int h = 0; h < 2; ++h) {
        damped[h] = damped[h] + damping * (rows[h][i] - damped[h]);
        rows[h][i] = damped[h] * gain[h];
      }
    }
    for (int h = 0; h < 2; ++h) transpose4(rows[h]);
    for (std::size_t i = 0; i < kLines; ++i) store4(rows[i / 4][i % 4], lines[i].data() + n);
  }
  store4(damped[0], damped_.data());
  store4(damped[1], damped_.data() + 4);
  for (; n < frames; ++n) {
    const auto at = static_cast<std::size_t>(n);
    for (std::size_t i = 0; i < kLines; ++i) {
      damped_[i] = damped_[i] + damping_ * (lines[i][at] - damped_[i]);
      lines[i][at] = damped_[i] * gain_[i];
    }
  }
}

void FdnReverb::process(std::int64_t frame, const float* in_left, const float* in_right, int frames,
                        float* left, float* right) {
  // Only every other line is modulated. This is enough to avoid resonances, and the other lines
  // need no interpolation.
  const auto delays_at = [&](std::int64_t at) {
    std::array<double, kMoving> moving;
    for (std::size_t n = 0; n < kMoving; ++n) {
      const std::size_t i = 2 * n;
      moving[n] = length_[i] + sway_ * sine_turns(static_cast<double>(at) / rate_ * kSwayHertz[i] +
                                                  0.125 * static_cast<double>(i));
    }
    return moving;
  };
  const std::array<double, kMoving> now = next_frame_ == frame ? next_delays_ : delays_at(frame);
  next_frame_ = frame + frames;
  next_delays_ = delays_at(next_frame_);
  float delay[kMoving], step[kMoving];
  for (std::size_t n = 0; n < kMoving; ++n) {
    delay[n] = static_cast<float>(now[n]);
    step[n] = static_cast<float>(next_delays_[n] - now[n]) / static_cast<float>(frames);
  }
  Block y;
  float delays[kMoving][kBlock];
  std::array<float, kBlock> l, r;
  for (int done = 0; done < frames; done += block_) {
    const int count = std::min(block_, frames - done);
    std::copy_n(in_left + done, count, l.data());
    std::copy_n(in_right + done, count, r.data());
    diffusers_[0].process(l.data(), count);
    diffusers_[1].process(r.data(), count);
    diffusers_[2].process(l.data(), count);
    diffusers_[3].process(r.data(), count);
    for (int i = 0; i < count; ++i) {
      for (std::size_t n = 0; n < kMoving; ++n) {
        delays[n][i] = delay[n];
        delay[n] += step[n];
      }
    }
    for (std::size_t i = 0; i < kLines; i += 2) {
      lines_[i].read_moving(delays[i / 2], count, y[i].data());
      std::copy_n(lines_[i + 1].read(static_cast<std::uint32_t>(length_[i + 1])), count,
                  y[i + 1].data());
    }
    damp(y, count);
    float* const out_left = left + done;
    float* const out_right = right + done;
    for (int i = 0; i < count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const float sum[4] = {y[0][n] + y[4][n], y[1][n] + y[5][n], y[2][n] + y[6][n],
                            y[3][n] + y[7][n]};
      const float difference[4] = {y[0][n] - y[4][n], y[1][n] - y[5][n], y[2][n] - y[6][n],
                                   y[3][n] - y[7][n]};
      out_left[i] += 0.5f * (sum[0] - sum[2]);
      out_right[i] += 0.5f * (sum[1] - sum[3]);
      // The 8 x 8 Hadamard matrix, over sqrt(8), as three rounds of butterflies.
      const float in[2] = {0.5f * l[n], 0.5f * r[n]};
      const auto mix = [&](const float(&v)[4], std::size_t to) {
        const float pairs[4] = {v[2] + v[0], v[3] + v[1], v[0] - v[2], v[1] - v[3]};
        y[to][n] = in[0] + kScale * (pairs[1] + pairs[0]);
        y[to + 1][n] = in[1] + kScale * (pairs[0] - pairs[1]);
        y[to + 2][n] = in[0] + kScale * (pairs[3] + pairs[2]);
        y[to + 3][n] = in[1] + kScale * (pairs[2] - pairs[3]);
      };
      mix(sum, 0);
      mix(difference, 4);
    }
    for (std::size_t i = 0; i < kLines; ++i) {
      lines_[i].write(y[i].data(), count);
      lines_[i].advance(count);
    }
  }
}

}  // namespace focus::core::dsp
