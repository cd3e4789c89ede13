// SPDX-License-Identifier: MIT
#include "plan/prompt_effects.h"

#include <algorithm>
#include <cmath>

namespace focus::core::plan {
namespace {

/// By what a push is multiplied under a stance.
struct StanceEffect {
  double quality;  ///< on what can only be more or less: brightness, tempo
  double thing;    ///< on an instrument, scenery or stem that is named; 0: it is refused instead
  double vote;     ///< on how much a word speaks for a goal
};

constexpr StanceEffect stance_effect(Stance stance) {
  switch (stance) {
    case Stance::wanted:
      return {.quality = 1.0, .thing = 1.0, .vote = 1.0};
    case Stance::less:
      return {.quality = -0.5, .thing = -0.6, .vote = -0.5};
    case Stance::mild:
      return {.quality = -0.4, .thing = -0.5, .vote = -0.3};
    case Stance::denied:
      return {.quality = -0.7, .thing = 0.0, .vote = -1.0};
    case Stance::refused:
      break;
  }
  return {.quality = -0.8, .thing = 0.0, .vote = -1.0};
}

/// Only an explicit exclusion removes a part from the music.
constexpr double kLeastUnrefused = -0.9;

/// From here on a word means the tempo itself: "slow", and not "energetic".
constexpr double kPlainTempo = 0.5;

/// Returns `value` after a push. A push in the same direction has less effect the larger the value
/// is. For a push in the opposite direction only `kept` of the old value remains, so that the later
/// word wins.
double pushed(double value, double by, double kept) {
  if (value * by < 0.0) return value * kept + by;
  return value + by * (1.0 - 0.5 * std::abs(value));
}

}  // namespace

std::vector<Push> PromptEffects::apply(const Sense& sense, const Emphasis& emphasis) {
  std::vector<Push> applied;
  for (const Push& push : sense.pushes) {
    const Push one = is_thing(sense.kind)
                         ? push_thing(push, &push == sense.pushes.begin(), sense, emphasis)
                         : push_quality(push, sense, emphasis);
    if (one.on != Push::On::nothing) applied.push_back(one);
  }
  return applied;
}

void PromptEffects::name_mode(Mode mode) {
  reading_.mode = mode;
  mode_named_ = true;
}

void PromptEffects::leave_only_the_named() {
  PromptLeaning& leaning = reading_.leaning;
  const auto is_named = [&](Push::On on, int which) {
    return said_of({on, static_cast<std::uint8_t>(which), 0.0}) == Said::wanted;
  };
  const auto any = [&](Push::On on, int count) {
    for (int i = 0; i < count; ++i) {
      if (is_named(on, i)) return true;
    }
    return false;
  };
  const bool an_instrument = any(Push::On::instrument, kInstrumentCount);
  const bool a_scenery = any(Push::On::scenery, kSceneryCount);
  if (!an_instrument && !a_scenery && !any(Push::On::stem, kStemCount)) return;
  leaning.only = true;
  const auto keep = [&](Push::On on, int which, bool implied, double& value) {
    if (is_named(on, which) || value <= -1.0) return;
    value = implied ? std::max(value, 0.0) : on == Push::On::stem ? -1.0 : std::min(value, 0.0);
  };
  bool a_pad = false;
  for (int i = 0; i < kInstrumentCount; ++i) {
    const auto instrument = static_cast<Instrument>(i);
    keep(Push::On::instrument, i, false, leaning.of(instrument));
    a_pad = a_pad || (leaning.of(instrument) > 0.0 && plays_chords(instrument));
  }
  for (int i = 0; i < kSceneryCount; ++i) {
    keep(Push::On::scenery, i, false, leaning.of(static_cast<Scenery>(i)));
  }
  const auto stem = [&](Stem which, bool implied) {
    keep(Push::On::stem, static_cast<int>(which), implied, leaning.of(which));
  };
  stem(Stem::pads, a_pad);
  stem(Stem::bass, false);
  stem(Stem::melody, an_instrument);
  stem(Stem::percussion, false);
  stem(Stem::ambience, a_scenery);
}

void PromptEffects::reconcile() {
  const double calm = std::max(votes_[static_cast<std::size_t>(Goal::relax)],
                               votes_[static_cast<std::size_t>(Goal::sleep)]);
  const double lively = votes_[static_cast<std::size_t>(Goal::energize)];
  if (calm <= 0.0 || lively <= 0.0 || names_tempo_) return;
  if (std::min(calm, lively) < 0.4 * std::max(calm, lively)) return;
  reading_.leaning.energy *= 0.5;
  // Energy moves the tempo a little, too; what is taken back is too little to be told.
  reading_.leaning.tempo = -0.24 * reading_.leaning.energy;
}

std::optional<Goal> PromptEffects::voted() const {
  const auto best = std::max_element(votes_.begin(), votes_.end());
  if (*best <= 0.0) return std::nullopt;
  return static_cast<Goal>(best - votes_.begin());
}

/// Applies a quality or a genre. Things that it implies do not override what the prompt says
/// about these things by name.
Push PromptEffects::push_quality(Push push, const Sense& sense, const Emphasis& emphasis) {
  const StanceEffect stance = stance_effect(emphasis.stance);
  switch (push.on) {
    case Push::On::nothing:
      return {};
    case Push::On::goal:
      return vote(push, stance.vote * std::min(emphasis.amount, 1.3), emphasis.place);
    case Push::On::mode:
      return push_mode(push, sense.kind == WordKind::mode, emphasis);
    case Push::On::instrument:
    case Push::On::scenery:
    case Push::On::stem: {
      push.amount = std::clamp(0.8 * push.amount * stance.quality * emphasis.amount, -0.8, 0.8);
      const Said said = said_of(push);
      const bool against = (said == Said::refused && push.amount > 0.0) ||
                           (said == Said::wanted && push.amount < 0.0);
      if (against) return {};
      double& value = value_of(push);
      // A thing that was excluded by name stays excluded.
      if (said != Said::refused) {
        value = std::clamp(pushed(value, push.amount, 0.5), kLeastUnrefused, 1.0);
      }
      return push;
    }
    case Push::On::tempo:
      if (keeps_tempo_) return {};
      if (std::abs(push.amount) >= kPlainTempo) names_tempo_ = true;
      [[fallthrough]];
    default: {
      push.amount *= stance.quality * emphasis.amount;
      double& value = value_of(push);
      value = std::clamp(pushed(value, push.amount, 0.75), -1.0, 1.0);
      return push;
    }
  }
}

/// Applies a thing that is named: included, reduced or excluded. If it is excluded, only its
/// first push is.
Push PromptEffects::push_thing(Push push, bool first, const Sense& sense,
                               const Emphasis& emphasis) {
  const Stance stance = emphasis.stance;
  const bool refused = stance == Stance::refused || stance == Stance::denied;
  const bool a_thing =
      push.on == Push::On::instrument || push.on == Push::On::scenery || push.on == Push::On::stem;
  if (!a_thing) return stance == Stance::wanted ? push_quality(push, sense, emphasis) : Push{};
  if (!first && stance != Stance::wanted) return {};
  double& value = value_of(push);
  if (push.amount <= -1.0) {  // "drumless", which may itself be negated
    push.amount = refused ? 0.5 : -1.0;
  } else if (refused) {
    push.amount = -1.0;
  } else {
    push.amount = std::min(1.0, push.amount * stance_effect(stance).thing * emphasis.amount);
  }
  if (push.amount <= -1.0) {
    value = -1.0;
    said_of(push) = Said::refused;
  } else {
    if (value <= -1.0 && push.amount < 0.0) return {};  // less of something that is excluded
    value = std::clamp(pushed(value, push.amount, 0.2), kLeastUnrefused, 1.0);
    said_of(push) = push.amount > 0.0 ? Said::wanted : Said::nothing;
  }
  return push;
}

Push PromptEffects::push_mode(Push push, bool named, const Emphasis& emphasis) {
  const auto mode = static_cast<Mode>(push.which);
  if (emphasis.stance != Stance::wanted) {
    if (!named || (mode != Mode::ionian && mode != Mode::aeolian)) return {};
    push.which = static_cast<std::uint8_t>(mode == Mode::ionian ? Mode::aeolian : Mode::ionian);
  } else if (emphasis.amount < 0.5 && !named) {
    return {};
  }
  if (!named && mode_named_) return {};
  mode_named_ = mode_named_ || named;
  reading_.mode = static_cast<Mode>(push.which);
  return push;
}

Push PromptEffects::vote(Push push, double scale, std::size_t place) {
  push.amount *= scale;
  // If two goals have the same votes, the one that was named later wins.
  votes_[push.which] +=
      push.amount * (1.0 + 0.001 * static_cast<double>(std::min(place, std::size_t{100})));
  return push;
}

double& PromptEffects::value_of(const Push& push) {
  PromptLeaning& leaning = reading_.leaning;
  switch (push.on) {
    case Push::On::brightness:
      return leaning.brightness;
    case Push::On::density:
      return leaning.density;
    case Push::On::energy:
      return leaning.energy;
    case Push::On::tempo:
      return leaning.tempo;
    case Push::On::space:
      return leaning.space;
    case Push::On::swing:
      return leaning.swing;
    case Push::On::rise:
      return leaning.rise;
    case Push::On::instrument:
      return leaning.instruments[push.which];
    case Push::On::scenery:
      return leaning.scenery[push.which];
    default:
      return leaning.stems[push.which];
  }
}

PromptEffects::Said& PromptEffects::said_of(const Push& push) {
  const std::size_t offset = push.on == Push::On::instrument ? 0
                             : push.on == Push::On::scenery  ? kInstrumentCount
                                                             : kInstrumentCount + kSceneryCount;
  return said_[offset + push.which];
}

}  // namespace focus::core::plan
