// SPDX-License-Identifier: MIT
// What drummers know: grooves, their feel, fills and risers. The data is in groove_*.inc.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {

struct Phrase;

/// What a groove divides a bar into. Every bar of today has four beats, so that only the first two
/// are chosen; `swung` is `straight` for music whose eighths are swung by the composer.
enum class Metre { straight, swung, three_four, six_eight };

/// What a stroke does in a groove. The feel moves each of them apart.
enum class StrokeRole { kick, backbeat, time };
StrokeRole role_of_drum(int sound);

/// The timing and the accents of a drummer; see groove_feels.inc.
struct Feel {
  std::string_view name;
  int kick, backbeat, time;
  std::array<int, 16> ticks, percent;

  /// How late a stroke is, in beats. `straightness` scales the swing of the feel, 0 to 1.
  double late(StrokeRole role, int step, double straightness) const;
  double accent(int step) const { return 0.01 * percent[static_cast<std::size_t>(step % 16)]; }
};

/// What one instrument plays.
struct GrooveLine {
  int sound;
  double from, to;        ///< tension
  std::string_view bars;  ///< a bar, or two that take turns
  std::string_view turn;  ///< every fourth bar; empty: as `bars`

  /// What is played in bar `bar` of a phrase.
  std::string_view bar(std::int64_t bar) const;
};

struct Groove {
  std::string_view name;
  KitFigure kit;
  Metre metre;
  const Feel* feel;
  int slowest, fastest;  ///< beats a minute
  double weight;
  std::span<const GrooveLine> lines;

  int steps() const { return static_cast<int>(lines.front().bar(0).size()); }
};

/// What one instrument plays in a fill or in a riser.
struct FillLine {
  int sound;
  std::string_view bars;  ///< of a riser four, divided by |
};

struct Fill {
  std::string_view name;
  KitFigure kit;
  int size;  ///< 1 after eight bars, 2 before something new, 0 a riser
  int from;  ///< the first step that it replaces
  std::span<const FillLine> lines;

  int steps() const;
};

std::span<const Groove> all_grooves();
std::span<const Fill> all_fills();
std::span<const Fill> all_risers();

/// How strong a sign of a pattern is, 0 (nothing) to 1.
double stroke_of(char sign);
/// Bar `number` of bars that are divided by |, over and over.
std::string_view bar_of(std::string_view bars, std::int64_t number);

/// The groove of a kit; null for KitFigure::none.
const Groove* choose_groove(KitFigure kit, Metre metre, double bpm, Random random);
/// A fill of a size that `groove` can take, or of the next smaller size; null if there is none.
const Fill* choose_fill(std::span<const Fill> fills, const Groove& groove, int size, Random random);

/// The groove of a phrase: one for all that is made of a theme. Null if there is no kit.
const Groove* groove_of(const Phrase& phrase);
/// How strongly the kick and the backbeat of a groove accent a sixteenth of the bar, 0 to 1.
double groove_accent(const Groove& groove, int step);
/// How much of a feel's own swing is left where the composer swings: swinging twice would limp.
double straightness(const Style& style);

}  // namespace focus::core::engines::studio
