// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engines/studio/clock.h"
#include "engines/studio/score/composer.h"

namespace focus::core::engines::studio {

/// How level and brightness move: from movement to movement, over minutes with the form's tension,
/// over four bars with a breath that all layers take together, and each layer a little by itself. A
/// function of absolute time.
class Swells {
 public:
  /// All layers at one frame.
  class Moment {
   public:
    double level_db(Layer layer) const;
    /// The level of all layers on the way from the music before a change; see Form::approach_lu.
    double approach_db() const;
    /// How many octaves a layer's filter opens, or closes if negative.
    double octaves(Layer layer) const;

   private:
    friend class Swells;
    Moment(const Swells& swells, std::int64_t frame);
    double wave(Layer layer) const { return waves_[static_cast<std::size_t>(layer)]; }

    static constexpr std::size_t kLayers = 6;

    const Swells* swells_;
    double seconds_, beat_;
    double pull_;                        ///< the tension around its middle, -1 to 1
    double breath_;                      ///< the common breath, -1 to 1
    double light_;                       ///< of the movement, -1 dark to 1 bright
    double balance_light_;               ///< another light, for the balance of bed and melody
    std::array<double, kLayers> waves_;  ///< each layer's own wave, -1 to 1
  };

  Swells(const Composer& composer, const Clock& clock, std::uint32_t key);

  /// Valid as long as this object.
  Moment at(std::int64_t frame) const { return {*this, frame}; }

 private:
  /// The light of the movement; `key` chooses which movements are bright.
  double light(std::uint32_t key, double seconds) const;

  const plan::Form& form_;
  Clock clock_;
  std::uint32_t key_;
  double depth_db_, octaves_;
};

}  // namespace focus::core::engines::studio
