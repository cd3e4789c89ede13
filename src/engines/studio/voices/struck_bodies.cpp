// SPDX-License-Identifier: MIT
// The bodies as tables of numbers. A new body is a new entry.
#include "engines/studio/voices/struck.h"

namespace focus::core::engines::studio {
namespace {

// A nylon string plucked near the middle, over a wooden box.
constexpr StruckBody kGuitar = {.ratio = {1.0, 2.0005, 3.002, 4.004, 5.008, 6.014, 7.02, 8.03},
                                .gain = {1.0, 0.72, 0.52, 0.2, 0.16, 0.2, 0.13, 0.09},
                                .ring = {1.0, 0.78, 0.6, 0.5, 0.4, 0.33, 0.28, 0.24},
                                .t60_seconds = 3.0,
                                .t60_per_octave = 0.7,
                                .softness = 11.0,
                                .level_db = 1.5,
                                .beat_hertz = 0.0,
                                .noise_db = -24.0,
                                .noise_hertz = 3200.0,
                                .noise_seconds = 0.07};
// A harp string, plucked with the fingertip: a rounder and longer tone than the guitar's.
constexpr StruckBody kHarp = {.ratio = {1.0, 2.0003, 3.001, 4.003, 5.005, 6.008, 7.012, 8.017},
                              .gain = {1.0, 0.42, 0.34, 0.17, 0.06, 0.06, 0.04, 0.03},
                              .ring = {1.0, 0.7, 0.5, 0.42, 0.33, 0.27, 0.22, 0.2},
                              .t60_seconds = 4.6,
                              .t60_per_octave = 0.72,
                              .softness = 9.0,
                              .level_db = 0.5,
                              .beat_hertz = 0.0,
                              .noise_db = -30.0,
                              .noise_hertz = 2200.0,
                              .noise_seconds = 0.06};
// A felt piano: the hammer is muffled, and each note has two strings that beat against each other.
constexpr StruckBody kPiano = {.ratio = {1.0, 1.0, 2.001, 2.001, 3.003, 4.007, 5.013, 6.022},
                               .gain = {0.72, 0.5, 0.4, 0.28, 0.3, 0.16, 0.09, 0.05},
                               .ring = {1.0, 0.55, 0.7, 0.4, 0.5, 0.4, 0.32, 0.26},
                               .t60_seconds = 6.5,
                               .t60_per_octave = 0.68,
                               .softness = 12.0,
                               .level_db = 0.0,
                               .beat_hertz = 0.35,
                               .noise_db = -25.0,
                               .noise_hertz = 1500.0,
                               .noise_seconds = 0.11};
// A steel tongue on a box: a pure tone under a short high tick.
constexpr StruckBody kKalimba = {.ratio = {1.0, 2.0, 3.01, 5.42, 6.3, 9.1, 11.2, 14.6},
                                 .gain = {1.0, 0.1, 0.05, 0.2, 0.12, 0.08, 0.05, 0.03},
                                 .ring = {1.0, 0.5, 0.3, 0.16, 0.13, 0.09, 0.07, 0.05},
                                 .t60_seconds = 2.3,
                                 .t60_per_octave = 0.75,
                                 .softness = 7.0,
                                 .level_db = 2.5,
                                 .beat_hertz = 0.0,
                                 .noise_db = -25.0,
                                 .noise_hertz = 4500.0,
                                 .noise_seconds = 0.04};
// A tuned wooden bar: its second mode is a double octave up.
constexpr StruckBody kMarimba = {.ratio = {1.0, 4.0, 2.0, 9.2, 3.0, 10.0, 6.0, 16.2},
                                 .gain = {1.0, 0.35, 0.07, 0.16, 0.05, 0.05, 0.04, 0.05},
                                 .ring = {1.0, 0.36, 0.57, 0.1, 0.36, 0.11, 0.14, 0.05},
                                 .t60_seconds = 2.6,
                                 .t60_per_octave = 0.66,
                                 .softness = 9.6,
                                 .level_db = 2.4,
                                 .beat_hertz = 0.0,
                                 .noise_db = -26.0,
                                 .noise_hertz = 2400.0,
                                 .noise_seconds = 0.05};
// Small metal plates over resonators, as in a celesta: long, and shimmering in pairs.
constexpr StruckBody kBells = {.ratio = {1.0, 1.0, 2.0, 4.0, 4.0, 5.4, 8.9, 12.0},
                               .gain = {0.7, 0.45, 0.12, 0.2, 0.1, 0.05, 0.05, 0.03},
                               .ring = {1.0, 0.9, 0.6, 0.45, 0.4, 0.3, 0.16, 0.1},
                               .t60_seconds = 5.0,
                               .t60_per_octave = 0.75,
                               .softness = 8.0,
                               .level_db = 0.0,
                               .beat_hertz = 0.8,
                               .noise_db = -34.0,
                               .noise_hertz = 6000.0,
                               .noise_seconds = 0.06};
// A synthesizer: the first eight partials of a sawtooth through a filter that closes.
constexpr StruckBody kSynth = {.ratio = {1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0},
                               .gain = {0.6, 0.5, 0.5, 0.33, 0.25, 0.2, 0.16, 0.12},
                               .ring = {1.0, 1.0, 0.62, 0.46, 0.36, 0.3, 0.25, 0.2},
                               .t60_seconds = 1.9,
                               .t60_per_octave = 0.85,
                               .softness = 12.0,
                               .level_db = 3.0,
                               .beat_hertz = 1.3,
                               .noise_db = -34.0,
                               .noise_hertz = 5000.0,
                               .noise_seconds = 0.04};
// Metal bars over tubes, with soft mallets; a motor opens and closes the tubes.
constexpr StruckBody kVibraphone = {.ratio = {1.0, 1.0, 4.0, 2.0, 10.2, 3.0, 6.3, 15.0},
                                    .gain = {0.85, 0.3, 0.24, 0.06, 0.09, 0.03, 0.03, 0.03},
                                    .ring = {1.0, 0.8, 0.4, 0.5, 0.12, 0.4, 0.2, 0.06},
                                    .t60_seconds = 6.0,
                                    .t60_per_octave = 0.72,
                                    .softness = 8.5,
                                    .level_db = 0.5,
                                    .beat_hertz = 0.5,
                                    .noise_db = -32.0,
                                    .noise_hertz = 2000.0,
                                    .noise_seconds = 0.05,
                                    .tremolo_hertz = 4.6,
                                    .tremolo_depth = 0.28};
// A steel string under the palm: a short, warm knock.
constexpr StruckBody kMutedGuitar = {.ratio = {1.0, 2.001, 3.004, 4.01, 5.02, 6.03, 7.05, 8.08},
                                     .gain = {1.0, 0.8, 0.6, 0.42, 0.3, 0.22, 0.16, 0.12},
                                     .ring = {1.0, 0.8, 0.6, 0.45, 0.36, 0.3, 0.25, 0.2},
                                     .t60_seconds = 0.75,
                                     .t60_per_octave = 0.8,
                                     .softness = 9.0,
                                     .level_db = 4.0,
                                     .beat_hertz = 0.0,
                                     .noise_db = -20.0,
                                     .noise_hertz = 2800.0,
                                     .noise_seconds = 0.05};

}  // namespace

const StruckBody& struck_body(plan::Instrument instrument) {
  switch (instrument) {
    case plan::Instrument::guitar:
      return kGuitar;
    case plan::Instrument::harp:
      return kHarp;
    case plan::Instrument::kalimba:
      return kKalimba;
    case plan::Instrument::marimba:
      return kMarimba;
    case plan::Instrument::bells:
      return kBells;
    case plan::Instrument::synth:
      return kSynth;
    case plan::Instrument::vibraphone:
      return kVibraphone;
    case plan::Instrument::muted_guitar:
      return kMutedGuitar;
    default:
      return kPiano;
  }
}

}  // namespace focus::core::engines::studio
