// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/buffer.h"
#include "plan/key.h"
#include "plan/leaning.h"
#include "plan/programme.h"
#include "plan/request.h"

namespace focus::core::plan {

/// The musical decisions that divergence may change from one segment to the next, the mildest
/// first.
enum class Decision { motif, density, register_, voices, chords, mode, tonic, tempo };
inline constexpr int kDecisionCount = 8;

/// The position of a segment in the form of the session.
enum class Section { opening, settling, developing, closing };
std::string_view name_of(Section section);

/// Whether a segment is for work or for the break after it. In a session without phases everything
/// is work.
enum class Phase { work, break_ };
inline constexpr int kPhaseCount = 2;
std::string_view name_of(Phase phase);

/// A bar line of a piece. Times are in hundredths of a second of the session.
struct BarLine {
  std::int64_t number = 0;
  std::int64_t start = 0;
  int length = 0;  ///< of the bar that begins here
  bool operator==(const BarLine&) const = default;
};

class Form;
/// A form (plan/form.h) that is compared by its value. May be null.
struct SharedForm : std::shared_ptr<const Form> {
  using std::shared_ptr<const Form>::shared_ptr;
  SharedForm(std::shared_ptr<const Form> form)  // NOLINT: a form is shared as it is
      : std::shared_ptr<const Form>(std::move(form)) {}
  bool operator==(const SharedForm& other) const;
};

/// Everything that an engine knows about one segment. The segment is a pure function of its brief.
///
/// The session is one piece on an absolute time axis of whole bars in 4/4. The bar lines of segment
/// k are at start_seconds + (b - first_bar) * bar_seconds for b = first_bar, first_bar + 1, ... If
/// two neighbours have the same palette and tempo, their grids are the same. In a session with
/// phases, work and breaks are two such pieces, each with its own grid, palette and bar numbers.
struct Brief {
  std::string session_id;  ///< "" if there is none
  std::uint64_t seed = 0;  ///< of the session
  int index = 0;           ///< of this segment
  int segment_count = 1;
  Goal goal = Goal::focus;       ///< as requested; for custom_prompt see `character`
  Goal character = Goal::focus;  ///< the goal that determines the music (never custom_prompt)
  bool has_phases = false;       ///< whether the session has phases; otherwise everything is work
  Phase phase = Phase::work;     ///< in a break `character` is relax and `intensity` low
  Intensity intensity = Intensity::medium;  ///< of this segment
  double divergence = 0.0;
  std::string prompt;  ///< as written; "" in a break and if the goal is not custom_prompt
  PromptLeaning leaning;
  /// The level of each stem relative to its composed level, in dB; kStemOff: omitted. Index: Stem.
  std::array<double, kStemCount> stem_db{};
  SceneProgramme scenes;  ///< that the request asks for; empty: the prompt or the goal chooses

  double start_seconds = 0.0;    ///< position of the first sample in the session
  double session_seconds = 0.0;  ///< the played length of the whole session
  std::int64_t frames = 0;       ///< to deliver, exactly this many, at `sample_rate`
  int sample_rate = 48000;
  std::int64_t overlap_in = 0;   ///< frames that overlap the previous segment; 0 for the first
  std::int64_t overlap_out = 0;  ///< frames that overlap the next segment; 0 for the last
  /// The length of the session's ending fade; > 0 on segments that it reaches. Mastering applies
  /// it, and the music continues under it.
  double ending_seconds = 0.0;
  /// The time before the session's end at which the final chord begins; > 0 on the last segment
  /// only.
  double cadence_seconds = 0.0;

  double target_lufs = -18.0;  ///< the loudness to which mastering will bring it
  /// The end of the previous segment as it will be heard, at `sample_rate`, for an engine that
  /// continues it. Its last `overlap_in` frames overlap the first frames of this segment. Null if
  /// there is no previous segment, or if it is not ready.
  std::shared_ptr<const audio::AudioBuffer> previous;

  double tempo_bpm = 76.0;
  double bar_seconds = 0.0;       ///< 240 / tempo_bpm, rounded to a multiple of 10 ms
  double home_bar_seconds = 0.0;  ///< of a bar in the piece's own tempo; 0: `bar_seconds`
  std::int64_t first_bar = 0;  ///< the absolute number of the bar that begins with the first sample
  /// The bar lines from some time before the segment on: where the length of a bar changes. Empty:
  /// all bars are `bar_seconds` long.
  std::vector<BarLine> tempo_steps;
  /// The form of the session; null: a single movement.
  SharedForm form;
  Key home;         ///< the key from which the movements go away
  Key home_before;  ///< of the neighbours; equal to `home` if there is none
  Key home_after;
  Key key;         ///< in which the segment begins
  Key key_before;  ///< of the segment before, where this one begins; `key` if there is none
  Key key_after;   ///< of the segment after, where this one ends
  Section section = Section::settling;
  std::string movement = "A";  ///< in which the segment begins; see name_of(Movement)
  double tension = 0.4;        ///< in the middle of the segment; see Form::tension
  /// The index of the segment at which each decision was last drawn. Segments with equal entries
  /// have the same music. An engine seeds its randomness with (seed, decision, drawn_at[decision],
  /// ...).
  std::array<std::int32_t, kDecisionCount> drawn_at{};

  std::int32_t drawn(Decision decision) const {
    return drawn_at[static_cast<std::size_t>(decision)];
  }
  double length_seconds() const { return static_cast<double>(frames) / sample_rate; }
  double level_db(Stem stem) const { return stem_db[static_cast<std::size_t>(stem)]; }
  /// The position in the session at which the final chord begins.
  double cadence_start_seconds() const { return session_seconds - cadence_seconds; }
  /// A seed for this segment alone, for engines that do not use drawn_at.
  std::uint64_t segment_seed() const;

  /// Whether all is the same; of `previous` whether it is the same buffer.
  bool operator==(const Brief&) const = default;
};

}  // namespace focus::core::plan
