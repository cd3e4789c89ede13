// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "store/store.h"

namespace focus::core::player {

/// An open segment, placed on the session's time line: its frame 0 is frame `start` of the session.
/// Reading touches files: a deck is used by the thread that mixes, and never by an audio thread.
struct Deck {
  int index = 0;
  std::int64_t start = 0;
  std::unique_ptr<store::SegmentReader> reader;  // never null in a deck that is played
  float polarity = 1.0f;  // -1 inverts the segment; see Transition::invert_new

  /// The frame of the session behind the segment's last one.
  std::int64_t end() const { return start + reader->frames(); }
  /// Fills all of `out` from frame `frame` of the session on. Fault::bad_data if the file ends
  /// before.
  absl::Status read(std::int64_t frame, audio::AudioView out) const;
};

/// The polarity of the two segments that were joined last. A segment that is opened a second time
/// (after a fault) continues with the polarity that it had before.
class Polarities {
 public:
  void set(int index, float polarity) {
    if (last_.index != index) before_ = last_;
    last_ = {index, polarity};
  }
  /// 1 for any other segment.
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

}  // namespace focus::core::player
