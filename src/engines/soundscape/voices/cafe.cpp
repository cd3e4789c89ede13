// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

constexpr int kTalkers = 8;

/// The first two formants of vowels, in Hz (Peterson and Barney, 1952, means of men, rounded).
constexpr std::array<std::array<double, 2>, 8> kVowels = {{{270, 2290},
                                                           {390, 1990},
                                                           {530, 1840},
                                                           {660, 1720},
                                                           {730, 1090},
                                                           {570, 840},
                                                           {440, 1020},
                                                           {300, 870}}};

/// Someone who talks at a table: syllables of glottal pulses, without words. Two share a table and
/// take turns.
struct Talker {
  double hertz = 110.0;   ///< of the voice
  double formants = 1.0;  ///< factor of the formants: shorter throats are higher
  double syllable_seconds = 0.2;
  double pan = 0.0, level = 1.0;
  std::int64_t syllable = -1'000'000;  ///< to which the filters are tuned
  // Of this syllable:
  double start = 0.0, length = 0.2, pitch = 110.0, stress = 0.0;
};

/// A cafe: eight voices without words at four tables, the murmur of the others, cups now and then.
class CafeVoice final : public Voice {
 public:
  CafeVoice(const Random& random, int rate)
      : rate_(rate),
        random_(random),
        white_(random, "room"),
        colour_(Colour::pink),
        room_(rate),
        murmur_{Drift(random, "murmur 0", 0.19), Drift(random, "murmur 1", 0.23),
                Drift(random, "murmur 2", 0.27), Drift(random, "murmur 3", 0.17)},
        crowd_(random, "crowd", 31.0),
        cups_(random, "cups"),
        tones_(rate) {
    Random draws = random.fork("talkers");
    for (int n = 0; n < kTalkers; ++n) {
      Talker& talker = talkers_[static_cast<std::size_t>(n)];
      const bool is_high = draws.chance(0.5);
      talker.hertz = is_high ? draws.uniform(175.0, 230.0) : draws.uniform(95.0, 135.0);
      talker.formants = is_high ? draws.uniform(1.12, 1.2) : draws.uniform(0.95, 1.04);
      talker.syllable_seconds = draws.uniform(0.17, 0.24);
      talker.pan = draws.uniform(-0.8, 0.8);
      talker.level = draws.uniform(0.4, 1.0);
    }
    for (std::size_t lane = 0; lane < 4; ++lane) room_.tune(lane, lane < 2 ? 330.0 : 760.0, 0.8);
    for (auto& filter : distance_) filter.set_cutoff(1900.0, rate);
  }
  double memory_seconds() const override { return 0.6; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double until = static_cast<double>(frame + kBlock) / rate_;
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    const double crowd = 0.75 + 0.25 * crowd_.at(until);
    std::array<float, 4> room;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double murmur = murmur_[lane].share_at(until);
      room[lane] = static_cast<float>(crowd * (lane < 2 ? 0.26 : 0.2) * (0.2 + murmur));
    }
    room_.render(noise, room, out);
    talk(frame, out);
    for (int i = 0; i < kBlock; ++i) {
      out.left[i] = distance_[0].lowpass(out.left[i]);
      out.right[i] = distance_[1].lowpass(out.right[i]);
    }
    clink(frame);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  /// Draws the syllable that sounds at a time and tunes the filters to its vowel.
  void turn_to(int n, double seconds) {
    Talker& talker = talkers_[static_cast<std::size_t>(n)];
    const double place = seconds / talker.syllable_seconds;
    const auto syllable = static_cast<std::int64_t>(dsp::floor_of(place));
    if (syllable == talker.syllable) return;
    talker.syllable = syllable;
    Random draws =
        random_.fork(static_cast<std::uint64_t>(n)).fork(static_cast<std::uint64_t>(syllable));
    talker.start =
        talker.syllable_seconds * (static_cast<double>(syllable) + draws.uniform(0.0, 0.2));
    talker.length = talker.syllable_seconds * draws.uniform(0.55, 0.8);
    // The turn of a table belongs to one of the two, or to nobody. Sentences fall in pitch.
    const double turn_seconds = 3.1 + 0.37 * (n / 2);
    const double turn = dsp::floor_of(seconds / turn_seconds);
    Random table = random_.fork("tables")
                       .fork(static_cast<std::uint64_t>(n / 2))
                       .fork(static_cast<std::uint64_t>(static_cast<std::int64_t>(turn)));
    const int whose = table.below(5);
    const bool speaks = whose < 4 && whose % 2 == n % 2;
    const double within = seconds / turn_seconds - turn;
    talker.pitch =
        talker.hertz * dsp::power_of_two(0.3 - 0.45 * within + draws.uniform(-0.12, 0.12));
    const bool pauses = draws.chance(0.13);
    talker.stress = speaks && !pauses ? talker.level * draws.uniform(0.35, 1.0) : 0.0;
    const auto& vowel = kVowels[static_cast<std::size_t>(draws.below(8))];
    const auto group = static_cast<std::size_t>(n / 4), lane = static_cast<std::size_t>(n % 4);
    first_[group][lane].set(talker.formants * vowel[0], 5.0, rate_);
    second_[group][lane].set(talker.formants * vowel[1], 5.0, rate_);
  }

