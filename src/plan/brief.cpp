// SPDX-License-Identifier: MIT
#include "plan/brief.h"

namespace focus::core {
namespace {

constexpr std::array<std::string_view, 12> kPitchNames = {"C",  "C#", "D",  "Eb", "E",  "F",
                                                          "F#", "G",  "Ab", "A",  "Bb", "B"};
constexpr std::array<std::string_view, 6> kModeNames = {
    "ionian", "dorian", "lydian", "mixolydian", "aeolian", "minor pentatonic"};
constexpr std::array<std::string_view, 4> kSectionNames = {"opening", "settling", "developing",
                                                           "closing"};
constexpr std::array<std::string_view, kPhaseCount> kPhaseNames = {"work", "break"};

}  // namespace

std::string_view name_of(Mode mode) { return kModeNames[static_cast<std::size_t>(mode)]; }
std::string_view name_of(Section section) {
  return kSectionNames[static_cast<std::size_t>(section)];
}

std::string_view name_of(Phase phase) { return kPhaseNames[static_cast<std::size_t>(phase)]; }

std::string describe(Key key) {
  std::string text(kPitchNames[static_cast<std::size_t>(key.tonic)]);
  text += ' ';
  text += name_of(key.mode);
  return text;
}

}  // namespace focus::core
