// SPDX-License-Identifier: MIT
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {

std::span<const int> melody_scale(plan::Mode mode) {
  static constexpr std::array<int, 7> kIonian = {0, 2, 4, 5, 7, 9, 11};
  static constexpr std::array<int, 7> kDorian = {0, 2, 3, 5, 7, 9, 10};
  static constexpr std::array<int, 7> kLydian = {0, 2, 4, 6, 7, 9, 11};
  static constexpr std::array<int, 7> kMixolydian = {0, 2, 4, 5, 7, 9, 10};
  static constexpr std::array<int, 7> kAeolian = {0, 2, 3, 5, 7, 8, 10};
  static constexpr std::array<int, 5> kPentatonic = {0, 3, 5, 7, 10};
  switch (mode) {
    case plan::Mode::ionian:
      return kIonian;
    case plan::Mode::dorian:
      return kDorian;
    case plan::Mode::lydian:
      return kLydian;
    case plan::Mode::mixolydian:
      return kMixolydian;
    case plan::Mode::minor_pentatonic:
      return kPentatonic;
    case plan::Mode::aeolian:
      break;
  }
  return kAeolian;
}

std::vector<int> pitches_between(int low, int high, int tonic, std::span<const int> scale) {
  std::vector<int> pitches;
  for (int pitch = low; pitch <= high; ++pitch) {
    for (const int step : scale) {
      if (wrap(pitch - tonic - step, 12) == 0) pitches.push_back(pitch);
    }
  }
  return pitches;
}

}  // namespace focus::core::engines::studio
