// SPDX-License-Identifier: MIT
#include "engines/studio/voices/instruments.h"

#include "engines/studio/voices/electric_piano.h"
#include "engines/studio/voices/struck.h"
#include "engines/studio/voices/sustained.h"

namespace focus::core::studio {

std::unique_ptr<Voice> make_voice(Instrument instrument, int rate, const Touch& touch) {
  switch (instrument) {
    case Instrument::electric_piano:
      return std::make_unique<ElectricPiano>(rate, touch);
    case Instrument::strings:
    case Instrument::choir:
    case Instrument::organ:
    case Instrument::flute:
      return std::make_unique<SustainedVoice>(sustained_body(instrument), rate, touch);
    case Instrument::piano:
    case Instrument::guitar:
    case Instrument::harp:
    case Instrument::kalimba:
    case Instrument::marimba:
    case Instrument::bells:
    case Instrument::synth:
      break;
  }
  return std::make_unique<StruckVoice>(struck_body(instrument), rate, touch);
}

}  // namespace focus::core::studio
