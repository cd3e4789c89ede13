// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "engines/studio/clock.h"
#include "engines/studio/score/composer.h"

namespace focus::core::engines::studio {

/// How level and brightness move: from movement to movement, over minutes with the form's tension,
/// over four bars with a breath that all layers take together, and each layer a little by itself. A
/// function of absolute time.
class Swells {
 public:
  Swells(const Composer& composer, const Clock& clock, std::uint32_t key);

  double level_db(Layer layer, std::int64_t frame) const;
  /// The level of all layers on the way from the music before a change; see Form::approach_lu.
  double approach_db(std::int64_t frame) const;
  /// How many octaves a layer's filter opens, or closes if negative.
  double octaves(Layer layer, std::int64_t frame) const;

 private:
  /// The tension around its middle, -1 to 1.
  double pull(std::int64_t frame) const;
  /// The light of the movement, -1 to 1; `key` chooses which movements are bright.
  double light(std::uint32_t key, std::int64_t frame) const;
  /// The common breath, -1 to 1.
  double breath(std::int64_t frame) const;
  /// A layer's own wave, -1 to 1.
  double wave(Layer layer, std::int64_t frame) const;

  const plan::Form& form_;
  Clock clock_;
  std::uint32_t key_;
  double depth_db_, octaves_;
};

}  // namespace focus::core::engines::studio
