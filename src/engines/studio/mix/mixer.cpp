// SPDX-License-Identifier: MIT
#include "engines/studio/mix/mixer.h"

#include <algorithm>

#include "base/random.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

// The base levels of the buses, to which the style's levels are added, and their sends to
// reverberation and echo.
constexpr float kPadGain = 0.075f, kUpperGain = 0.04f, kBassGain = 0.11f, kLeadGain = 0.3f,
                kOstinatoGain = 0.15f, kKitGain = 0.3f;
constexpr float kPadHall = 0.45f, kUpperHall = 0.6f, kBassHall = 0.04f, kLeadHall = 0.5f,
                kOstinatoHall = 0.4f, kTextureHall = 0.15f, kKitHall = 0.12f;
constexpr float kLeadEcho = 0.3f, kOstinatoEcho = 0.28f;
/// The noise of each stem against its level and against that of its highs, to which the style's air
/// is added.
struct Breath {
  float body, bright;
};
constexpr std::array<Breath, plan::kStemCount> kBreaths = {{
    {0.6f, 6.0f},   // pads
    {0.0f, 0.0f},   // bass
    {1.0f, 20.0f},  // melody
    {0.0f, 0.0f},   // percussion: is at the full rate anyway
    {4.0f, 20.0f},  // ambience
}};
constexpr double kRoomDb = -36.0;  // the empty room against the air of a sound at full level
/// Strokes are rounded below this level, as on tape: loud drums need no limiter, which would pull
/// down all else with them.
constexpr float kKitRoof = 0.35f;
constexpr float kPadDip = 0.6f;  // around 330 Hz
/// How much of what lies above the filters is let through: a shelf, not a wall.
constexpr float kPadShelf = 0.1f, kLeadShelf = 0.15f;

dsp::FdnReverb::Settings hall_of(const Style& style) {
  dsp::FdnReverb::Settings settings;
  settings.t60_seconds = style.reverb_t60_seconds;
  settings.damping_hertz = 2600.0 + 1.1 * style.pad_cutoff_hertz;
  settings.size = 0.8 + 0.08 * style.reverb_t60_seconds;
  return settings;
}

}  // namespace

Mixer::Mixer(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate)
    : style_(composer.style()),
      swells_(composer, clock, static_cast<std::uint32_t>(Random(seed).fork("swells").bits())),
      clock_(clock),
      rate_(rate),
      key_(static_cast<std::uint32_t>(Random(seed).fork("mix").bits())),
      hall_gain_(static_cast<float>(dsp::gain_of_db(style_.hall_db))),
      texture_gain_(static_cast<float>(dsp::gain_of_db(style_.texture_db + style_.trim_db))),
      chorus_(rate / 2, 0.011, 0.0028, 0.43, 0.4f),
      pad_chorus_(rate / 2, 0.017, 0.004, 0.19, 0.35f),
      delay_(rate / 2, std::min(0.9, 0.1875 * clock.home_bar_seconds()), 0.38f, 3600.0),
      reverb_(hall_of(style_), rate / 2),
      // Only holds together what would else run away: the arcs must stay arcs.
      glue_({.threshold_db = -10.0,
             .ratio = 1.6,
             .knee_db = 10.0,
             .attack_seconds = 0.12,
             .release_seconds = 0.9},
            rate / 2),
      air_(rate, static_cast<float>(dsp::gain_of_db(style_.air_db + kRoomDb))) {
  for (dsp::DcBlocker& dc : kit_dc_) dc.set_cutoff(8.0, rate);
  mono_bass_.set_corner(300.0, rate / 2);
  lead_filters_[2].set(3.0 * style_.texture_cutoff_hertz, 0.6, rate / 2);
  lead_filters_[3] = lead_filters_[2];
  for (dsp::Svf& dip : pad_dips_) dip.set(330.0, 0.8, rate / 2);
  for (dsp::Svf& low_cut : low_cuts_) low_cut.set(240.0, 0.6, rate / 2);
  const auto air = static_cast<float>(dsp::gain_of_db(style_.air_db));
  for (std::size_t stem = 0; stem < breaths_.size(); ++stem) {
    breaths_[stem].body = air * kBreaths[stem].body;
    breaths_[stem].bright = air * kBreaths[stem].bright;
  }
}

void Mixer::follow(const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    const std::int64_t frame = clock_.frame_of(note.beat);
    if (note.layer == Layer::pad && (chords_.empty() || frame - chords_.back() > rate_)) {
      chords_.push_back(frame);
    }
    if (note.layer == Layer::kit && note.pitch == kKick) kicks_.push_back(frame);
  }
}

double Mixer::since_last(const std::vector<std::int64_t>& onsets, std::int64_t frame) const {
  const auto after = std::upper_bound(onsets.begin(), onsets.end(), frame);
  if (after == onsets.begin()) return 1e6;
  return static_cast<double>(frame - *(after - 1)) / rate_;
}

