// SPDX-License-Identifier: MIT
#include "engines/studio/score/orchestra.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace focus::core::engines::studio {
namespace {

/// The instruments to choose from.
struct Orchestra {
  std::vector<PadSound> pads, upper_pads;
  std::vector<plan::Instrument> leads, figures;
  std::vector<plan::Scenery> beds;
};

Orchestra orchestra_of(plan::Goal character) {
  switch (character) {
    case plan::Goal::relax:
      return {{PadSound::warm, PadSound::strings, PadSound::choir},
              {PadSound::breath, PadSound::glass},
              {plan::Instrument::piano, plan::Instrument::harp, plan::Instrument::guitar,
               plan::Instrument::electric_piano},
              {plan::Instrument::harp, plan::Instrument::guitar, plan::Instrument::kalimba},
              {plan::Scenery::waves, plan::Scenery::wind}};
    case plan::Goal::sleep:
      return {{PadSound::warm, PadSound::choir, PadSound::organ},
              {PadSound::breath},
              {plan::Instrument::bells, plan::Instrument::flute, plan::Instrument::piano,
               plan::Instrument::choir},
              {plan::Instrument::bells},
              {plan::Scenery::waves, plan::Scenery::wind}};
    case plan::Goal::energize:
      return {{PadSound::strings, PadSound::warm, PadSound::organ},
              {PadSound::shimmer, PadSound::glass},
              {plan::Instrument::electric_piano, plan::Instrument::synth, plan::Instrument::marimba,
               plan::Instrument::guitar},
              {plan::Instrument::synth, plan::Instrument::marimba, plan::Instrument::guitar,
               plan::Instrument::kalimba},
              {plan::Scenery::wind}};
    case plan::Goal::focus:
    case plan::Goal::custom_prompt:
      break;
  }
  return {{PadSound::warm, PadSound::strings, PadSound::choir, PadSound::organ},
          {PadSound::glass, PadSound::breath, PadSound::shimmer},
          {plan::Instrument::electric_piano, plan::Instrument::piano, plan::Instrument::guitar,
           plan::Instrument::marimba},
          {plan::Instrument::marimba, plan::Instrument::kalimba, plan::Instrument::guitar,
           plan::Instrument::synth},
          {plan::Scenery::wind, plan::Scenery::waves}};
}

/// The pad sound of an instrument that can also be played as a pad.
std::optional<PadSound> pad_of(plan::Instrument instrument) {
  switch (instrument) {
    case plan::Instrument::strings:
      return PadSound::strings;
    case plan::Instrument::choir:
      return PadSound::choir;
    case plan::Instrument::organ:
      return PadSound::organ;
    case plan::Instrument::synth:
      return PadSound::warm;
    default:
      return std::nullopt;
  }
}

std::vector<plan::Instrument> instruments_wanted(const plan::PromptLeaning& leaning) {
  std::vector<plan::Instrument> wanted;
  for (int i = 0; i < plan::kInstrumentCount; ++i) {
    if (leaning.of(static_cast<plan::Instrument>(i)) > 0.0)
      wanted.push_back(static_cast<plan::Instrument>(i));
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
void obey(const plan::PromptLeaning& leaning, Orchestra& orchestra) {
  const auto unwanted = [&](plan::Instrument instrument) { return leaning.of(instrument) < 0.0; };
  leave_out(orchestra.leads, unwanted);
  leave_out(orchestra.figures, unwanted);
  leave_out(orchestra.pads, [&](PadSound sound) {
    for (int i = 0; i < plan::kInstrumentCount; ++i) {
      const auto instrument = static_cast<plan::Instrument>(i);
      if (pad_of(instrument) == sound && unwanted(instrument)) return true;
    }
    return false;
  });
  std::vector<plan::Instrument> soloists;
  std::vector<PadSound> pads;
  const std::vector<plan::Instrument> wanted = instruments_wanted(leaning);
  for (const plan::Instrument instrument : wanted) {
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
    orchestra.beds = {static_cast<plan::Scenery>(most - leaning.scenery.begin())};
  } else {
    leave_out(orchestra.beds, [&](plan::Scenery scenery) { return leaning.of(scenery) < 0.0; });
  }
}

}  // namespace

void orchestrate(const plan::Brief& brief, const plan::Movement& movement, Palette& palette) {
  Orchestra orchestra = orchestra_of(brief.character);
  obey(brief.leaning, orchestra);
  Random random = stream_of(brief, plan::Decision::voices, movement);
  palette.pad = draw(orchestra.pads, random);
  palette.upper_pad = draw(orchestra.upper_pads, random);
  palette.bass = random.chance(0.5) ? BassSound::round : BassSound::reedy;
  palette.lead = draw(orchestra.leads, random);
  leave_out(orchestra.figures, [&](plan::Instrument figure) { return figure == palette.lead; });
  palette.ostinato = draw(orchestra.figures, random);
  // What is heard around the music stays the same from movement to movement.
  Random place = stream_of(brief, plan::Decision::voices).fork("bed");
  palette.bed = draw(orchestra.beds, place);
}

}  // namespace focus::core::engines::studio
