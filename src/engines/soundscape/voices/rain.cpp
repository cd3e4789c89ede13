// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>

#include "engines/soundscape/life.h"
#include "engines/soundscape/noise_bed.h"
#include "engines/soundscape/thunder.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// What rain falls on, and so how it sounds.
struct RainSurface {
  double bed_low_hertz, bed_high_hertz;  ///< the dense noise lies between these
  double bed_level;
  double patter_per_second;  ///< small drops that are heard one by one
  double patter_hertz, patter_q, patter_level;
  double drops_per_second;  ///< large drops
  double drop_hertz, drop_octaves;
  double drop_seconds, drop_bend;  ///< the pitch of a drop rises by `drop_bend` octaves
  double drop_level;
  double drip_seconds;  ///< mean time between the drips of a place; 0: nothing drips
  double drip_level;
  double gust_depth;
};

const RainSurface& surface_of(plan::Scene scene) {
  static constexpr RainSurface kOpen = {700,  9000, 0.7,  200, 4200, 1.2, 6.0, 16.0,
                                        1100, 1.4,  0.03, 0.3, 0.6,  0.0, 0.0, 0.45};
  static constexpr RainSurface kWindow = {180, 1500, 0.7,  70,  2600, 3.0, 5.0,  10.0,
                                          900, 1.1,  0.02, 0.0, 0.28, 1.5, 0.34, 0.6};
  static constexpr RainSurface kForest = {900, 5200, 0.5,   120, 2300, 1.6, 4.5,  13.0,
                                          650, 1.3,  0.035, 0.2, 0.24, 1.1, 0.26, 0.65};
  static constexpr RainSurface kTent = {250, 3000, 0.24, 150, 1150, 1.1, 4.5,  24.0,
                                        210, 1.0,  0.05, 0.0, 0.24, 2.6, 0.14, 0.6};
  static constexpr RainSurface kStorm = {150, 6500, 1.2,  320, 3300, 1.0, 3.0, 12.0,
                                         800, 1.4,  0.03, 0.2, 0.12, 0.0, 0.0, 0.6};
  switch (scene) {
    case plan::Scene::rain_window:
      return kWindow;
    case plan::Scene::rain_forest:
      return kForest;
    case plan::Scene::rain_tent:
      return kTent;
    case plan::Scene::storm:
      return kStorm;
    default:
      return kOpen;
  }
}

class RainVoice final : public Voice {
 public:
  RainVoice(plan::Scene scene, const Random& random, int rate)
      : surface_(surface_of(scene)),
        rate_(rate),
        white_(random, "bed"),
        colour_(Colour::pink),
        gust_(random, "gust", 7.0),
        long_gust_(random, "long gust", 29.0),
        shower_(random, "shower", 170.0),
        patter_(random, "patter"),
        drops_(random, "drops"),
        drips_{Slots(random, "drip 0", std::max(surface_.drip_seconds, 0.1)),
               Slots(random, "drip 1", std::max(1.618 * surface_.drip_seconds, 0.1))},
        tones_(rate) {
    for (auto& filter : low_cut_) filter.set_cutoff(surface_.bed_low_hertz, rate);
    filters_[2].set(surface_.patter_hertz, surface_.patter_q, rate);
    filters_[3].set(1.13 * surface_.patter_hertz, surface_.patter_q, rate);
    if (scene == plan::Scene::storm) {
      thunder_.emplace(random, rate);
      rumble_.emplace(random, "rumble");
      brown_.emplace(Colour::brown);
    }
  }
  double memory_seconds() const override { return thunder_ ? Thunder::kMemorySeconds : 0.5; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double gust = limit(0.5 + 0.45 * gust_.at(seconds) + 0.4 * long_gust_.at(seconds), 0, 1);
    const double depth = surface_.gust_depth;
    const double force = (0.75 + 0.25 * shower_.at(seconds)) * (1.0 - depth + depth * gust);
    Stereo bed, patter{};
    white_.render(frame, bed);
    colour_.process(bed);
    strike_patter(frame, force, patter);
    shape(force, bed, patter);
    strike_drops(frame, force);
    strike_drips(seconds);
    tones_.render(bed);
    if (thunder_) {
      Stereo brown;
      rumble_->render(frame, brown);
      brown_->process(brown);
      thunder_->render(frame, brown, bed);
    }
    std::copy_n(bed.left, kBlock, left);
    std::copy_n(bed.right, kBlock, right);
  }

