// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dsp/bus_compressor.h"
#include "dsp/chorus.h"
#include "dsp/cross_delay.h"
#include "dsp/fdn_reverb.h"
#include "dsp/filters.h"
#include "dsp/halfband.h"
#include "dsp/stereo.h"
#include "engines/studio/clock.h"
#include "engines/studio/mix/buses.h"
#include "engines/studio/score/composer.h"

namespace focus::core::studio {

/// The desk: slow filters on the pads, chorus, echo and hall, layers that swell, and a finish of
/// mono bass, soft saturation and no DC. Its movements are functions of absolute time.
class Mixer {
 public:
  Mixer(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate);

  /// The onsets of chords and kicks, to which pads open and give way.
  void follow(const std::vector<Note>& notes);

  /// Mixes the block that begins at absolute `frame` to 128 frames of stereo.
  void render(std::int64_t frame, Buses& buses, float* left, float* right);

 private:
  enum Bus { kPad, kUpper, kBass, kLead, kOstinato, kTexture, kKit, kBusCount };
  using Gains = std::array<float, kBusCount>;

  /// The gain of every bus at the start of a block.
  Gains gains_at(std::int64_t frame) const;
  /// How far the last of `onsets` before `frame` lies back, in seconds (a large number if none).
  double since_last(const std::vector<std::int64_t>& onsets, std::int64_t frame) const;
  void filter(std::int64_t frame, Buses& buses);

  Style style_;
  Arcs arcs_;
  Clock clock_;
  int rate_;
  std::uint32_t key_;
  float hall_gain_, texture_gain_;
  std::vector<std::int64_t> chords_, kicks_;
  std::array<dsp::Svf, 4> pad_filters_;   ///< pad, upper pad
  std::array<dsp::Svf, 4> lead_filters_;  ///< lead, texture
  dsp::Chorus chorus_, pad_chorus_;
  dsp::CrossDelay delay_;
  dsp::FdnReverb reverb_;
  std::array<dsp::Downsampler2x, 2> kit_down_;
  std::array<dsp::Upsampler2x, 2> up_;
  dsp::MonoBass mono_bass_;
  dsp::BusCompressor glue_;
  Gains gains_{};
  std::int64_t next_frame_ = -1;  ///< where gains_ stand
};

}  // namespace focus::core::studio
