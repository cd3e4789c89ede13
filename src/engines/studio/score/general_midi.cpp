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
    case plan::Instrument::vibraphone:
      return 11;  // vibraphone
    case plan::Instrument::muted_guitar:
      return 28;  // electric guitar, muted
    case plan::Instrument::cello:
      return 42;  // cello
    case plan::Instrument::brass:
      return 60;  // French horn
    case plan::Instrument::saxophone:
      return 66;  // tenor sax
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
    case PadSound::brass:
      return 61;  // brass section
    case PadSound::drawbars:
      return 17;  // percussive organ
    case PadSound::haze:
      return 94;  // halo pad
    case PadSound::reeds:
      return 20;  // reed organ
  }
  return 89;
}

int program_of(BassSound sound) { return sound == BassSound::round ? 32 : 38; }

}  // namespace focus::core::engines::studio
