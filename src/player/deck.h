// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "mastering/transition.h"
#include "store/store.h"

namespace focus::core::player {

/// A segment being played: its frame 0 lies at frame `start` of the session.
struct Deck {
  int index = 0;
  std::int64_t start = 0;
  std::unique_ptr<store::SegmentReader> reader;  // none where it broke off
  float polarity = 1.0f;                  // see Transition::invert_new

  /// The frame of the session behind its last one.
  std::int64_t end() const { return start + (reader ? reader->frames() : 0); }
  /// Reads all of `out` from a frame of the session on. Fault::bad_data where the file ends before.
  absl::Status read(std::int64_t frame, audio::AudioView out);
};

/// In which polarity the last two segments were given, so that one that is opened again goes on in
/// its own.
class Polarities {
 public:
  void set(int index, float polarity) {
    if (last_.index != index) before_ = last_;
    last_ = {index, polarity};
  }
  float of(int index) const {
    for (const Known& known : {last_, before_}) {
      if (known.index == index) return known.polarity;
    }
    return 1.0f;
  }
  void clear() { last_ = before_ = {}; }

 private:
  struct Known {
    int index = -1;
    float polarity = 1.0f;
  };
  Known last_;
  Known before_;
};

/// What is heard fades into another deck, from frame `start` of the session on.
struct Join {
  Deck next;
  std::int64_t start = 0;
  audio::AudioBuffer old_tail;
  audio::AudioBuffer new_head;
  mastering::Transition transition;

  std::int64_t end() const { return start + transition.frames; }
  /// Both together, from a frame of the session on that lies in it.
  void render(std::int64_t frame, audio::AudioView out) const;
};

}  // namespace focus::core::player
