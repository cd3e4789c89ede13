// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "base/random.h"
#include "plan/scenes.h"

namespace focus::core::engines::soundscape {

/// Frames that a voice plays at once. Blocks begin at multiples of it on the session's time axis.
inline constexpr int kBlock = 128;

/// The sound of one scene. What it plays is a function of (random stream, absolute frame), but for
/// what its filters and sounding events remember; these remember no more than memory_seconds().
/// Frames before the session's start are negative.
class Voice {
 public:
  virtual ~Voice() = default;
  /// How long before a frame rendering must begin so that the frame is complete.
  virtual double memory_seconds() const = 0;
  /// Writes one block. `frame` is a multiple of kBlock, and follows the block before.
  virtual void render(std::int64_t frame, float* left, float* right) = 0;
};

/// Makes the voice of a scene. The level of the layer plays no part.
std::unique_ptr<Voice> make_voice(const plan::SceneLayer& layer, const Random& random, int rate);

}  // namespace focus::core::engines::soundscape