Mixer::Moment Mixer::moment_at(std::int64_t frame) const {
  Moment moment{frame, swells_.at(frame), {}};
  const double approach = moment.swell.approach_db();
  const auto level = [&](Layer layer, float base, double db) {
    return base * static_cast<float>(dsp::gain_of_db(db + style_.trim_db + approach +
                                                     moment.swell.level_db(layer)));
  };
  double duck = 1.0;
  if (style_.duck > 0.0) {
    const double since = since_last(kicks_, frame);
    if (since < 2.0) {
      const double dip = std::min(1.0, since / 0.012) * dsp::power_of_two(-since / 0.11);
      duck = 1.0 - style_.duck * dip;
    }
  }
  Gains& gains = moment.gains;
  gains[kPad] = level(Layer::pad, kPadGain, style_.pad_db) * static_cast<float>(duck);
  gains[kUpper] = level(Layer::upper_pad, kUpperGain, style_.pad_db) * static_cast<float>(duck);
  gains[kBass] = level(Layer::bass, kBassGain, style_.bass_db);
  gains[kLead] = level(Layer::lead, kLeadGain, style_.lead_db);
  gains[kOstinato] = level(Layer::ostinato, kOstinatoGain, style_.ostinato_db);
  gains[kTexture] = texture_gain_ * static_cast<float>(dsp::gain_of_db(approach));
  gains[kKit] = level(Layer::kit, kKitGain, style_.kit_db);
  return moment;
}

void Mixer::filter(const Moment& moment, Buses& buses) {
  const std::int64_t frame = moment.frame;
  const double seconds = clock_.seconds_of(frame);
  // A chord's onset opens the filter, which then closes again.
  const double since = since_last(chords_, frame) / (1.2 * style_.pad_attack_seconds + 0.3);
  const double opening = since < 40.0 ? since * dsp::power_of_two(1.4427 * (1.0 - since)) : 0.0;
  const double sway = dsp::drift(key_, 2.0 * style_.sway_hertz * seconds);
  const double swell = moment.swell.octaves(Layer::pad);
  const double octaves = style_.sway_octaves * (0.5 * sway + 1.2 * opening - 0.5) + swell;
  const double cutoff = style_.pad_cutoff_hertz * dsp::power_of_two(octaves);
  const double lead_cutoff =
      3400.0 * dsp::power_of_two(1.6 * style_.lead_brightness + moment.swell.octaves(Layer::lead));
  pad_filters_[0].set(cutoff, 0.7, rate_ / 2);
  pad_filters_[1].set_like(pad_filters_[0]);
  pad_filters_[2].set(1.8 * cutoff, 0.7, rate_ / 2);
  pad_filters_[3].set_like(pad_filters_[2]);
  lead_filters_[0].set(lead_cutoff, 0.6, rate_ / 2);
  lead_filters_[1].set_like(lead_filters_[0]);
  // When the filter opens, what lies under the dip gives way.
  const double bright = std::clamp(swell, -1.0, 1.0);
  const auto below = static_cast<float>(dsp::power_of_two(-0.7 * bright));
  const dsp::Float4 none = dsp::four(0.0f);
  dsp::FourSvf pad(pad_filters_, {dsp::four(kPadShelf), none, dsp::four(1.0f - kPadShelf)});
  dsp::FourSvf dip(pad_dips_, dsp::FourSvf::tilt(pad_dips_, kPadDip, below));
  dsp::FourSvf lead(lead_filters_, {dsp::Float4{kLeadShelf, kLeadShelf, 0.0f, 0.0f}, none,
                                    dsp::Float4{1.0f - kLeadShelf, 1.0f - kLeadShelf, 1.0f, 1.0f}});
  const std::array<float*, 4> pads = {buses.pad.left.data(), buses.pad.right.data(),
                                      buses.upper_pad.left.data(), buses.upper_pad.right.data()};
  const std::array<float*, 4> leads = {buses.lead.left.data(), buses.lead.right.data(),
                                       buses.texture.left.data(), buses.texture.right.data()};
  for (int i = 0; i < kHalfBlock; i += 4) {
    dsp::Float4 pad_rows[4], lead_rows[4];
    dsp::gather4(pads, i, pad_rows);
    dsp::gather4(leads, i, lead_rows);
    for (int n = 0; n < 4; ++n) {
      pad_rows[n] = dip.step(pad.step(pad_rows[n]));
      lead_rows[n] = lead.step(lead_rows[n]);
    }
    dsp::scatter4(pad_rows, pads, i);
    dsp::scatter4(lead_rows, leads, i);
  }
}

