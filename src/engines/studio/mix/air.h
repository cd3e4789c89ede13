// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engines/studio/mix/buses.h"

namespace focus::core::engines::studio {

/// What lies above the tonal voices, which have nothing over 10 kHz: bow and breath, the noise of
/// fingers and hammers, a quiet room. It is noise at the full rate whose level follows each bus,
/// and most of all what is bright in it, so that a stroke is heard as a stroke.
class Air {
 public:
  /// One bus that is followed.
  struct Source {
    float body = 0.0f;    ///< the noise against the level of the whole bus
    float bright = 0.0f;  ///< the noise against the level of its highs
    std::array<float, 2> level{};
    std::array<std::array<float, 2>, 2> last{};  ///< the last two frames of each side
  };

  Air(int rate, float room);

  /// Lets a source follow its bus, and adds its noise to that of the block that begins at the
  /// absolute frame `frame`.
  void follow(Source& source, const HalfBlock& bus);
  /// Adds the noise of all sources that were followed since the last call.
  void render(std::int64_t frame, FullBlock& out);

 private:
  float room_;
  float release_;  ///< the factor of a level from block to block, when the bus has become silent
  std::array<float, 2> from_{}, to_{};
  /// Two loops of noise whose lengths have no common factor: their sum comes back after an hour.
  std::shared_ptr<const std::array<std::vector<float>, 2>> loops_;
};

}  // namespace focus::core::engines::studio
