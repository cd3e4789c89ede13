// SPDX-License-Identifier: MIT
#include "engines/soundscape/thunder.h"

#include <cstddef>

#include "engines/soundscape/tones.h"

namespace focus::core::engines::soundscape {

Thunder::Thunder(const Random& random, int rate)
    : rate_(rate), slots_(random, "thunder", 41.0), flutter_(random, "flutter", 0.13) {
  for (std::size_t n = 0; n < 4; ++n) filters_[n].set(n < 2 ? 110.0 : 420.0, 0.7, rate);
}

const Thunder::Peal& Thunder::peal_of(std::int64_t slot) {
  Peal& peal = peals_[static_cast<std::size_t>(slot & 1)];
  if (peal.slot == slot) return peal;
  Random draws = slots_.draws_of(slot);
  peal = Peal{};
  peal.slot = slot;
  if (!draws.chance(0.8)) return peal;
  peal.start = slots_.start_of(slot) + draws.uniform(0.0, 24.0);
  peal.nearness = draws.uniform();
  peal.pan = draws.uniform(-0.7, 0.7);
  peal.rolls = draws.between(5, kMostRolls);
  double at = 0.0;
  for (int n = 0; n < peal.rolls; ++n) {
    const auto which = static_cast<std::size_t>(n);
    peal.at[which] = at;
    peal.level[which] = draws.uniform(0.35, 1.0) * (0.5 + 0.5 * peal.nearness) / (1.0 + 0.16 * n);
    peal.seconds[which] = draws.uniform(0.9, 2.6);
    at += draws.uniform(0.25, 1.7);
  }
  return peal;
}

double Thunder::level_of(const Peal& peal, double age) {
  double sum = 0.0;
  for (int n = 0; n < peal.rolls; ++n) {
    const auto which = static_cast<std::size_t>(n);
    const double since = age - peal.at[which];
    if (since <= 0.0) break;
    const double rise = 0.55 - 0.4 * peal.nearness;
    sum += peal.level[which] * smooth_step(0.0, rise, since) * fading(since / peal.seconds[which]);
  }
  return sum;
}

void Thunder::render(std::int64_t frame, const Stereo& brown, Stereo& out) {
  const double seconds = static_cast<double>(frame + kBlock) / rate_;
  const std::int64_t slot = slots_.slot_at(seconds);
  std::array<float, 4> wanted{};
  for (const std::int64_t which : {slot - 1, slot}) {
    const Peal& peal = peal_of(which);
    const double age = seconds - peal.start;
    if (peal.rolls == 0 || age <= 0.0 || age > 26.0) continue;
    const double level = level_of(peal, age) * (0.72 + 0.28 * flutter_.at(seconds));
    const double crack = level * peal.nearness * fading(0.45 * age);
    const dsp::StereoGain gain = panned(peal.pan * fading(0.15 * age));
    wanted[0] += static_cast<float>(level) * gain.left;
    wanted[1] += static_cast<float>(level) * gain.right;
    wanted[2] += static_cast<float>(crack) * gain.left;
    wanted[3] += static_cast<float>(crack) * gain.right;
  }
  dsp::FourSvf filters(filters_, dsp::FourSvf::lowpass());
  const dsp::Float4 from = dsp::load4(levels_.data());
  const dsp::Float4 step = (dsp::load4(wanted.data()) - from) * dsp::four(1.0f / kBlock);
  for (int i = 0; i < kBlock; ++i) {
    const float l = brown.left[i], r = brown.right[i];
    const dsp::Float4 level = from + step * dsp::four(static_cast<float>(i));
    const dsp::Float4 y = level * filters.step(dsp::Float4{l, r, l, r});
    out.left[i] += 0.11f * (y[0] + 0.6f * y[2]);
    out.right[i] += 0.11f * (y[1] + 0.6f * y[3]);
  }
  levels_ = wanted;
}

}  // namespace focus::core::engines::soundscape