void Mixer::place(const Buses& buses, const Gains& from, const Gains& to, Sends& sends) {
  for (HalfBlock& stem : stems_) stem.clear();
  const auto send = [&](const HalfBlock& bus, Bus which, plan::Stem stem, float to_hall,
                        float to_echo) {
    if (bus.silent()) return;
    stems_[static_cast<std::size_t>(stem)].add(bus, from[which], to[which]);
    const float wet = to_hall * hall_gain_;
    sends.hall.add(bus, from[which] * wet, to[which] * wet);
    if (to_echo > 0.0f) sends.echo.add(bus, from[which] * to_echo, to[which] * to_echo);
  };
  send(buses.pad, kPad, plan::Stem::pads, kPadHall, 0.0f);
  if (style_.upper_pad) send(buses.upper_pad, kUpper, plan::Stem::pads, kUpperHall, 0.0f);
  send(buses.bass, kBass, plan::Stem::bass, kBassHall, 0.0f);
  send(buses.lead, kLead, plan::Stem::melody, kLeadHall, kLeadEcho);
  send(buses.ostinato, kOstinato, plan::Stem::melody, kOstinatoHall, kOstinatoEcho);
  if (style_.texture) send(buses.texture, kTexture, plan::Stem::ambience, kTextureHall, 0.0f);
  if (style_.kit != KitFigure::none) {
    HalfBlock kit;
    kit_down_[0].process(buses.kit.left.data(), kHalfBlock, kit.left.data());
    kit_down_[1].process(buses.kit.right.data(), kHalfBlock, kit.right.data());
    sends.hall.add(kit, from[kKit] * kKitHall, to[kKit] * kKitHall);
  }
}

HalfBlock Mixer::space(std::int64_t half, Sends& sends) {
  // Neither has a bottom: it would only be mud.
  dsp::FourSvf(low_cuts_, dsp::FourSvf::highpass(low_cuts_))
      .process({sends.hall.left.data(), sends.hall.right.data(), sends.echo.left.data(),
                sends.echo.right.data()},
               kHalfBlock);
  HalfBlock back;
  delay_.process(sends.echo.left.data(), sends.echo.right.data(), kHalfBlock, back.left.data(),
                 back.right.data());
  sends.hall.add(back, 0.4f, 0.4f);
  reverb_.process(half, sends.hall.left.data(), sends.hall.right.data(), kHalfBlock,
                  back.left.data(), back.right.data());
  return back;
}

void Mixer::add_kit(const FullBlock& bus, float from, float to, FullBlock& out) {
  FullBlock kit;
  kit.add(bus, from, to);
  // Strokes are not symmetric, so what rounds them leaves an offset.
  for (auto* side : {&kit.left, &kit.right}) {
    dsp::kernels().saturate(kKitRoof, kFullBlock, side->data());
  }
  dsp::DcBlocker left_dc = kit_dc_[0], right_dc = kit_dc_[1];  // in registers
  for (std::size_t i = 0; i < kFullBlock; ++i) {
    out.left[i] += left_dc.process(kit.left[i]);
    out.right[i] += right_dc.process(kit.right[i]);
  }
  kit_dc_ = {left_dc, right_dc};
}

void Mixer::render(std::int64_t frame, Buses& buses, float* left, float* right) {
  const std::int64_t half = frame / 2;
  const Moment now = next_.has_value() && next_->frame == frame ? *next_ : moment_at(frame);
  next_ = moment_at(frame + kFullBlock);
  filter(now, buses);
  chorus_.process(half, kHalfBlock, buses.lead.left.data(), buses.lead.right.data());
  pad_chorus_.process(half, kHalfBlock, buses.pad.left.data(), buses.pad.right.data());
  // Reduces the width of the pads slightly: two uncorrelated sides are tiring to listen to.
  for (std::size_t i = 0; i < kHalfBlock; ++i) {
    const float l = buses.pad.left[i], r = buses.pad.right[i];
    buses.pad.left[i] = 0.97f * l + 0.2f * r;
    buses.pad.right[i] = 0.97f * r + 0.2f * l;
  }

  const Gains& from = now.gains;
  const Gains& to = next_->gains;
  Sends sends;
  place(buses, from, to, sends);
  for (std::size_t stem = 0; stem < stems_.size(); ++stem) {
    if (breaths_[stem].bright > 0.0f) air_.follow(breaths_[stem], stems_[stem]);
  }
  HalfBlock sum = space(half, sends);
  for (std::size_t stem = 0; stem < stems_.size(); ++stem) {
    if (stem != kPercussion) sum.add(stems_[stem], 1.0f, 1.0f);
  }
  mono_bass_.process(sum.left.data(), sum.right.data(), kHalfBlock);
  glue_.process(sum.left.data(), sum.right.data(), kHalfBlock);

  FullBlock out;
  up_[0].process(sum.left.data(), kHalfBlock, out.left.data());
  up_[1].process(sum.right.data(), kHalfBlock, out.right.data());
  if (style_.kit != KitFigure::none) add_kit(buses.kit, from[kKit], to[kKit], out);
  air_.render(frame, out);
  for (auto* side : {&out.left, &out.right}) {
    dsp::kernels().saturate(1.0f, kFullBlock, side->data());
  }
  std::copy(out.left.begin(), out.left.end(), left);
  std::copy(out.right.begin(), out.right.end(), right);
}

}  // namespace focus::core::engines::studio
