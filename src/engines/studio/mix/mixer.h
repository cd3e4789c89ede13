// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dsp/bus_compressor.h"
#include "dsp/chorus.h"
#include "dsp/cross_delay.h"
#include "dsp/fdn_reverb.h"
#include "dsp/filters.h"
#include "dsp/halfband.h"
#include "dsp/stereo.h"
#include "engines/studio/clock.h"
#include "engines/studio/mix/air.h"
#include "engines/studio/mix/buses.h"
#include "engines/studio/mix/swells.h"
#include "engines/studio/score/composer.h"

namespace focus::core::engines::studio {

/// The mixing desk of the studio: modulated filters on the pads, chorus, echo, reverberation, air,
/// the slow level changes of the layers, and at the end mono bass, compression and soft saturation.
/// The stems stay apart up to the last sum, and each has its own sends. All modulation is a
/// function of absolute time. The composer must outlive the mixer.
class Mixer {
 public:
  Mixer(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate);

  /// Stores the onsets of chords, at which the pads' filter opens, and of kicks, which duck the
  /// pads.
  void follow(const std::vector<Note>& notes);

  /// Mixes the block that begins at the absolute frame `frame` to 128 stereo frames.
  void render(std::int64_t frame, Buses& buses, float* left, float* right);

 private:
  enum Bus { kPad, kUpper, kBass, kLead, kOstinato, kTexture, kKit, kBusCount };
  using Gains = std::array<float, kBusCount>;

  /// What is true of all buses at one frame.
  struct Moment {
    std::int64_t frame;
    Swells::Moment swell;
    Gains gains;
  };
  Moment moment_at(std::int64_t frame) const;
  /// The time from the last of `onsets` at or before `frame`, in seconds; a large number if there
  /// is none.
  double since_last(const std::vector<std::int64_t>& onsets, std::int64_t frame) const;
  void filter(const Moment& moment, Buses& buses);
  /// What the stems send to the echo and to the hall.
  struct Sends {
    HalfBlock echo, hall;
  };
  /// Adds the buses to their stems, and what they send to `sends`.
  void place(const Buses& buses, const Gains& from, const Gains& to, Sends& sends);
  /// What comes back from the echo and the hall.
  HalfBlock space(std::int64_t half, Sends& sends);
  /// Adds the drums to the mix, with a gain that changes from `from` to `to`.
  void add_kit(const FullBlock& bus, float from, float to, FullBlock& out);

  static constexpr auto kPercussion = static_cast<std::size_t>(plan::Stem::percussion);

  Style style_;
  Swells swells_;
  Clock clock_;
  int rate_;
  std::uint32_t key_;
  float hall_gain_, texture_gain_;
  std::vector<std::int64_t> chords_, kicks_;
  std::array<dsp::Svf, 4> pad_filters_;   ///< pad, upper pad
  std::array<dsp::Svf, 4> pad_dips_;      ///< pad, upper pad: where all voices pile up
  std::array<dsp::Svf, 4> lead_filters_;  ///< lead, texture
  std::array<dsp::Svf, 4> low_cuts_;      ///< what goes to the hall, what goes to the echo
  dsp::Chorus chorus_, pad_chorus_;
  dsp::CrossDelay delay_;
  dsp::FdnReverb reverb_;
  std::array<dsp::Downsampler2x, 2> kit_down_;
  std::array<dsp::Upsampler2x, 2> up_;
  std::array<dsp::DcBlocker, 2> kit_dc_;
  dsp::MonoBass mono_bass_;
  dsp::BusCompressor glue_;
  std::array<HalfBlock, plan::kStemCount> stems_;  ///< dry; that of percussion is not used
  Air air_;
  std::array<Air::Source, plan::kStemCount> breaths_;
  std::optional<Moment> next_;  ///< where the last block has ended
};

}  // namespace focus::core::engines::studio
