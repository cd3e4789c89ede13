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
  using plan::Instrument;
  using plan::Scenery;
  switch (character) {
    case plan::Goal::relax:
      return {{PadSound::warm, PadSound::strings, PadSound::choir, PadSound::haze, PadSound::reeds,
               PadSound::brass},
              {PadSound::breath, PadSound::glass, PadSound::shimmer},
              {Instrument::piano, Instrument::harp, Instrument::guitar, Instrument::electric_piano,
               Instrument::vibraphone, Instrument::cello, Instrument::flute},
              {Instrument::harp, Instrument::guitar, Instrument::kalimba, Instrument::vibraphone},
              {Scenery::waves, Scenery::wind}};
    case plan::Goal::sleep:
      return {{PadSound::warm, PadSound::choir, PadSound::organ, PadSound::haze, PadSound::strings},
              {PadSound::breath, PadSound::haze},
              {Instrument::bells, Instrument::flute, Instrument::piano, Instrument::choir,
               Instrument::vibraphone, Instrument::cello},
              {Instrument::bells},
              {Scenery::waves, Scenery::wind}};
    case plan::Goal::energize:
      return {
          {PadSound::strings, PadSound::warm, PadSound::organ, PadSound::brass, PadSound::drawbars,
           PadSound::reeds},
          {PadSound::shimmer, PadSound::glass, PadSound::strings},
          {Instrument::electric_piano, Instrument::synth, Instrument::marimba, Instrument::guitar,
           Instrument::vibraphone, Instrument::saxophone, Instrument::brass},
          {Instrument::synth, Instrument::marimba, Instrument::guitar, Instrument::kalimba,
           Instrument::muted_guitar},
          {Scenery::wind}};
    case plan::Goal::focus:
    case plan::Goal::custom_prompt:
      break;
  }
  return {{PadSound::warm, PadSound::strings, PadSound::choir, PadSound::organ, PadSound::reeds,
           PadSound::haze, PadSound::drawbars},
          {PadSound::glass, PadSound::breath, PadSound::shimmer},
          {Instrument::electric_piano, Instrument::piano, Instrument::guitar, Instrument::marimba,
           Instrument::vibraphone, Instrument::harp, Instrument::cello},
          {Instrument::marimba, Instrument::kalimba, Instrument::guitar, Instrument::synth,
           Instrument::muted_guitar},
          {Scenery::wind, Scenery::waves}};
}

/// The instrument that a pad sounds like.
std::optional<plan::Instrument> instrument_of(PadSound sound) {
  switch (sound) {
    case PadSound::strings:
      return plan::Instrument::strings;
    case PadSound::choir:
      return plan::Instrument::choir;
    case PadSound::organ:
    case PadSound::drawbars:
      return plan::Instrument::organ;
    case PadSound::brass:
      return plan::Instrument::brass;
    case PadSound::warm:
      return plan::Instrument::synth;
    case PadSound::glass:
    case PadSound::shimmer:
    case PadSound::breath:
    case PadSound::haze:
    case PadSound::reeds:
      break;
  }
  return std::nullopt;
}

/// The pads of an instrument that can also be played as one.
std::vector<PadSound> pads_of(plan::Instrument instrument) {
  std::vector<PadSound> pads;
  for (int i = 0; i < kPadSoundCount; ++i) {
    const auto sound = static_cast<PadSound>(i);
    if (instrument_of(sound) == instrument) pads.push_back(sound);
  }
  return pads;
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
  for (std::vector<PadSound>* pads : {&orchestra.pads, &orchestra.upper_pads}) {
    leave_out(*pads, [&](PadSound sound) {
      const std::optional<plan::Instrument> instrument = instrument_of(sound);
      return instrument && unwanted(*instrument);
    });
  }
  std::vector<plan::Instrument> soloists;
  std::vector<PadSound> pads;
  const std::vector<plan::Instrument> wanted = instruments_wanted(leaning);
  for (const plan::Instrument instrument : wanted) {
    const std::vector<PadSound> own = pads_of(instrument);
    pads.insert(pads.end(), own.begin(), own.end());
    if (own.empty()) soloists.push_back(instrument);
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
