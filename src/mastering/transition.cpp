// SPDX-License-Identifier: MIT
#include "mastering/transition.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>

#include "mastering/crossfade_trim.h"
#include "mastering/k_weighting.h"

namespace focus::core::mastering {
namespace {

// Below this correlation the gain at the middle, k = sqrt(2 / (1 + r)), would have to be too large.
// The new side is inverted instead.
constexpr double kInvertBelow = -0.3;
// From this correlation on k is 1 to within 0.03 dB, and the gains p and 1 - p cannot exceed a
// ceiling that both sides hold.
constexpr double kSamePieceFrom = 0.99;
constexpr double kSilentLevel = 1e-4;    // -80 dBFS
constexpr double kSettleSeconds = 0.05;  // of the filter, which starts in the middle of the music

struct Likeness {
  double correlation = 0.0;
  double old_level = 0.0;
  double new_level = 0.0;
};

Likeness compare(audio::ConstAudioView old_tail, audio::ConstAudioView new_head, int sample_rate) {
  double old_power = 0.0;
  double new_power = 0.0;
  double product = 0.0;
  const std::int64_t frames = old_tail.frames();
  const std::int64_t settled =
      std::min(static_cast<std::int64_t>(kSettleSeconds * sample_rate), frames / 4);
  for (int c = 0; c < old_tail.channel_count(); ++c) {
    KWeighting weigh_old(sample_rate);
    KWeighting weigh_new(sample_rate);
    for (std::int64_t i = 0; i < frames; ++i) {
      const double a = weigh_old.process(static_cast<double>(old_tail.channel(c)[i]));
      const double b = weigh_new.process(static_cast<double>(new_head.channel(c)[i]));
      if (i < settled) continue;
      old_power += a * a;
      new_power += b * b;
      product += a * b;
    }
  }
  const double samples = static_cast<double>(std::max<std::int64_t>(frames - settled, 1));
  Likeness likeness;
  likeness.old_level = std::sqrt(old_power / samples);
  likeness.new_level = std::sqrt(new_power / samples);
  const double norm = std::sqrt(old_power) * std::sqrt(new_power);
  if (norm > 0.0) likeness.correlation = std::clamp(product / norm, -1.0, 1.0);
  return likeness;
}

Likeness compare(const OverlapEnergies& energies) {
  const auto mean = [](const std::vector<float>& blocks) {
    return std::accumulate(blocks.begin(), blocks.end(), 0.0) /
           static_cast<double>(std::max<std::size_t>(blocks.size(), 1));
  };
  Likeness likeness;
  likeness.old_level = std::sqrt(mean(energies.old_energy));
  likeness.new_level = std::sqrt(mean(energies.new_energy));
  const double norm = likeness.old_level * likeness.new_level;
  if (norm > 0.0) likeness.correlation = std::clamp(mean(energies.product) / norm, -1.0, 1.0);
  return likeness;
}

Transition begin_transition(std::int64_t frames, const Likeness& likeness) {
  Transition transition;
  transition.frames = frames;
  transition.correlation = likeness.correlation;
  transition.old_level = likeness.old_level;
  transition.new_level = likeness.new_level;
  return transition;
}

bool is_silent(const Likeness& likeness) {
  return std::min(likeness.old_level, likeness.new_level) < kSilentLevel;
}

}  // namespace

std::string_view name_of(CrossfadeCurve curve) {
  switch (curve) {
    case CrossfadeCurve::equal_power:
      return "equal_power";
    case CrossfadeCurve::equal_gain:
      return "equal_gain";
    case CrossfadeCurve::loudness_held:
      return "loudness_held";
    case CrossfadeCurve::same_piece:
      return "same_piece";
  }
  return "";
}

CrossfadeGains Transition::gains_at(double u) const {
  const double angle = std::numbers::pi * std::clamp(u, 0.0, 1.0);
  double out = 0.0;
  double in = 0.0;
  if (curve == CrossfadeCurve::equal_power) {
    out = std::cos(0.5 * angle);
    in = std::sin(0.5 * angle);
  } else {
    in = shape.in_at(u);
    out = shape.out_at(u);
  }
  if (!level.empty()) {
    const double k = level_at(level, u);
    out *= k;
    in *= k;
  } else if (curve == CrossfadeCurve::loudness_held && old_level + new_level > 0.0) {
    const double a = out * old_level;
    const double b = in * new_level;
    const double r = invert_new ? -correlation : correlation;
    const double power = a * a + b * b + 2.0 * r * a * b;
    const double wanted = a + b;
    const double k = power * kMostBoost * kMostBoost > wanted * wanted
                         ? std::max(wanted / std::sqrt(power), 1.0 / kMostBoost)
                         : kMostBoost;
    out *= k;
    in *= k;
  }
  const double held = crossfade_trim_at(trim, u);
  return {static_cast<float>(out * held), static_cast<float>((invert_new ? -in : in) * held)};
}

void Transition::mix_crossfade(audio::ConstAudioView old_part, audio::ConstAudioView new_part,
                               std::int64_t offset, audio::AudioView out) const {
  const double step = 1.0 / static_cast<double>(frames);
  for (std::int64_t i = 0; i < out.frames(); ++i) {
    const CrossfadeGains gains = gains_at((static_cast<double>(offset + i) + 0.5) * step);
    for (int c = 0; c < out.channel_count(); ++c) {
      out.channel(c)[i] = gains.out * old_part.channel(c)[i] + gains.in * new_part.channel(c)[i];
    }
  }
}

Transition find_transition(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                           int sample_rate, double ceiling_dbtp,
                           std::optional<CrossfadeCurve> curve) {
  const Likeness likeness = compare(old_tail, new_head, sample_rate);
  Transition transition = begin_transition(old_tail.frames(), likeness);
  if (curve.has_value()) {
    transition.curve = *curve;
  } else if (is_silent(likeness)) {
    transition.curve = CrossfadeCurve::equal_power;
  } else if (likeness.correlation >= kSamePieceFrom) {
    transition.curve = CrossfadeCurve::same_piece;
  } else {
    transition.curve = CrossfadeCurve::loudness_held;
    transition.invert_new = likeness.correlation < kInvertBelow;
  }
  if (transition.curve != CrossfadeCurve::same_piece) {
    hold_crossfade_ceiling(old_tail, new_head, sample_rate, ceiling_dbtp, transition);
  }
  return transition;
}

Transition find_transition(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                           int sample_rate, double ceiling_dbtp, const BodySettings& settings) {
  OverlapEnergies energies = overlap_energies(old_tail, new_head, sample_rate);
  const Likeness likeness = compare(energies);
  Transition transition = begin_transition(old_tail.frames(), likeness);
  transition.invert_new = settings.invert_new;
  const bool kept = settings.shape.keep_old || settings.shape.keep_new;
  if (is_silent(likeness) && !kept) {
    transition.curve = CrossfadeCurve::equal_power;
  } else if (std::abs(likeness.correlation) >= kSamePieceFrom &&
             settings.invert_new == (likeness.correlation < 0.0) && !kept) {
    transition.curve = CrossfadeCurve::same_piece;
  } else {
    transition.curve = CrossfadeCurve::loudness_held;
    if (settings.invert_new) {
      for (float& product : energies.product) product = -product;
    }
    transition.shape = settings.shape;
    transition.level = held_level(energies, settings.bodies, settings.shape);
  }
  hold_crossfade_ceiling(old_tail, new_head, sample_rate, ceiling_dbtp, transition);
  return transition;
}

}  // namespace focus::core::mastering
