// SPDX-License-Identifier: MIT
#include "engines/studio/score/groove.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "engines/studio/clock.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {
namespace {

constexpr int kTicksPerBeat = 480;
/// The swing of a prompt from which on the music is played by a swinging drummer.
constexpr double kSwungFrom = 0.5;

#define FEEL_ROW(...) \
  { __VA_ARGS__ }
#define FEEL(name, kick, backbeat, time, ticks, percent) \
  constexpr Feel name = {#name, kick, backbeat, time, {FEEL_ROW ticks}, {FEEL_ROW percent}};
namespace feels {
#include "engines/studio/score/groove_feels.inc"
}  // namespace feels
#undef FEEL
#undef FEEL_ROW

namespace patterns {
#define GROOVE(name, kit, metre, feel, slowest, fastest, weight, ...) \
  constexpr GrooveLine name[] = {__VA_ARGS__};
#include "engines/studio/score/groove_patterns.inc"
#undef GROOVE
#define FILL(name, kit, size, from, ...) constexpr FillLine name[] = {__VA_ARGS__};
#define RISER(name, kit, ...) constexpr FillLine riser_##name[] = {__VA_ARGS__};
#include "engines/studio/score/groove_fills.inc"
#undef RISER
#undef FILL
}  // namespace patterns

constexpr Groove kGrooves[] = {
#define GROOVE(name, kit, metre, feel, slowest, fastest, weight, ...) \
  {#name, KitFigure::kit, Metre::metre, &feels::feel, slowest, fastest, weight, patterns::name},
#include "engines/studio/score/groove_patterns.inc"
#undef GROOVE
};

#define RISER(...)
constexpr Fill kFills[] = {
#define FILL(name, kit, size, from, ...) {#name, KitFigure::kit, size, from, patterns::name},
#include "engines/studio/score/groove_fills.inc"
#undef FILL
};
#undef RISER

#define FILL(...)
constexpr Fill kRisers[] = {
#define RISER(name, kit, ...) {#name, KitFigure::kit, 0, 0, patterns::riser_##name},
#include "engines/studio/score/groove_fills.inc"
#undef RISER
};
#undef FILL

constexpr double strength_of(char sign) {
  switch (sign) {
    case '-':
      return 0.2;
    case 'o':
      return 0.4;
    case 'x':
      return 0.6;
    case 'X':
      return 0.8;
    default:
      return 0.0;
  }
}

constexpr std::string_view pick_bar(std::string_view bars, std::int64_t number) {
  const std::size_t divide = bars.find('|');
  if (divide == std::string_view::npos) return bars;
  const std::size_t count = (bars.size() + 1) / (divide + 1);
  return bars.substr(static_cast<std::size_t>(number) % count * (divide + 1), divide);
}

/// Whether all bars have `steps` known signs.
constexpr bool is_written(std::string_view bars, std::size_t steps) {
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const bool divides = i % (steps + 1) == steps;
    if (divides != (bars[i] == '|')) return false;
    if (!divides && bars[i] != '.' && strength_of(bars[i]) == 0.0) return false;
  }
  return bars.size() % (steps + 1) == steps;
}

constexpr bool grooves_are_written() {
  for (const Groove& groove : kGrooves) {
    const bool four = groove.metre == Metre::straight || groove.metre == Metre::swung;
    const std::size_t steps = four ? 16 : 12;
    for (const GrooveLine& line : groove.lines) {
      if (!is_written(line.bars, steps)) return false;
      if (!line.turn.empty() && !is_written(line.turn, steps)) return false;
    }
  }
  for (const Fill& fill : kFills) {
    const std::size_t steps = fill.lines.front().bars.size();
    for (const FillLine& line : fill.lines) {
      if ((steps != 16 && steps != 12) || !is_written(line.bars, steps)) return false;
    }
  }
  for (const Fill& riser : kRisers) {
    for (const FillLine& line : riser.lines) {
      if (line.bars.size() != 67 || !is_written(line.bars, 16)) return false;
    }
  }
  return true;
}
static_assert(grooves_are_written(), "a bar of a groove or fill has a wrong length or sign");

}  // namespace

StrokeRole role_of_drum(int sound) {
  switch (sound) {
    case kKick:
      return StrokeRole::kick;
    case kSnare:
    case kClap:
    case kRim:
      return StrokeRole::backbeat;
    default:
      return StrokeRole::time;
  }
}

double Feel::late(StrokeRole role, int step, double straightness) const {
  const int part = role == StrokeRole::kick ? kick : role == StrokeRole::backbeat ? backbeat : time;
  const double swing = ticks[static_cast<std::size_t>(step % 16)];
  return (part + straightness * swing) / kTicksPerBeat;
}

std::string_view GrooveLine::bar(std::int64_t bar) const {
  return !turn.empty() && bar % 4 == 3 ? turn : pick_bar(bars, bar);
}

int Fill::steps() const { return static_cast<int>(pick_bar(lines.front().bars, 0).size()); }

std::span<const Groove> all_grooves() { return kGrooves; }
std::span<const Fill> all_fills() { return kFills; }
std::span<const Fill> all_risers() { return kRisers; }

double stroke_of(char sign) { return strength_of(sign); }
std::string_view bar_of(std::string_view bars, std::int64_t number) {
  return pick_bar(bars, number);
}

const Groove* choose_groove(KitFigure kit, Metre metre, double bpm, Random random) {
  const auto weight = [&](const Groove& groove) {
    const bool fits = groove.kit == kit && groove.metre == metre && groove.slowest <= bpm &&
                      bpm <= groove.fastest;
    return fits ? groove.weight : 0.0;
  };
  double sum = 0.0;
  for (const Groove& groove : kGrooves) sum += weight(groove);
  double at = random.uniform(0.0, sum);
  const Groove* chosen = nullptr;
  for (const Groove& groove : kGrooves) {
    if (weight(groove) == 0.0) continue;
    chosen = &groove;
    at -= weight(groove);
    if (at < 0.0) break;
  }
  return chosen;
}

const Fill* choose_fill(std::span<const Fill> fills, const Groove& groove, int size,
                        Random random) {
  for (; size >= 0; --size) {
    const auto fits = [&](const Fill& fill) {
      return fill.kit == groove.kit && fill.size == size && fill.steps() == groove.steps();
    };
    const auto count = static_cast<int>(std::count_if(fills.begin(), fills.end(), fits));
    if (count == 0) continue;
    int left = random.below(count);
    for (const Fill& fill : fills) {
      if (fits(fill) && left-- == 0) return &fill;
    }
  }
  return nullptr;
}

const Groove* groove_of(const Phrase& phrase) {
  const Random random = stream_of(phrase.brief, plan::Decision::chords, phrase.movement);
  const Metre metre = phrase.style.swing >= kSwungFrom ? Metre::swung : Metre::straight;
  const double bpm = 240.0 / home_bar_seconds(phrase.brief) * phrase.movement.tempo;
  return choose_groove(phrase.style.kit, metre, bpm, random.fork("groove"));
}

double groove_accent(const Groove& groove, int step) {
  double most = 0.0;
  for (const GrooveLine& line : groove.lines) {
    if (role_of_drum(line.sound) == StrokeRole::time || line.from > 0.4) continue;
    const std::string_view bar = line.bar(0);
    most = std::max(most, strength_of(bar[static_cast<std::size_t>(step) % bar.size()]));
  }
  return most;
}

double straightness(const Style& style) { return std::clamp(1.0 - 2.0 * style.swing, 0.0, 1.0); }

}  // namespace focus::core::engines::studio
