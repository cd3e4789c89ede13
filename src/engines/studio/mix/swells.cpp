// SPDX-License-Identifier: MIT
#include "engines/studio/mix/swells.h"

#include <algorithm>
#include <array>

#include "dsp/noise.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {
namespace {

/// How a layer takes part: in the common breath, with a wave of its own, in the colour, how many
/// bars its wave takes from one random value to the next, and in the balance of a movement. No two
/// waves are equally long.
struct Share {
  double breath, wave, colour, bars, balance;
};
constexpr std::array<Share, 6> kShares = {{
    {1.0, 0.5, 1.0, 2.7, -0.5},   // pad
    {1.0, 1.1, 0.8, 3.4, -0.5},   // upper pad
    {0.55, 0.35, 0.0, 5.3, 0.3},  // bass
    {0.8, 0.45, 0.7, 3.1, 0.5},   // lead
    {0.9, 0.7, 0.7, 4.7, 0.7},    // ostinato
    {0.35, 0.3, 0.0, 6.1, 0.2},   // kit
}};
constexpr double kBreathBars = 3.7;  // a little less than a phrase's half: it goes its own way

constexpr double kNewLight = 12.0;    // seconds from the light of one movement to that of the next
constexpr double kTurnOctaves = 1.6;  // by which the filters are closed where changed music begins

const Share& share_of(Layer layer) { return kShares[static_cast<std::size_t>(layer)]; }

/// The light that a theme stands in, -1 to 1: bright and dark by turns, each in a degree of its
/// own.
double light_of_theme(std::uint32_t key, int theme) {
  const auto n = static_cast<std::uint32_t>(theme);
  const double degree = 0.75 + 0.25 * static_cast<double>(dsp::white_noise(key, n));
  return ((n + key) & 1U) != 0 ? degree : -degree;
}

/// Random curves seldom come near their ends. This one is stretched, and held within -1 to 1.
double wide_drift(std::uint32_t key, double position) {
  const double x = std::clamp(1.25 * dsp::drift(key, position), -1.0, 1.0);
  return 1.5 * x - 0.5 * x * x * x;
}

}  // namespace

Swells::Swells(const Composer& composer, const Clock& clock, std::uint32_t key)
    : form_(composer.form()),
      clock_(clock),
      key_(key),
      depth_db_(composer.style().swell_db),
      octaves_(composer.style().sway_octaves) {}

double Swells::light(std::uint32_t key, double seconds) const {
  const auto movement_at = [&](double time) -> const plan::Movement& {
    return form_.at(static_cast<std::int64_t>(100.0 * time));
  };
  const plan::Movement& last = movement_at(seconds - 0.5 * kNewLight);
  const plan::Movement& next = movement_at(seconds + 0.5 * kNewLight);
  const double to = light_of_theme(key, next.theme);
  if (next.theme == last.theme) return to;
  const double from = light_of_theme(key, last.theme);
  const double begun = seconds + 0.5 * kNewLight - 0.01 * static_cast<double>(next.start);
  return from + smooth(begun / kNewLight) * (to - from);
}

Swells::Moment::Moment(const Swells& swells, std::int64_t frame)
    : swells_(&swells),
      seconds_(swells.clock_.seconds_of(frame)),
      beat_(swells.clock_.beat_of(frame)),
      pull_(2.0 * swells.form_.tension(seconds_) - 1.0),
      breath_(wide_drift(swells.key_, 0.25 * beat_ / kBreathBars)),
      light_(swells.light(swells.key_, seconds_)),
      balance_light_(swells.light(swells.key_ + 1U, seconds_)) {
  for (std::size_t layer = 0; layer < kLayers; ++layer) {
    waves_[layer] = wide_drift(swells.key_ + 17U * (1U + static_cast<std::uint32_t>(layer)),
                               0.25 * beat_ / kShares[layer].bars);
  }
}

double Swells::Moment::level_db(Layer layer) const {
  const Share& part = share_of(layer);
  return swells_->depth_db_ * (0.5 * pull_ + part.breath * breath_ + part.wave * wave(layer) +
                               part.balance * balance_light_);
}

double Swells::Moment::approach_db() const { return swells_->form_.approach_lu(seconds_); }

double Swells::Moment::octaves(Layer layer) const {
  const Share& part = share_of(layer);
  // Changed music opens up in its first bars.
  const double closed = kTurnOctaves * (1.0 - swells_->form_.turned(seconds_));
  return swells_->octaves_ * part.colour *
             (0.45 * pull_ + 0.6 * breath_ + 0.4 * wave(layer) + light_) -
         part.colour * closed;
}

}  // namespace focus::core::engines::studio
