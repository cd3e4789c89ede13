// SPDX-License-Identifier: MIT
#include "engines/studio/voices/instruments.h"

#include "engines/studio/voices/electric_piano.h"
#include "engines/studio/voices/struck.h"
#include "engines/studio/voices/sustained.h"

namespace focus::core::engines::studio {

std::unique_ptr<Voice> make_voice(plan::Instrument instrument, int rate, const Touch& touch) {
  switch (instrument) {
    case plan::Instrument::electric_piano:
      return std::make_unique<ElectricPiano>(rate, touch);
    case plan::Instrument::strings:
    case plan::Instrument::choir:
    case plan::Instrument::organ:
    case plan::Instrument::flute:
    case plan::Instrument::cello:
    case plan::Instrument::brass:
    case plan::Instrument::saxophone:
      return std::make_unique<SustainedVoice>(sustained_body(instrument), rate, touch);
    case plan::Instrument::piano:
    case plan::Instrument::guitar:
    case plan::Instrument::harp:
    case plan::Instrument::kalimba:
    case plan::Instrument::marimba:
    case plan::Instrument::bells:
    case plan::Instrument::synth:
    case plan::Instrument::vibraphone:
    case plan::Instrument::muted_guitar:
      break;
  }
  return std::make_unique<StruckVoice>(struck_body(instrument), rate, touch);
}

}  // namespace focus::core::engines::studio
