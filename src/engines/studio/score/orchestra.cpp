// SPDX-License-Identifier: MIT
#include "engines/studio/score/orchestra.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace focus::core::studio {
namespace {

/// The instruments to choose from.
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

/// The pad sound of an instrument that can also be played as a pad.
std::optional<PadSound> pad_of(Instrument instrument) {
  switch (instrument) {
    case Instrument::strings:
      return PadSound::strings;
    case Instrument::choir:
      return PadSound::choir;
    case Instrument::organ:
      return PadSound::organ;
    case Instrument::synth:
      return PadSound::warm;
    default:
      return std::nullopt;
  }
}

std::vector<Instrument> instruments_wanted(const PromptLeaning& leaning) {
  std::vector<Instrument> wanted;
  for (int i = 0; i < kInstrumentCount; ++i) {
    if (leaning.of(static_cast<Instrument>(i)) > 0.0) wanted.push_back(static_cast<Instrument>(i));
  }
  return wanted;
}

/// Removes the unwanted choices, unless none would be left.
template <typename T, typename IsUnwanted>
void leave_out(std::vector<T>& choices, IsUnwanted is_unwanted) {
  std::vector<T> left;
  std::copy_if(choices.begin(), choices.end(), std::back_inserter(left),
               [&](T choice) { return !is_unwanted(choice); });
  if (!left.empty()) choices = left;
}

template <typename T>
T draw(const std::vector<T>& from, Random& random) {
  return from[static_cast<std::size_t>(random.below(static_cast<int>(from.size())))];
}

/// Applies the prompt: instruments that it asks for replace the goal's.
void obey(const PromptLeaning& leaning, Orchestra& orchestra) {
  const auto unwanted = [&](Instrument instrument) { return leaning.of(instrument) < 0.0; };
  leave_out(orchestra.leads, unwanted);
  leave_out(orchestra.figures, unwanted);
  leave_out(orchestra.pads, [&](PadSound sound) {
    for (int i = 0; i < kInstrumentCount; ++i) {
      const auto instrument = static_cast<Instrument>(i);
      if (pad_of(instrument) == sound && unwanted(instrument)) return true;
    }
    return false;
  });
  std::vector<Instrument> soloists;
  std::vector<PadSound> pads;
  const std::vector<Instrument> wanted = instruments_wanted(leaning);
  for (const Instrument instrument : wanted) {
    if (const auto pad = pad_of(instrument)) {
      pads.push_back(*pad);
    } else {
      soloists.push_back(instrument);
    }
  }
  if (!pads.empty()) orchestra.pads = pads;
  if (soloists.empty()) soloists = wanted;
  if (!soloists.empty()) orchestra.leads = soloists;
  if (soloists.size() > 1) orchestra.figures = soloists;

  const auto most = std::max_element(leaning.scenery.begin(), leaning.scenery.end());
  if (*most > 0.0) {
    orchestra.beds = {static_cast<Scenery>(most - leaning.scenery.begin())};
  } else {
    leave_out(orchestra.beds, [&](Scenery scenery) { return leaning.of(scenery) < 0.0; });
  }
}

}  // namespace

void orchestrate(const Brief& brief, Palette& palette) {
  Orchestra orchestra = orchestra_of(brief.character);
  obey(brief.leaning, orchestra);
  Random random = stream_of(brief, Decision::voices);
  palette.pad = draw(orchestra.pads, random);
  palette.upper_pad = draw(orchestra.upper_pads, random);
  palette.bass = random.chance(0.5) ? BassSound::round : BassSound::reedy;
  palette.lead = draw(orchestra.leads, random);
  leave_out(orchestra.figures, [&](Instrument figure) { return figure == palette.lead; });
  palette.ostinato = draw(orchestra.figures, random);
  palette.bed = draw(orchestra.beds, random);
}

}  // namespace focus::core::studio
