// SPDX-License-Identifier: MIT
#include "engines/studio/score/orchestra.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "engines/studio/score/casting.h"

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

/// Whom to take instead where the prompt excludes all of the goal's.
constexpr plan::Instrument kSubstitutes[] = {
    plan::Instrument::electric_piano, plan::Instrument::piano,   plan::Instrument::harp,
    plan::Instrument::guitar,         plan::Instrument::kalimba, plan::Instrument::marimba,
    plan::Instrument::bells,          plan::Instrument::flute,   plan::Instrument::synth};
constexpr PadSound kSubstitutePads[] = {PadSound::warm, PadSound::strings, PadSound::breath};

/// Removes the unwanted choices. If none is left, the first substitute that is not unwanted is.
template <typename T, typename Substitutes, typename IsUnwanted>
void exclude(std::vector<T>& choices, const Substitutes& substitutes, IsUnwanted is_unwanted) {
  std::erase_if(choices, is_unwanted);
  if (!choices.empty()) return;
  const auto other = std::find_if_not(std::begin(substitutes), std::end(substitutes), is_unwanted);
  choices.push_back(other != std::end(substitutes) ? *other : *std::begin(substitutes));
}

/// Applies the prompt: instruments that it asks for replace the goal's.
void obey(const plan::PromptLeaning& leaning, Orchestra& orchestra) {
  const auto unwanted = [&](plan::Instrument instrument) { return leaning.of(instrument) < 0.0; };
  const auto unwanted_pad = [&](PadSound sound) {
    const std::optional<plan::Instrument> instrument = instrument_of(sound);
    return instrument && unwanted(*instrument);
  };
  exclude(orchestra.leads, kSubstitutes, unwanted);
  exclude(orchestra.figures, kSubstitutes, unwanted);
  exclude(orchestra.pads, kSubstitutePads, unwanted_pad);
  exclude(orchestra.upper_pads, kSubstitutePads, unwanted_pad);
  const Cast cast = cast_of(leaning);
  if (!cast.pads.empty()) orchestra.pads = {cast.pads.front()};
  if (!cast.leads.empty()) orchestra.leads = cast.leads;
  if (cast.soloists.size() > 1 || (leaning.only && !cast.soloists.empty())) {
    orchestra.figures = cast.soloists;
  }

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
