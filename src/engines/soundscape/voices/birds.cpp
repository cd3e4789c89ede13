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

constexpr int kBirdCount = 6;
constexpr int kMotifs = 4;

/// One syllable of a bird's song.
struct Syllable {
  double octaves_up = 0.0;  ///< of its start, against the bird's own pitch
  double sweep = 0.0, arch = 0.0;
  double trill_hertz = 0.0, trill_octaves = 0.0;
  double seconds = 0.1, gap = 0.05;
};

/// A bird with a pitch, a place and motifs of its own.
struct Bird {
  double hertz = 3000.0, pan = 0.0, level = 0.1;
  bool repeats = false;  ///< one syllable over and over, as tits do
  std::array<std::vector<Syllable>, kMotifs> motifs;
};

Syllable syllable_of(Random& draws) {
  Syllable syllable;
  syllable.octaves_up = draws.uniform(-0.35, 0.35);
  syllable.sweep = draws.uniform(-0.5, 0.5);
  syllable.arch = draws.chance(0.5) ? draws.uniform(-0.3, 0.3) : 0.0;
  if (draws.chance(0.3)) {
    syllable.trill_hertz = draws.uniform(18.0, 42.0);
    syllable.trill_octaves = draws.uniform(0.04, 0.16);
  }
  syllable.seconds = draws.uniform(0.05, 0.22);
  syllable.gap = draws.uniform(0.02, 0.12);
  return syllable;
}

Bird bird_of(const Random& random, int number) {
  Random draws = random.fork("birds").fork(static_cast<std::uint64_t>(number));
  Bird bird;
  // From a thrush's pitch to a goldcrest's.
  bird.hertz = 1700.0 * dsp::power_of_two((number + draws.uniform()) * 1.75 / kBirdCount);
  bird.pan = draws.uniform(0.25, 0.9) * (number % 2 == 0 ? -1.0 : 1.0);
  bird.level = 0.13 * draws.uniform(0.3, 1.0);
  bird.repeats = number % 3 == 2;
  for (auto& motif : bird.motifs) {
    const int count = bird.repeats ? draws.between(4, 8) : draws.between(3, 7);
    Syllable same = syllable_of(draws), other = syllable_of(draws);
    for (int n = 0; n < count; ++n) {
      motif.push_back(bird.repeats ? (n % 2 == 0 ? same : other) : syllable_of(draws));
    }
  }
  return bird;
}