  /// Writes the pulses of a talker's syllable that fall into the block.
  void pulse(const Talker& talker, double from, float* out) const {
    if (talker.stress <= 0.0) return;
    const double period = 1.0 / talker.pitch;
    const double until = from + static_cast<double>(kBlock) / rate_;
    double number = dsp::floor_of((from - talker.start) / period) + 1.0;
    if (number < 0.0) number = 0.0;
    for (double at = talker.start + number * period; at < until; at += period) {
      const double part = (at - talker.start) / talker.length;
      if (part >= 1.0) break;
      const double level =
          talker.stress * smooth_step(0.0, 0.2, part) * smooth_step(1.0, 0.5, part);
      const int frame = static_cast<int>((at - from) * rate_);
      out[std::clamp(frame, 0, kBlock - 1)] += static_cast<float>(level);
    }
  }

  void talk(std::int64_t frame, Stereo& out) {
    const double from = static_cast<double>(frame) / rate_;
    float pulses[kTalkers][kBlock] = {};
    for (int n = 0; n < kTalkers; ++n) {
      turn_to(n, from);
      pulse(talkers_[static_cast<std::size_t>(n)], from, pulses[n]);
    }
    for (int group = 0; group < kTalkers / 4; ++group) {
      const auto which = static_cast<std::size_t>(group);
      const dsp::FourSvf::Shares band = {dsp::four(0.0f), dsp::four(1.0f), dsp::four(0.0f)};
      dsp::FourSvf first(first_[which], band), second(second_[which], band);
      std::array<float, 4> lefts, rights;
      for (std::size_t n = 0; n < 4; ++n) {
        const dsp::StereoGain gain = panned(talkers_[4 * which + n].pan);
        lefts[n] = gain.left;
        rights[n] = gain.right;
      }
      const dsp::Float4 left = dsp::load4(lefts.data()), right = dsp::load4(rights.data());
      const float(*in)[kBlock] = pulses + 4 * group;
      for (int i = 0; i < kBlock; ++i) {
        const dsp::Float4 x{in[0][i], in[1][i], in[2][i], in[3][i]};
        const dsp::Float4 y = first.step(x) + dsp::four(0.45f) * second.step(x);
        const dsp::Float4 l = left * y, r = right * y;
        out.left[i] += (l[0] + l[1]) + (l[2] + l[3]);
        out.right[i] += (r[0] + r[1]) + (r[2] + r[3]);
      }
    }
  }

  /// A cup set down, seldom: three inharmonic partials, sometimes a second contact.
  void clink(std::int64_t frame) {
    const double expected = 0.14 * kBlock / rate_;
    cups_.at(floor_divide(frame, kBlock), expected, [&](Random& draws) {
      constexpr std::array<double, 3> kPartials = {1.0, 1.83, 2.74};
      const double hertz = draws.uniform(1900.0, 3300.0), pan = draws.uniform(-0.8, 0.8);
      const double level = 0.07 * draws.uniform(0.2, 1.0);
      const int contacts = draws.between(1, 3);
      double delay = 0.0;
      for (int contact = 0; contact < contacts; ++contact) {
        for (std::size_t n = 0; n < kPartials.size(); ++n) {
          Tone tone;
          tone.hertz = hertz * kPartials[n];
          tone.seconds = draws.uniform(0.08, 0.3) / (1.0 + 0.5 * static_cast<double>(n));
          tone.attack = 0.0007;
          tone.level = level / (1.0 + contact + static_cast<double>(n));
          tone.pan = pan;
          tone.delay = delay;
          tones_.begin(tone);
        }
        delay += draws.uniform(0.05, 0.16);
      }
    });
  }

  int rate_;
  Random random_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands room_;
  std::array<Drift, 4> murmur_;
  Drift crowd_;
  Shower cups_;
  Tones tones_;
  std::array<Talker, kTalkers> talkers_;
  std::array<std::array<dsp::Svf, 4>, kTalkers / 4> first_, second_;
  std::array<dsp::OnePole, 2> distance_;
};

}  // namespace

std::unique_ptr<Voice> make_cafe(const Random& random, int rate) {
  return std::make_unique<CafeVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
