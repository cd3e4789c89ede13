// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <variant>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "mastering/transition.h"
#include "player/deck.h"

namespace focus::core::player {

/// The music that is heard crosses over to another segment, from frame `start` of the session on.
/// Both sides of the overlap are in memory, so that nothing in a join can fail.
struct Join {
  Deck next;
  std::int64_t start = 0;
  audio::AudioBuffer old_tail;
  audio::AudioBuffer new_head;
  mastering::Transition transition;

  /// The frame behind the overlap: from there on `next` is heard alone.
  std::int64_t end() const { return start + transition.frames; }
  /// Mixes both sides into `out`, from frame `frame` of the session on. All of `out` must lie
  /// inside the overlap.
  void render(std::int64_t frame, audio::AudioView out) const;
};

/// The music that is heard, as it goes on by itself: the body of one segment, or a join of two.
///
/// Reading is a function of the frame alone and changes nothing here. So the music can be read
/// ahead (the tail that a join needs) and then still be played from where it was.
class Sounding {
 public:
  explicit Sounding(Deck body);
  explicit Sounding(Join join);
  Sounding(Sounding&& other) noexcept;
  Sounding& operator=(Sounding&& other) noexcept;
  ~Sounding();

  bool is_join() const { return std::holds_alternative<Join>(part_); }
  /// The segment of a body; in a join, the one that comes.
  const Deck& newest() const;
  /// The frame of the session behind the newest segment's last one.
  std::int64_t end() const { return newest().end(); }

  /// Fills the beginning of `out` with the music from `frame` on and returns how many frames; fewer
  /// than `out` has where a join or the segment ends, 0 at or behind the end. An error says that
  /// the newest segment's file can not be read.
  absl::StatusOr<std::int64_t> read(std::int64_t frame, audio::AudioView out) const;
  /// All before `frame` was played: a join that ends there becomes the body of its newer segment.
  void settle(std::int64_t frame);

 private:
  std::variant<Deck, Join> part_;
};

}  // namespace focus::core::player
