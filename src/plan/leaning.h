// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace focus::core::plan {

/// The families of instruments that a prompt can name. An engine uses the most similar sound that
/// it has.
enum class Instrument {
  piano,
  electric_piano,
  guitar,
  harp,
  kalimba,
  marimba,
  bells,
  strings,
  choir,
  organ,
  flute,
  synth,
  vibraphone,
  muted_guitar,
  cello,
  brass,
  saxophone
};
inline constexpr int kInstrumentCount = 17;
std::string_view name_of(Instrument instrument);
/// Whether the instrument holds whole chords, as pads do, rather than a line.
constexpr bool plays_chords(Instrument instrument) {
  return instrument == Instrument::strings || instrument == Instrument::choir ||
         instrument == Instrument::organ || instrument == Instrument::synth ||
         instrument == Instrument::brass;
}

/// Background sounds that can accompany the music.
enum class Scenery { rain, waves, wind, stream, fire, vinyl };
inline constexpr int kSceneryCount = 6;
std::string_view name_of(Scenery scenery);

/// The layers of the music, as a listener would mix them.
enum class Stem { pads, bass, melody, percussion, ambience };
inline constexpr int kStemCount = 5;
std::string_view name_of(Stem stem);

/// What a prompt says about the music beyond goal and intensity. 0 means that it says nothing. All
/// values except the tempo are between -1 and 1.
struct PromptLeaning {
  double brightness = 0.0;                             ///< -1 darker ... +1 brighter
  double density = 0.0;                                ///< -1 sparser ... +1 busier
  double energy = 0.0;                                 ///< -1 calmer ... +1 more driving
  double tempo = 0.0;                                  ///< -1 slower ... +1 faster
  double space = 0.0;                                  ///< -1 dry and near ... +1 vast
  double swing = 0.0;                                  ///< 0 straight ... +1 a full triplet swing
  double rise = 0.0;                                   ///< -1 sinks to the end ... +1 builds up
  bool only = false;                                   ///< nothing sounds but what is named
  double tempo_bpm = 0.0;                              ///< named or asked for; else 0
  std::array<double, kInstrumentCount> instruments{};  ///< -1 unwanted ... +1 wanted
  std::array<double, kSceneryCount> scenery{};         ///< -1 unwanted ... +1 wanted
  std::array<double, kStemCount> stems{};              ///< -1 left out ... +1 foremost

  double& of(Instrument i) { return instruments[static_cast<std::size_t>(i)]; }
  double& of(Scenery s) { return scenery[static_cast<std::size_t>(s)]; }
  double& of(Stem s) { return stems[static_cast<std::size_t>(s)]; }
  double of(Instrument i) const { return instruments[static_cast<std::size_t>(i)]; }
  double of(Scenery s) const { return scenery[static_cast<std::size_t>(s)]; }
  double of(Stem s) const { return stems[static_cast<std::size_t>(s)]; }
  /// Whether a layer must be omitted.
  bool without(Stem s) const { return of(s) <= -1.0; }

  bool operator==(const PromptLeaning&) const = default;
};

}  // namespace focus::core::plan
