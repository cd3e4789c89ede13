// SPDX-License-Identifier: MIT
#include "engines/studio/score/orchestra.h"

#include <algorithm>
#include <vector>

namespace focus::core::studio {
namespace {

/// What suits a goal; the first of each list is what it is most itself with.
struct Orchestra {
  std::vector<PadSound> pads, upper_pads;
  std::vector<Instrument> leads, figures;
  std::vector<Scenery> beds;
};

Orchestra orchestra_of(Goal character) {
  switch (character) {
    case Goal::relax:
      return {{PadSound::warm, PadSound::strings, PadSound::choir},
              {PadSound::breath, PadSound::glass},
              {Instrument::piano, Instrument::harp, Instrument::guitar, Instrument::electric_piano},
              {Instrument::harp, Instrument::guitar, Instrument::kalimba},
              {Scenery::waves, Scenery::wind}};
    case Goal::sleep:
      return {{PadSound::warm, PadSound::choir, PadSound::organ},
              {PadSound::breath},
              {Instrument::bells, Instrument::flute, Instrument::piano, Instrument::choir},
              {Instrument::bells},
              {Scenery::waves, Scenery::wind}};
    case Goal::energize:
      return {
          {PadSound::strings, PadSound::warm, PadSound::organ},
          {PadSound::shimmer, PadSound::glass},
          {Instrument::electric_piano, Instrument::synth, Instrument::marimba, Instrument::guitar},
          {Instrument::synth, Instrument::marimba, Instrument::guitar, Instrument::kalimba},
          {Scenery::wind}};
    case Goal::focus:
    case Goal::custom_prompt:
      break;
  }
  return {{PadSound::warm, PadSound::strings, PadSound::choir, PadSound::organ},
          {PadSound::glass, PadSound::breath, PadSound::shimmer},
          {Instrument::electric_piano, Instrument::piano, Instrument::guitar, Instrument::marimba},
          {Instrument::marimba, Instrument::kalimba, Instrument::guitar, Instrument::synth},
          {Scenery::wind, Scenery::waves}};
}

/// The pad that is nearest to an instrument, for those that can be one.
constexpr Instrument kPadInstruments[] = {Instrument::strings, Instrument::choir, Instrument::organ,
                                          Instrument::synth};
bool is_pad(Instrument instrument, PadSound& sound) {
  switch (instrument) {
    case Instrument::strings:
      sound = PadSound::strings;
      return true;
    case Instrument::choir:
      sound = PadSound::choir;
      return true;
    case Instrument::organ:
      sound = PadSound::organ;
      return true;
    case Instrument::synth:
      sound = PadSound::warm;
      return true;
    default:
      return false;
  }
}

template <typename T>
T draw(const std::vector<T>& from, Random& random) {
  return from[static_cast<std::size_t>(random.below(static_cast<int>(from.size())))];
}

/// Takes out what the prompt does not want, unless nothing would be left.
void leave_out(std::vector<Instrument>& players, const PromptLeaning& leaning) {
  const std::vector<Instrument> all = players;
  std::erase_if(players, [&](Instrument player) { return leaning.of(player) < 0.0; });
  if (players.empty()) players = all;
}

}  // namespace

void orchestrate(const Brief& brief, Palette& palette) {
  Orchestra orchestra = orchestra_of(brief.character);
  const PromptLeaning& leaning = brief.leaning;
  std::vector<Instrument> wanted, wanted_pads;
  for (int i = 0; i < kInstrumentCount; ++i) {
    const auto instrument = static_cast<Instrument>(i);
    if (leaning.of(instrument) <= 0.0) continue;
    PadSound sound;
    (is_pad(instrument, sound) ? wanted_pads : wanted).push_back(instrument);
  }
  std::vector<PadSound> pads;
  for (const Instrument instrument : wanted_pads) is_pad(instrument, pads.emplace_back());
  if (pads.empty()) {
    for (const PadSound sound : orchestra.pads) {
      const bool unwanted = std::any_of(
          std::begin(kPadInstruments), std::end(kPadInstruments), [&](Instrument instrument) {
            PadSound own;
            return is_pad(instrument, own) && own == sound && leaning.of(instrument) < 0.0;
          });
      if (!unwanted) pads.push_back(sound);
    }
  }
  if (pads.empty()) pads = {PadSound::warm};
  // Whoever is asked for by name plays the melody; the second one runs beside it.
  if (wanted.empty()) wanted = wanted_pads;
  leave_out(orchestra.leads, leaning);
  leave_out(orchestra.figures, leaning);
  const std::vector<Instrument>& leads = wanted.empty() ? orchestra.leads : wanted;

  Random random = stream_of(brief, Decision::voices);
  palette.pad = draw(pads, random);
  palette.upper_pad = draw(orchestra.upper_pads, random);
  palette.bass = random.chance(0.5) ? BassSound::round : BassSound::reedy;
  palette.lead = draw(leads, random);
  std::vector<Instrument> figures = wanted.size() > 1 ? wanted : orchestra.figures;
  std::erase(figures, palette.lead);
  if (figures.empty()) figures = {Instrument::kalimba};
  palette.ostinato = draw(figures, random);
  palette.bed = draw(orchestra.beds, random);
  double most = 0.0;
  for (int i = 0; i < kSceneryCount; ++i) {
    const auto scenery = static_cast<Scenery>(i);
    if (leaning.of(scenery) > most) {
      most = leaning.of(scenery);
      palette.bed = scenery;
    }
  }
}

}  // namespace focus::core::studio
