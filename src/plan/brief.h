// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "plan/leaning.h"
#include "plan/request.h"

namespace focus::core {

enum class Mode { ionian, dorian, lydian, mixolydian, aeolian, minor_pentatonic };
std::string_view name_of(Mode mode);

/// A tonic as a pitch class (0 = C ... 11 = B) and the mode on it.
struct Key {
  int tonic = 0;
  Mode mode = Mode::dorian;
  bool operator==(const Key&) const = default;
};
/// "D dorian"
std::string describe(Key key);

/// What divergence may draw anew from one segment to the next, the mildest first.
enum class Decision { motif, density, register_, voices, chords, mode, tonic, tempo };
inline constexpr int kDecisionCount = 8;

/// Where in the session's arc a segment stands.
enum class Section { opening, settling, developing, closing };
std::string_view name_of(Section section);

/// All an engine is told of one segment. A segment is a pure function of its brief.
///
/// The session is one piece on an absolute clock of whole bars in four-four. Bar lines of segment k
/// are at start_seconds + (b - first_bar) * bar_seconds for b = first_bar, first_bar + 1, ...;
/// where neighbours share palette and tempo, those grids are one and the same.
struct Brief {
  std::uint64_t seed = 0;  ///< of the session
  int index = 0;           ///< of this segment
  int segment_count = 1;
  Goal goal = Goal::focus;       ///< as asked; for custom_prompt see `character`
  Goal character = Goal::focus;  ///< the goal whose parameters are played (never custom_prompt)
  Intensity intensity = Intensity::medium;
  double divergence = 0.0;
  std::string prompt;  ///< as written; "" when the goal is not custom_prompt
  PromptLeaning leaning;

  double start_seconds = 0.0;    ///< of the first sample, in the session
  double session_seconds = 0.0;  ///< the session's whole played length
  std::int64_t frames = 0;       ///< to deliver: exactly this many at `sample_rate`
  int sample_rate = 48000;
  std::int64_t overlap_in = 0;   ///< frames heard together with the segment before, 0 for the first
  std::int64_t overlap_out = 0;  ///< frames heard together with the segment after, 0 for the last
  /// Length of the session's ending (cadence and fade), > 0 on segments that reach into it. The
  /// fade itself is applied by mastering; the engine thins out and comes to rest.
  double ending_seconds = 0.0;

  double tempo_bpm = 76.0;
  double bar_seconds = 0.0;    ///< 240 / tempo_bpm, a whole number of 10 ms
  std::int64_t first_bar = 0;  ///< the absolute number of the bar that starts with the first sample
  Key key;
  Section section = Section::settling;
  /// Segment index at which each decision was last drawn: equal entries mean the same music. An
  /// engine keys its randomness by (seed, decision, drawn_at[decision], ...).
  std::array<std::int32_t, kDecisionCount> drawn_at{};

  std::int32_t drawn(Decision decision) const {
    return drawn_at[static_cast<std::size_t>(decision)];
  }
  double length_seconds() const { return static_cast<double>(frames) / sample_rate; }
  /// Where the session's ending begins, in the session.
  double ending_start_seconds() const { return session_seconds - ending_seconds; }
};

}  // namespace focus::core
