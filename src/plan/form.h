// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan/key.h"
#include "plan/phases.h"
#include "plan/prompt.h"
#include "plan/request.h"

namespace focus::core::plan {

/// One movement of the suite that a session is: 6 to 12 minutes of music with a theme, a key area,
/// a tempo and instruments of its own. In a short session movements are sections of 1 to 3 minutes.
/// Times are in hundredths of a second of the session.
struct Movement {
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  int number = 0;   ///< in its phase, from 0; those that a change has removed are not counted
  int theme = 0;    ///< 0 is A, 1 is B, ...: movements with the same theme share their material
  int returns = 0;  ///< how often the theme was heard before: 1 is A'
  Phase phase = Phase::work;
  std::int64_t start = 0;
  std::int64_t end = 0;
  /// The bar lines nearest to `start` and `end`, between which the movement is played. Set by the
  /// layout.
  std::int64_t first_bar = 0;
  std::int64_t end_bar = 0;

  int fifths = 0;            ///< the scale's distance from the home scale, on the circle of fifths
  std::optional<Mode> mode;  ///< absent: the mode of the home key
  double tempo = 1.0;        ///< as a ratio to the tempo that was drawn or asked for
  /// Where that tempo begins: with the first segment that begins in the movement, so that a segment
  /// has one tempo up to its last overlap. Set by the layout.
  std::int64_t tempo_from = kNever;
  /// Tension (see Form::tension) where the movement begins, and at its height.
  double tension_at_start = 0.4;
  double tension_at_height = 0.6;
  std::int64_t height = 0;  ///< where the movement is at its height

  /// About when a bar is heard, in seconds: a function of the movement alone.
  double seconds_of_bar(double bar) const;
  /// The movement's key in a piece whose home key is `home`.
  Key key_in(Key home) const;
  bool operator==(const Movement&) const = default;
};

/// "A", "B", "A'", "A''", ...
std::string name_of(const Movement& movement);

/// How changed music comes from what was played before: over a few bars the tempo bends, and the
/// level moves for half a minute. Times are in hundredths of a second of the session.
struct Turn {
  std::int64_t from = 0;  ///< where the change takes effect
  int bars = 0;           ///< how many bars lead into the new music; 0: it begins at once
  int bar_before = 0;     ///< the length of the bar that was playing
  std::int64_t end = 0;   ///< of those bars, about
  double level_lu = 0.0;  ///< the level before the change against the planned one
  bool operator==(const Turn&) const = default;
};

/// The form of a session: its movements, and the curve of tension over them. An immutable value, a
/// pure function of what it is made of. It exists for every request, also at divergence 0, which
/// only limits how far the movements go from each other.
class Form {
 public:
  /// What a form is made of.
  struct Question {
    const Request& request;
    const PromptReading& reading;  ///< of the work
    std::uint64_t seed = 0;
    std::span<const PhaseSpan> spans;  ///< all phases of the session
    /// Where a change takes effect, and the form before it; 0 and null: there was none.
    std::int64_t from = 0;
    const Form* before = nullptr;
    bool changes_music = false;    ///< the change begins a new movement
    bool plays_new_piece = false;  ///< with a theme of its own
  };
  explicit Form(const Question& question);
  /// For a session of `seconds` that has no plan: a single movement.
  explicit Form(double seconds);

  /// In the order of their starts; together they cover the session, after a change from the last
  /// movement before it on.
  std::span<const Movement> movements() const { return movements_; }
  /// The movement of a time in hundredths of a second; the first or the last outside the session.
  const Movement& at(std::int64_t time) const;
  /// The same for a piece: where the other phase is heard, the movement that comes next, or the
  /// last.
  const Movement& at(std::int64_t time, Phase phase) const;
  /// How much the music pulls at the listener at a time in seconds, 0 (still) to 1 (the climax).
  /// After Farbood's model of musical tension (Music Perception 29, 2012) it stands for density,
  /// register, harmonic rhythm, brightness and level together. Continuous.
  double tension(double seconds) const;
  /// The planned level at a time in seconds against the session's loudness, in LU.
  double level_lu(double seconds) const;
  /// The same of the mean power between two times.
  double level_lu(double from_seconds, double to_seconds) const;
  /// What the level of a change that was heard lately adds to it: 0 half a minute after it.
  double approach_lu(double seconds) const;
  /// How much of the turn to changed music has passed, 0 to 1.
  double turned(double seconds) const;
  /// How many of a movement's first bars belong to the turn.
  int turn_bars(const Movement& movement) const;
  /// The length of a bar that begins at `time`, where the piece's own bars are `home_bar` long; all
  /// in hundredths of a second.
  int bar_at(std::int64_t time, int home_bar) const;
  /// The same, of the tempo to which a turn at that time leads.
  int bar_after_turn(std::int64_t time, int home_bar) const {
    return bar_at(time < turn_.end ? turn_.end : time, home_bar);
  }

  /// For the layout, while the plan is made.
  Movement& movement(std::size_t index) { return movements_[index]; }
  void turn(const Turn& turn) { turn_ = turn; }
  /// The level comes from `level_lu` above the planned one.
  void approach_from(double level_lu) { turn_.level_lu = level_lu; }
  /// A stretch of the session, in seconds.
  struct Stretch {
    double from = 0.0, to = 0.0;
  };
  /// Finds the tension at which the level is that of the session, so that the power of these
  /// stretches together is not changed by its arcs.
  void settle_level(std::span<const Stretch> stretches);

  bool operator==(const Form&) const = default;

 private:
  double tempo_at(std::int64_t time) const;

  std::vector<Movement> movements_;
  Turn turn_;
  double level_span_lu_ = 0.0;  ///< what the level rises by from tension 0 to 1
  double level_middle_ = 0.0;   ///< the tension at which the level is the session's
};

}  // namespace focus::core::plan
