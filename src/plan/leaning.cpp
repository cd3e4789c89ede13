// SPDX-License-Identifier: MIT
#include "plan/leaning.h"

namespace focus::core::plan {
namespace {

constexpr std::array<std::string_view, kInstrumentCount> kInstrumentNames = {
    "piano",      "electric piano", "guitar", "harp",  "kalimba",  "marimba",
    "bells",      "strings",        "choir",  "organ", "flute",    "synth",
    "vibraphone", "muted guitar",   "cello",  "brass", "saxophone"};
constexpr std::array<std::string_view, kSceneryCount> kSceneryNames = {"rain",   "waves", "wind",
                                                                       "stream", "fire",  "vinyl"};
constexpr std::array<std::string_view, kStemCount> kStemNames = {"pads", "bass", "melody",
                                                                 "percussion", "ambience"};

}  // namespace

std::string_view name_of(Instrument instrument) {
  return kInstrumentNames[static_cast<std::size_t>(instrument)];
}
std::string_view name_of(Scenery scenery) {
  return kSceneryNames[static_cast<std::size_t>(scenery)];
}
std::string_view name_of(Stem stem) { return kStemNames[static_cast<std::size_t>(stem)]; }

}  // namespace focus::core::plan