/// A wood in the morning: birds with songs of their own that answer each other, leaves in a breeze.
class BirdsVoice final : public Voice {
 public:
  BirdsVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "wood"),
        colour_(Colour::pink),
        air_(rate),
        leaves_(rate),
        breeze_(random, "breeze", 9.0),
        flutter_(random, "flutter", 0.07),
        chorus_(random, "chorus", 61.0),
        cuckoos_(random, "cuckoos", 97.0),
        tones_(rate) {
    for (int number = 0; number < kBirdCount; ++number) {
      birds_.push_back(bird_of(random, number));
      songs_.emplace_back(random.fork(static_cast<std::uint64_t>(number)), "songs",
                          6.3 + 1.7 * number);
    }
    for (std::size_t lane = 0; lane < 4; ++lane) {
      air_.tune(lane, lane < 2 ? 230.0 : 700.0, 0.5);
      leaves_.tune(lane, lane < 2 ? 2700.0 : 5600.0, 0.6);
    }
  }
  double memory_seconds() const override { return 4.0; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double from = static_cast<double>(frame) / rate_;
    const double until = static_cast<double>(frame + kBlock) / rate_;
    const double breeze = breeze_.share_at(until);
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    const auto low = static_cast<float>(0.007 + 0.013 * breeze);
    air_.render(noise, {low, low, 0.5f * low, 0.5f * low}, out);
    const auto rustle =
        static_cast<float>(0.005 + 0.04 * breeze * breeze * (0.6 + 0.4 * flutter_.at(until)));
    leaves_.render(noise, {rustle, rustle, 0.7f * rustle, 0.7f * rustle}, out);
    for (int number = 0; number < kBirdCount; ++number) sing_when_due(number, from, until);
    call_cuckoo(from, until);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  /// In each slot a bird may sing a phrase; then often a neighbour answers it with the same motif
  /// at its own pitch.
  void sing_when_due(int number, double from, double until) {
    const Slots& songs = songs_[static_cast<std::size_t>(number)];
    const std::int64_t slot = songs.slot_at(from);
    for (const std::int64_t which : {slot - 1, slot}) {
      Random draws = songs.draws_of(which);
      const double start = songs.start_of(which) + draws.uniform() * 0.6 * songs.length();
      const double busy = 0.35 + 0.35 * chorus_.at(songs.start_of(which));
      if (!draws.chance(busy)) continue;
      const int motif = draws.below(kMotifs);
      const bool answered = draws.chance(0.45);
      const double answer = start + draws.uniform(1.3, 2.6);
      const int other = (number + draws.between(1, kBirdCount - 1)) % kBirdCount;
      const double varied = draws.uniform(-0.06, 0.06);
      if (start >= from && start < until) sing(number, number, motif, varied, draws.fork(1));
      if (answered && answer >= from && answer < until) {
        sing(other, number, motif, -varied, draws.fork(2));
      }
    }
  }

  void sing(int singer, int composer, int motif, double varied, Random draws) {
    const Bird& bird = birds_[static_cast<std::size_t>(singer)];
    const auto& song =
        birds_[static_cast<std::size_t>(composer)].motifs[static_cast<std::size_t>(motif)];
    const double level = bird.level * draws.uniform(0.5, 1.0);
    const auto left_out = draws.chance(0.3) ? song.size() - 1 : song.size();
    double delay = 0.0;
    for (std::size_t n = 0; n < left_out; ++n) {
      const Syllable& syllable = song[n];
      Tone tone;
      tone.shape = Tone::Shape::blown;
      tone.hertz = bird.hertz * dsp::power_of_two(syllable.octaves_up + varied);
      tone.octaves = syllable.sweep;
      tone.arch = syllable.arch;
      tone.vibrato_hertz = syllable.trill_hertz;
      tone.vibrato_octaves = syllable.trill_octaves;
      tone.seconds = syllable.seconds * draws.uniform(0.9, 1.1);
      tone.attack = 0.3 * tone.seconds;
      tone.level = level * draws.uniform(0.6, 1.0);
      tone.pan = bird.pan;
      tone.delay = delay;
      tones_.begin(tone);
      tone.delay += 0.09 + 0.05 * draws.uniform();  // the wood's echo
      tone.level *= 0.22;
      tone.pan *= -0.6;
      tones_.begin(tone);
      delay += syllable.seconds + syllable.gap;
    }
  }

  /// A far cuckoo: a falling third, some times in a row.
  void call_cuckoo(double from, double until) {
    const std::int64_t slot = cuckoos_.slot_at(from);
    Random draws = cuckoos_.draws_of(slot);
    if (!draws.chance(0.5)) return;
    const double start = cuckoos_.start_of(slot) + draws.uniform(0.0, 70.0);
    const int calls = draws.between(3, 9);
    const double pan = draws.uniform(-0.8, 0.8);
    const double period = draws.uniform(1.25, 1.5);
    for (int n = 0; n < calls; ++n) {
      const double at = start + n * period;
      if (at < from || at >= until) continue;
      Tone call;
      call.shape = Tone::Shape::blown;
      call.hertz = 665.0;
      call.octaves = -0.03;
      call.seconds = 0.17;
      call.attack = 0.05;
      call.level = 0.035;
      call.pan = pan;
      tones_.begin(call);
      call.hertz = 545.0;
      call.seconds = 0.26;
      call.delay = 0.33;
      tones_.begin(call);
    }
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands air_, leaves_;
  Drift breeze_, flutter_, chorus_;
  Slots cuckoos_;
  std::vector<Bird> birds_;
  std::vector<Slots> songs_;
  Tones tones_;
};

}  // namespace

std::unique_ptr<Voice> make_birds(const Random& random, int rate) {
  return std::make_unique<BirdsVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
