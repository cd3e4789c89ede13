// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "audio/buffer.h"
#include "plan/key.h"
#include "plan/leaning.h"
#include "plan/request.h"

namespace focus::core {

/// What divergence may draw anew from one segment to the next, the mildest first.
enum class Decision { motif, density, register_, voices, chords, mode, tonic, tempo };
inline constexpr int kDecisionCount = 8;

/// Where in the session's arc a segment stands.
enum class Section { opening, settling, developing, closing };
std::string_view name_of(Section section);

/// Whether a segment is for work or for the break after it. Without phases all is work.
enum class Phase { work, break_ };
inline constexpr int kPhaseCount = 2;
std::string_view name_of(Phase phase);

/// All an engine is told of one segment. A segment is a pure function of its brief.
///
/// The session is one piece on an absolute clock of whole bars in four-four. Bar lines of segment k
/// are at start_seconds + (b - first_bar) * bar_seconds for b = first_bar, first_bar + 1, ...;
/// where neighbours share palette and tempo, those grids are one and the same. Where a session has
/// phases, work and breaks are two such pieces, each with its own grid, palette and bar numbers.
struct Brief {
  std::string session_id;  ///< "" where there is none
  std::uint64_t seed = 0;  ///< of the session
  int index = 0;           ///< of this segment
  int segment_count = 1;
  Goal goal = Goal::focus;       ///< as asked; for custom_prompt see `character`
  Goal character = Goal::focus;  ///< the goal whose parameters are played (never custom_prompt)
  bool has_phases = false;       ///< whether its session has any: else all is work
  Phase phase = Phase::work;     ///< in a break `character` is relax and `intensity` low
  Intensity intensity = Intensity::medium;  ///< of this segment
  double divergence = 0.0;
  std::string prompt;  ///< as written; "" in a break and when the goal is not custom_prompt
  PromptLeaning leaning;
  /// Level of each stem against how it is composed, in dB, by Stem; kStemOff: left out.
  std::array<double, kStemCount> stem_db{};

  double start_seconds = 0.0;    ///< of the first sample, in the session
  double session_seconds = 0.0;  ///< the session's whole played length
  std::int64_t frames = 0;       ///< to deliver: exactly this many at `sample_rate`
  int sample_rate = 48000;
  std::int64_t overlap_in = 0;   ///< frames heard together with the segment before, 0 for the first
  std::int64_t overlap_out = 0;  ///< frames heard together with the segment after, 0 for the last
  /// Length of the session's last fade, > 0 on segments that reach into it. Mastering applies it;
  /// the music goes on under it.
  double ending_seconds = 0.0;
  /// How long before the session's end the music comes to rest, > 0 on the last segment alone.
  double cadence_seconds = 0.0;

  double target_lufs = -18.0;  ///< to which it will be mastered
  /// The end of the segment before as it is heard, at `sample_rate`, for an engine that continues
  /// it; its last `overlap_in` frames are heard together with this segment's first ones. Null where
  /// there is none, or none yet.
  std::shared_ptr<const AudioBuffer> previous;

  double tempo_bpm = 76.0;
  double bar_seconds = 0.0;    ///< 240 / tempo_bpm, a whole number of 10 ms
  std::int64_t first_bar = 0;  ///< the absolute number of the bar that starts with the first sample
  Key key;
  Key key_before;  ///< of the neighbours; `key` where there is none
  Key key_after;
  Section section = Section::settling;
  /// Segment index at which each decision was last drawn: equal entries mean the same music. An
  /// engine keys its randomness by (seed, decision, drawn_at[decision], ...).
  std::array<std::int32_t, kDecisionCount> drawn_at{};

  std::int32_t drawn(Decision decision) const {
    return drawn_at[static_cast<std::size_t>(decision)];
  }
  double length_seconds() const { return static_cast<double>(frames) / sample_rate; }
  double level_db(Stem stem) const { return stem_db[static_cast<std::size_t>(stem)]; }
  /// Where the music comes to rest, in the session.
  double cadence_start_seconds() const { return session_seconds - cadence_seconds; }
  /// A seed of this segment alone, for engines that know of no other.
  std::uint64_t segment_seed() const;

  /// Whether all is the same; of `previous` whether it is the same buffer.
  bool operator==(const Brief&) const = default;
};

}  // namespace focus::core
