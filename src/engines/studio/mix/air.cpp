// SPDX-License-Identifier: MIT
#include "engines/studio/mix/air.h"

#include <algorithm>
#include <cmath>

#include "dsp/filters.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

constexpr std::array<std::uint32_t, 2> kLoopFrames = {1U << 16, 57331};

/// How much of a breath is no air: the body of an instrument, the floor of a room.
constexpr float kBody = 38.0f;

/// Noise above 8 kHz, softer towards the top, with a power of 1/2; and under 1 kHz what belongs to
/// it.
std::vector<float> loop_of_noise(std::uint32_t key, std::uint32_t frames, int rate) {
  dsp::Svf low_cut, roof;
  low_cut.set(8000.0, 0.7, rate);
  roof.set(std::min(15000.0, 0.4 * rate), 0.6, rate);
  dsp::OnePole high_cut;
  high_cut.set_cutoff(9000.0, rate);
  dsp::Svf bottom_cut;
  bottom_cut.set(170.0, 0.6, rate);
  std::array<dsp::OnePole, 2> top_cut;
  for (dsp::OnePole& cut : top_cut) cut.set_cutoff(700.0, rate);
  std::vector<float> loop(frames);
  constexpr std::uint32_t kSettle = 256;  // the end of the loop runs into its beginning
  double power = 0.0;
  for (std::uint32_t n = 0; n < frames + kSettle; ++n) {
    const float white = dsp::white_noise(key, n % frames);
    const float low = bottom_cut.highpass(top_cut[0].lowpass(top_cut[1].lowpass(white)));
    const float high = roof.lowpass(low_cut.highpass(high_cut.lowpass(white)));
    const float y = high + kBody * low;
    if (n >= kSettle) loop[n % frames] = y;
    if (n >= kSettle) power += static_cast<double>(high) * static_cast<double>(high);
  }
  const auto scale = static_cast<float>(std::sqrt(0.5 * frames / power));
  for (float& x : loop) x *= scale;
  return loop;
}

using Loops = std::array<std::vector<float>, 2>;

/// The loops of a rate, which are the same for all sessions.
std::shared_ptr<const Loops> loops_at(int rate) {
  const auto make = [](int hertz) {
    return std::make_shared<const Loops>(Loops{loop_of_noise(0x41A5C3U, kLoopFrames[0], hertz),
                                               loop_of_noise(0x7E1D09U, kLoopFrames[1], hertz)});
  };
  if (rate == 44100) {
    static const auto* const loops = new auto(make(44100));  // never destroyed: workers use it
    return *loops;
  }
  static const auto* const loops = new auto(make(48000));
  return rate == 48000 ? *loops : make(rate);
}

float level_of(float power) { return std::sqrt(power * (1.0f / kHalfBlock)); }

}  // namespace

Air::Air(int rate, float room)
    : room_(room),
      release_(static_cast<float>(dsp::decay_factor(0.25 * rate / kFullBlock))),
      loops_(loops_at(rate)) {}

void Air::follow(Source& source, const HalfBlock& bus) {
  // The second difference rises by 12 dB an octave: little but the highs is left of it.
  std::array<std::array<float, kHalfBlock + 2>, 2> lines;
  const std::array<const float*, 2> sides = {bus.left.data(), bus.right.data()};
  for (std::size_t side = 0; side < 2; ++side) {
    std::copy_n(source.last[side].data(), 2, lines[side].data());
    std::copy_n(sides[side], kHalfBlock, lines[side].data() + 2);
    std::copy_n(lines[side].data() + kHalfBlock, 2, source.last[side].data());
  }
  const dsp::Float4 zero = dsp::four(0.0f), two = dsp::four(2.0f);
  std::array<dsp::Float4, 2> power = {zero, zero}, highs = {zero, zero};
  for (int i = 0; i < kHalfBlock; i += 4) {
    for (std::size_t side = 0; side < 2; ++side) {
      const float* const line = lines[side].data() + i;
      const dsp::Float4 x = dsp::load4(line + 2);
      const dsp::Float4 d = x - two * dsp::load4(line + 1) + dsp::load4(line);
      power[side] = power[side] + x * x;
      highs[side] = highs[side] + d * d;
    }
  }
  const auto sum = [](const dsp::Float4& p) { return (p[0] + p[1]) + (p[2] + p[3]); };
  for (std::size_t side = 0; side < 2; ++side) {
    const float level =
        source.body * level_of(sum(power[side])) + source.bright * level_of(sum(highs[side]));
    source.level[side] = std::max(level, release_ * source.level[side]);
    to_[side] += source.level[side];
  }
}

void Air::render(std::int64_t frame, FullBlock& out) {
  std::array<float*, 2> sides = {out.left.data(), out.right.data()};
  for (std::size_t side = 0; side < 2; ++side) {
    const float to = to_[side] + room_;
    float gain = from_[side];
    const float step = (to - gain) / kFullBlock;
    // The two sides read the loops at different places.
    std::array<std::uint32_t, 2> at{};
    for (std::size_t n = 0; n < 2; ++n) {
      const std::int64_t place = frame + static_cast<std::int64_t>(side) * 20011;
      at[n] = static_cast<std::uint32_t>(place % kLoopFrames[n]);
    }
    int done = 0;
    while (done < kFullBlock) {  // up to where a loop begins again
      int count = kFullBlock - done;
      for (std::size_t n = 0; n < 2; ++n) {
        count = std::min(count, static_cast<int>(kLoopFrames[n] - at[n]));
      }
      const float* a = (*loops_)[0].data() + at[0];
      const float* b = (*loops_)[1].data() + at[1];
      float* y = sides[side] + done;
      for (int i = 0; i < count; ++i) {
        y[i] += (gain + static_cast<float>(done + i) * step) * (a[i] + b[i]);
      }
      done += count;
      for (std::size_t n = 0; n < 2; ++n) {
        at[n] = (at[n] + static_cast<std::uint32_t>(count)) % kLoopFrames[n];
      }
    }
    from_[side] = to;
    to_[side] = 0.0f;
  }
}

}  // namespace focus::core::engines::studio