 private:
  /// Filters the noise and the small drops. Harder rain is brighter.
  void shape(double force, Stereo& bed, const Stereo& patter) {
    filters_[0].set(surface_.bed_high_hertz * dsp::power_of_two(0.9 * (force - 0.6)), 0.6, rate_);
    filters_[1].set_like(filters_[0]);
    const float k = filters_[2].k();
    dsp::FourSvf filters(filters_, {dsp::four(0.0f), dsp::Float4{0.0f, 0.0f, k, k},
                                    dsp::Float4{1.0f, 1.0f, 0.0f, 0.0f}});
    dsp::OnePole cut_left = low_cut_[0], cut_right = low_cut_[1];
    const auto wanted = static_cast<float>(surface_.bed_level * force);
    const float step = (wanted - bed_level_) / kBlock;
    for (int i = 0; i < kBlock; ++i) {
      const float l = bed.left[i], r = bed.right[i];
      const dsp::Float4 y = filters.step(dsp::Float4{
          l - cut_left.lowpass(l), r - cut_right.lowpass(r), patter.left[i], patter.right[i]});
      bed_level_ += step;
      bed.left[i] = bed_level_ * y[0] + y[2];
      bed.right[i] = bed_level_ * y[1] + y[3];
    }
    bed_level_ = wanted;
    low_cut_ = {cut_left, cut_right};
  }

  /// Few small drops are loud: the third power of a uniform draw.
  void strike_patter(std::int64_t frame, double force, Stereo& out) const {
    const double expected = surface_.patter_per_second * force * force * kBlock / rate_;
    patter_.at(floor_divide(frame, kBlock), expected, [&](Random& draws) {
      const double size = draws.uniform();
      const dsp::StereoGain gain = panned(draws.uniform(-0.9, 0.9));
      const auto level = static_cast<float>(surface_.patter_level * size * size * size);
      const int at = draws.below(kBlock);
      out.left[at] += level * gain.left;
      out.right[at] += level * gain.right;
    });
  }

  void strike_drops(std::int64_t frame, double force) {
    drops_.at(floor_divide(frame, kBlock), surface_.drops_per_second * force * kBlock / rate_,
              [&](Random& draws) {
                Tone drop;
                const double size = draws.uniform();
                drop.hertz = surface_.drop_hertz *
                             dsp::power_of_two(surface_.drop_octaves * draws.uniform());
                drop.octaves = surface_.drop_bend;
                drop.seconds = surface_.drop_seconds * draws.uniform(0.6, 2.0);
                drop.level = surface_.drop_level * size * size;
                drop.pan = draws.uniform(-0.9, 0.9);
                tones_.begin(drop);
              });
  }

  /// Water that gathers and falls from two places, at nearly even times.
  void strike_drips(double seconds) {
    if (surface_.drip_seconds <= 0.0) return;
    const double before = seconds - static_cast<double>(kBlock) / rate_;
    for (std::size_t place = 0; place < drips_.size(); ++place) {
      const Slots& slots = drips_[place];
      const std::int64_t slot = slots.slot_at(before);
      Random draws = slots.draws_of(slot);
      const double at = slots.start_of(slot) + slots.length() * draws.uniform(0.15, 0.6);
      if (at < before || at >= seconds || draws.chance(0.15)) continue;
      Tone drip;
      drip.hertz = (place == 0 ? 780.0 : 1130.0) * dsp::power_of_two(draws.uniform(-0.2, 0.2));
      drip.octaves = 0.7;
      drip.seconds = draws.uniform(0.06, 0.12);
      drip.level = surface_.drip_level * draws.uniform(0.3, 1.0);
      drip.pan = place == 0 ? -0.45 : 0.6;
      tones_.begin(drip);
      drip.hertz *= 2.31;  // the splash
      drip.seconds *= 0.4;
      drip.level *= 0.5;
      tones_.begin(drip);
    }
  }

  const RainSurface& surface_;
  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  Drift gust_, long_gust_, shower_;
  Shower patter_, drops_;
  std::array<Slots, 2> drips_;
  Tones tones_;
  std::array<dsp::OnePole, 2> low_cut_;
  std::array<dsp::Svf, 4> filters_;
  float bed_level_ = 0.0f;
  std::optional<Thunder> thunder_;
  std::optional<WhiteBed> rumble_;
  std::optional<ColourFilter> brown_;
};

}  // namespace

std::unique_ptr<Voice> make_rain(plan::Scene scene, const Random& random, int rate) {
  return std::make_unique<RainVoice>(scene, random, rate);
}

}  // namespace focus::core::engines::soundscape
