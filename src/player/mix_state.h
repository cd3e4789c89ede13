// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "player/sounding.h"

namespace focus::core::player {

/// Which music a mixdown has open, and how it goes on. In one of four states:
///
///   Idle     Nothing is open, and nothing was given from here: at the beginning, after a seek.
///   Playing  A body or a join is heard.
///   Ending   The same, faded out to its end, because nothing will follow it.
///   Torn     Nothing is open, but the music was given up to here: a file broke off, or memory ran
///            out. What is opened next has to continue what was heard.
///
///             open            end_from
///      Idle --------> Playing --------> Ending        reset, from any state: Idle
///                       ^ |  <--------    |           join,  from any state: Playing
///                       | | cancel_ending |
///            open, join | | break_off     | break_off
///                       | v               v
///                       Torn -----------------> Ending, where it was before (open)
///
/// Has no threads, files or session; used by the thread that mixes.
class MixState {
 public:
  /// The music that is open; nullptr in Idle and Torn.
  const Sounding* sounding() const;
  bool is_torn() const { return std::holds_alternative<Torn>(state_); }
  /// The frame from which the music is faded out, where it is. Kept over a break.
  std::optional<std::int64_t> ending_from() const;

  /// The position was moved: forgets all.
  void reset() { state_ = Idle(); }
  /// The segment at the position was opened: Idle -> Playing, Torn -> Playing, or Ending where the
  /// music was being faded out when it broke off.
  void open(Sounding sounding);
  /// The music has crossed over to a segment that follows, which ends a fade-out. Any -> Playing.
  void join(Sounding sounding);
  /// Nothing will follow. Playing -> Ending; without effect in a join, which is played first.
  void end_from(std::int64_t frame);
  /// Something may follow after all. Ending -> Playing; Torn stays torn, without its fade-out.
  void cancel_ending();
  /// What is open can not be read, or is not to be trusted any more. Playing, Ending -> Torn; Idle
  /// stays idle, since there is nothing to continue.
  void break_off();
  /// All before `frame` was played; see Sounding::settle.
  void settle(std::int64_t frame);

 private:
  struct Idle {};
  struct Playing {
    Sounding sounding;
  };
  struct Ending {
    Sounding sounding;
    std::int64_t from = 0;
  };
  struct Torn {
    std::optional<std::int64_t> ending_from;
  };

  Sounding* open_sounding();

  std::variant<Idle, Playing, Ending, Torn> state_;
};

}  // namespace focus::core::player
