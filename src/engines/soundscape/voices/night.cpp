// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <vector>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// A cricket. A chirp is a row of three to six pulses at one pitch.
struct Cricket {
  Slots chirps;  ///< a slot a chirp
  Drift mood;    ///< silent where it is low
  int pulses = 4;
  double hertz = 4500.0, pulse_seconds = 0.03, level = 0.1, pan = 0.0;
};

Cricket cricket_of(const Random& random, std::uint64_t number) {
  const Random own = random.fork("crickets").fork(number);
  Random draws = own.fork("kind");
  const bool trills = number == 5;  // a tree cricket: softer, lower and almost without a pause
  Cricket cricket{Slots(own, "chirps", trills ? 0.74 : draws.uniform(0.34, 0.95)),
                  Drift(own, "mood", draws.uniform(17.0, 45.0))};
  cricket.pulses = trills ? 16 : draws.between(3, 5);
  cricket.hertz = trills ? draws.uniform(2700.0, 3100.0) : draws.uniform(3900.0, 5100.0);
  cricket.pulse_seconds = trills ? 0.046 : draws.uniform(0.026, 0.042);
  cricket.level = (trills ? 0.05 : 0.15) * draws.uniform(0.35, 1.0);
  cricket.pan = draws.uniform(-0.85, 0.85);
  return cricket;
}

/// A summer night: six crickets, each at its own rate, and two owls of which one answers the other.
class NightVoice final : public Voice {
 public:
  NightVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "air"),
        colour_(Colour::pink),
        air_(rate),
        breeze_(random, "breeze", 13.0),
        owls_(random, "owls", 39.0),
        tones_(rate) {
    for (std::uint64_t number = 0; number < 6; ++number) {
      crickets_.push_back(cricket_of(random, number));
    }
    Random draws = random.fork("owl pitch");
    owl_hertz_ = {draws.uniform(320.0, 370.0), draws.uniform(400.0, 460.0)};
    for (std::size_t lane = 0; lane < 4; ++lane) air_.tune(lane, lane < 2 ? 260.0 : 1500.0, 0.5);
  }
  double memory_seconds() const override { return 1.5; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double until = static_cast<double>(frame + kBlock) / rate_;
    const double from = static_cast<double>(frame) / rate_;
    const double breeze = breeze_.share_at(until);
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    const auto low = static_cast<float>(0.02 + 0.03 * breeze);
    const auto high = static_cast<float>(0.008 + 0.02 * breeze * breeze);
    air_.render(noise, {low, low, high, high}, out);
    for (const Cricket& cricket : crickets_) chirp(cricket, from, until);
    call_owls(from, until);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  void chirp(const Cricket& cricket, double from, double until) {
    const std::int64_t slot = cricket.chirps.slot_at(from);
    Random draws = cricket.chirps.draws_of(slot);
    const double start = cricket.chirps.start_of(slot) + draws.uniform(0.0, 0.035);
    if (start < from || start >= until) return;
    const double mood = cricket.mood.at(start);
    if (mood < -0.6) return;
    const int pulses = cricket.pulses - (draws.chance(0.2) ? 1 : 0);
    Tone pulse;
    pulse.shape = Tone::Shape::blown;
    pulse.hertz = cricket.hertz * (1.0 + 0.004 * draws.uniform(-1.0, 1.0));
    pulse.octaves = -0.03;
    pulse.seconds = 0.55 * cricket.pulse_seconds;
    pulse.attack = 0.4 * pulse.seconds;
    pulse.pan = cricket.pan;
    for (int n = 0; n < pulses; ++n) {
      const double swell = 0.5 + 0.5 * (n + 1) / pulses;
      pulse.level = cricket.level * swell * smooth_step(-0.6, 0.0, mood);
      pulse.delay = n * cricket.pulse_seconds;
      tones_.begin(pulse);
    }
  }

  void call_owls(double from, double until) {
    const std::int64_t slot = owls_.slot_at(from);
    for (const std::int64_t which : {slot - 1, slot}) {
      Random draws = owls_.draws_of(which);
      if (!draws.chance(0.7)) continue;
      const double at = owls_.start_of(which) + draws.uniform(0.0, 28.0);
      const std::size_t first = draws.chance(0.5) ? 0 : 1;
      const double answer = at + draws.uniform(3.2, 5.5);
      const double again = answer + draws.uniform(4.0, 7.0);
      const bool answers = draws.chance(0.75), goes_on = draws.chance(0.4);
      if (at >= from && at < until) call(first, draws.fork(1));
      if (answers && answer >= from && answer < until) call(1 - first, draws.fork(2));
      if (answers && goes_on && again >= from && again < until) call(first, draws.fork(3));
    }
  }

  /// "hoo, hu-hu, hooo", with an echo from the wood.
  void call(std::size_t owl, Random draws) {
    constexpr std::array<double, 4> kAt = {0.0, 0.85, 1.15, 1.5}, kLong = {0.5, 0.2, 0.24, 0.95};
    const double first = draws.chance(0.3) ? 1 : 0;  // sometimes without the first
    const double pan = owl == 0 ? -0.6 : 0.65;
    const double level = (owl == 0 ? 0.16 : 0.1) * draws.uniform(0.5, 1.0);
    for (std::size_t n = static_cast<std::size_t>(first); n < kAt.size(); ++n) {
      Tone hoot;
      hoot.shape = Tone::Shape::blown;
      hoot.hertz = owl_hertz_[owl] * (1.0 + 0.02 * draws.uniform(-1.0, 1.0));
      hoot.octaves = -0.06;
      hoot.arch = 0.05;
      hoot.vibrato_hertz = 5.5;
      hoot.vibrato_octaves = n == 3 ? 0.022 : 0.006;
      hoot.seconds = kLong[n] * draws.uniform(0.9, 1.1);
      hoot.attack = 0.07;
      hoot.level = level * (n == 3 ? 1.0 : 0.7);
      hoot.pan = pan;
      hoot.delay = kAt[n];
      tones_.begin(hoot);
      Tone second = hoot;
      second.hertz *= 2.0;
      second.level *= 0.12;
      tones_.begin(second);
      for (int echo = 1; echo <= 2; ++echo) {
        hoot.delay += 0.21 + 0.08 * echo;
        hoot.level *= 0.33;
        hoot.pan = -0.7 * hoot.pan;
        tones_.begin(hoot);
      }
    }
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands air_;
  Drift breeze_;
  Slots owls_;
  std::array<double, 2> owl_hertz_{};
  std::vector<Cricket> crickets_;
  Tones tones_;
};

}  // namespace

std::unique_ptr<Voice> make_night(const Random& random, int rate) {
  return std::make_unique<NightVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
