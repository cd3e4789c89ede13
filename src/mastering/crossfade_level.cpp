// SPDX-License-Identifier: MIT
#include "mastering/crossfade_level.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "mastering/k_weighting.h"

namespace focus::core::mastering {
namespace {

constexpr std::size_t kSmoothingBlocks = 75;  // half the width of each of the two moving averages
constexpr std::int64_t kSettleBlocks = 5;
constexpr double kFloor = 1e-10;  // about -100 LUFS: avoids the logarithm of 0

/// The moving average of the blocks around each knot, applied twice, which removes corners.
std::vector<double> smoothed(std::span<const float> blocks, std::size_t reach) {
  std::vector<double> sums(blocks.size() + 1);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    sums[i + 1] = sums[i] + static_cast<double>(blocks[i]);
  }
  std::vector<double> once(blocks.size() + 1);
  for (std::size_t k = 0; k < once.size(); ++k) {
    const std::size_t from = k - std::min(k, reach);
    const std::size_t to = std::min(k + reach, blocks.size());
    once[k] = (sums[to] - sums[from]) / static_cast<double>(std::max<std::size_t>(to - from, 1));
  }
  std::vector<double> totals(once.size() + 1);
  for (std::size_t k = 0; k < once.size(); ++k) totals[k + 1] = totals[k] + once[k];
  std::vector<double> twice(once.size());
  for (std::size_t k = 0; k < once.size(); ++k) {
    // This window is symmetric and shrinks towards the ends, so that the values at the ends are
    // kept.
    const std::size_t room = std::min({k, once.size() - 1 - k, reach});
    twice[k] = (totals[k + room + 1] - totals[k - room]) / static_cast<double>(2 * room + 1);
  }
  return twice;
}

double db_of(double energy) { return 10.0 * std::log10(std::max(energy, kFloor)); }

}  // namespace

OverlapEnergies overlap_energies(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                                 int sample_rate) {
  const std::int64_t frames = old_tail.frames();
  const std::int64_t blocks =
      std::max<std::int64_t>(frames * kLevelBlocksPerSecond / sample_rate, frames > 0 ? 1 : 0);
  OverlapEnergies energies;
  for (auto* each : {&energies.old_energy, &energies.new_energy, &energies.product}) {
    each->resize(static_cast<std::size_t>(blocks));
  }
  for (int c = 0; c < old_tail.channel_count(); ++c) {
    KWeighting weigh_old(sample_rate);
    KWeighting weigh_new(sample_rate);
    const float* x = old_tail.channel(c);
    const float* y = new_head.channel(c);
    for (std::int64_t block = 0; block < blocks; ++block) {
      double old_power = 0.0;
      double new_power = 0.0;
      double product = 0.0;
      const std::int64_t from = block * frames / blocks;
      const std::int64_t to = (block + 1) * frames / blocks;
      for (std::int64_t i = from; i < to; ++i) {
        const double a = weigh_old.process(static_cast<double>(x[i]));
        const double b = weigh_new.process(static_cast<double>(y[i]));
        old_power += a * a;
        new_power += b * b;
        product += a * b;
      }
      const double scale = 1.0 / static_cast<double>(to - from);
      const auto at = static_cast<std::size_t>(block);
      energies.old_energy[at] += static_cast<float>(old_power * scale);
      energies.new_energy[at] += static_cast<float>(new_power * scale);
      energies.product[at] += static_cast<float>(product * scale);
    }
  }
  // The filters start in the middle of the music, so their first output is a transient. It is
  // replaced by the first settled block.
  const auto settled = static_cast<std::size_t>(std::min<std::int64_t>(kSettleBlocks, blocks / 4));
  for (auto* each : {&energies.old_energy, &energies.new_energy, &energies.product}) {
    std::fill_n(each->begin(), settled, settled < each->size() ? (*each)[settled] : 0.0f);
  }
  return energies;
}

double crossfade_position(double u) {
  return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(u, 0.0, 1.0));
}

double OverlapSpan::progress_at(double u) const {
  if (u >= to) return 1.0;
  return u <= from ? 0.0 : (u - from) / (to - from);
}

double CrossfadeShape::out_at(double u) const {
  return keep_old ? 1.0 : 1.0 - crossfade_position(fade_out.progress_at(u));
}

double CrossfadeShape::in_at(double u) const {
  return keep_new ? 1.0 : crossfade_position(fade_in.progress_at(u));
}

std::vector<float> held_level(const OverlapEnergies& energies, const BodyEnergies& bodies,
                              const CrossfadeShape& shape) {
  const std::size_t blocks = energies.old_energy.size();
  if (blocks == 0) return {};
  const std::size_t reach = std::clamp<std::size_t>(blocks / 6, 1, kSmoothingBlocks);
  const std::vector<double> old_energy = smoothed(energies.old_energy, reach);
  const std::vector<double> new_energy = smoothed(energies.new_energy, reach);
  const std::vector<double> product = smoothed(energies.product, reach);
  const auto sum_at = [&](std::size_t k) {
    const double u = static_cast<double>(k) / static_cast<double>(blocks);
    const double out = shape.out_at(u);
    const double in = shape.in_at(u);
    return db_of(out * out * old_energy[k] + in * in * new_energy[k] + 2.0 * out * in * product[k]);
  };
  const auto knot_of = [blocks](double u) {
    return static_cast<std::size_t>(std::lround(u * static_cast<double>(blocks)));
  };
  const double old_body = db_of(bodies.old_body);
  const double new_body = db_of(bodies.new_body);
  const double leaves = sum_at(knot_of(shape.held.from)) - old_body;
  const double arrives = sum_at(knot_of(shape.held.to)) - new_body;
  std::vector<float> level(blocks + 1, 1.0f);
  for (std::size_t k = knot_of(shape.held.from); k <= knot_of(shape.held.to); ++k) {
    const double v = shape.held.progress_at(static_cast<double>(k) / static_cast<double>(blocks));
    const double wanted = old_body + (new_body - old_body) * crossfade_position(v) +
                          leaves * (1.0 - crossfade_position(2.0 * v)) +
                          arrives * crossfade_position(2.0 * v - 1.0);
    const double gain = std::pow(10.0, 0.05 * (wanted - sum_at(k)));
    level[k] = static_cast<float>(std::clamp(gain, 1.0 / kMostBoost, kMostBoost));
  }
  return level;
}

double level_at(std::span<const float> level, double u) {
  const auto last = static_cast<std::ptrdiff_t>(level.size()) - 1;
  if (last < 1) return 1.0;
  const double at = std::clamp(u, 0.0, 1.0) * static_cast<double>(last);
  const auto knot = std::min(static_cast<std::ptrdiff_t>(at), last - 1);
  const double x = at - static_cast<double>(knot);
  const auto value = [&](std::ptrdiff_t k) {
    return static_cast<double>(
        level[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(k, 0, last))]);
  };
  const double a = value(knot - 1);
  const double b = value(knot);
  const double c = value(knot + 1);
  const double d = value(knot + 2);
  // Catmull and Rom's spline.
  return b +
         0.5 * x * (c - a + x * (2.0 * a - 5.0 * b + 4.0 * c - d + x * (3.0 * (b - c) + d - a)));
}

}  // namespace focus::core::mastering
