// SPDX-License-Identifier: MIT
#include "engines/studio/score/general_midi.h"

namespace focus::core::engines::studio {

int program_of(plan::Instrument instrument) {
  switch (instrument) {
    case plan::Instrument::piano:
      return 0;  // acoustic grand piano
    case plan::Instrument::electric_piano:
      return 4;  // electric piano 1
    case plan::Instrument::guitar:
      return 24;  // nylon guitar
    case plan::Instrument::harp:
      return 46;  // orchestral harp
    case plan::Instrument::kalimba:
      return 108;  // kalimba
    case plan::Instrument::marimba:
      return 12;  // marimba
    case plan::Instrument::bells:
      return 8;  // celesta
    case plan::Instrument::strings:
      return 40;  // violin
    case plan::Instrument::choir:
      return 53;  // voice oohs
    case plan::Instrument::organ:
      return 16;  // drawbar organ
    case plan::Instrument::flute:
      return 73;  // flute
    case plan::Instrument::synth:
      return 90;  // polysynth
  }
  return 0;
}

int program_of(PadSound sound) {
  switch (sound) {
    case PadSound::warm:
      return 89;  // warm pad
    case PadSound::strings:
      return 48;  // string ensemble 1
    case PadSound::choir:
      return 52;  // choir aahs
    case PadSound::organ:
      return 19;  // church organ
    case PadSound::glass:
      return 92;  // bowed pad
    case PadSound::shimmer:
      return 95;  // sweep pad
    case PadSound::breath:
      return 91;  // choir pad
  }
  return 89;
}

int program_of(BassSound sound) { return sound == BassSound::round ? 32 : 38; }

}  // namespace focus::core::engines::studio
