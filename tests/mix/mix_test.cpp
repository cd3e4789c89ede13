// SPDX-License-Identifier: MIT
#include "mix/mix.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "mastering/loudness.h"
#include "mastering/true_peak.h"
#include "mix/mix_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 24000;

struct Mixed {
  mix::MixReport report;
  audio::AudioBuffer audio;
};

Mixed mixed_from(const std::vector<std::string>& paths, const mix::MixSettings& settings = {},
                 int rate = kRate) {
  std::vector<float> left;
  std::vector<float> right;
  const auto report = mix::make_mix(
      paths, rate, settings,
      [&](audio::ConstAudioView part) {
        left.insert(left.end(), part.samples(0).begin(), part.samples(0).end());
        right.insert(right.end(), part.samples(1).begin(), part.samples(1).end());
        return absl::OkStatus();
      },
      [](double) {}, CancelToken());
  INFO(report.status());
  REQUIRE(report.ok());
  Mixed mixed{*report, audio::AudioBuffer(2, static_cast<std::int64_t>(left.size()), rate)};
  std::copy(left.begin(), left.end(), mixed.audio.samples(0).begin());
  std::copy(right.begin(), right.end(), mixed.audio.samples(1).begin());
  REQUIRE(report->frames == mixed.audio.frames());
  return mixed;
}

audio::AudioBuffer shaped(audio::AudioBuffer audio, const std::function<double(double)>& gain) {
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      audio.view().channel(c)[i] *=
          static_cast<float>(gain(static_cast<double>(i) / audio.sample_rate()));
    }
  }
  return audio;
}

/// Tones over noise: the noise of each file is its own, the tones may be the same.
audio::AudioBuffer drone(double seconds, std::uint64_t seed, double sign) {
  audio::AudioBuffer audio = noise(seconds, -35.0, kRate, seed);
  for (const double hz : {110.0, 165.0, 330.0}) {
    const audio::AudioBuffer tone = sine(seconds, hz, -18.0, kRate);
    for (int c = 0; c < 2; ++c) {
      for (std::int64_t i = 0; i < audio.frames(); ++i) {
        audio.view().channel(c)[i] += static_cast<float>(sign) * tone.view().channel(c)[i];
      }
    }
  }
  return audio;
}

/// How far the loudness over `blocks` of 10 ms goes from the target between two moments.
struct Swing {
  double dip = 0.0;
  double bump = 0.0;
};

Swing swing(const Mixed& mixed, std::size_t blocks, double from, double to) {
  auto meter =
      mastering::LoudnessMeter::create(2, kRate, mastering::LoudnessMeter::TruePeak::left_out);
  REQUIRE(meter.ok());
  meter->add(std::as_const(mixed.audio).view());
  Swing swing;
  const auto energies = meter->block_energies();
  for (std::size_t end = blocks; end <= energies.size(); ++end) {
    const double middle = (static_cast<double>(end) - 0.5 * static_cast<double>(blocks)) / 100.0;
    if (middle < from || middle > to) continue;
    const double over =
        mastering::lufs_of_energy(mastering::window_energy(energies, end, blocks)) + 18.0;
    swing.dip = std::max(swing.dip, -over);
    swing.bump = std::max(swing.bump, over);
  }
  return swing;
}

}  // namespace

TEST_CASE("one file is levelled and otherwise left as it is") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(2.0, -20.0, kRate);
  const Mixed mixed = mixed_from({write_wav(folder, "a.wav", audio)});
  CHECK(mixed.report.transitions.empty());
  REQUIRE(mixed.audio.frames() == audio.frames());
  audio::AudioBuffer expected = audio;
  const auto gain = static_cast<float>(of_db(mixed.report.files[0].mastering.gain_db));
  for (int c = 0; c < 2; ++c) {
    for (float& sample : expected.samples(c)) sample *= gain;
  }
  CHECK(largest_difference(std::as_const(mixed.audio).view(), std::as_const(expected).view()) <
        1e-5);
}

TEST_CASE("alike and opposite drones hold their loudness to half an LU through the join") {
  const TempFolder folder;
  const std::string one = write_wav(folder, "one.wav", drone(20.0, 1, 1.0));
  for (const double sign : {1.0, -1.0}) {
    const std::string other = write_wav(folder, "other.wav", drone(20.0, 2, sign));
    const Mixed mixed = mixed_from({one, other});
    const mix::MixedTransition& transition = mixed.report.transitions.at(0);
    CHECK(transition.transition.invert_new == (sign < 0.0));
    CHECK(std::abs(transition.transition.correlation) > 0.8);
    const Swing momentary = swing(mixed, mastering::kMomentaryBlocks,
                                  transition.start_seconds - 4.0, transition.end_seconds + 4.0);
    CHECK(momentary.dip < 0.5);
    CHECK(momentary.bump < 0.5);
  }
}

TEST_CASE("unrelated music of unlike level stays within an LU") {
  const TempFolder folder;
  const Mixed mixed = mixed_from({write_wav(folder, "loud.wav", noise(40.0, -12.0, kRate, 1)),
                                  write_wav(folder, "soft.wav", noise(40.0, -35.0, kRate, 2))});
  const mix::MixedTransition& transition = mixed.report.transitions.at(0);
  const Swing momentary = swing(mixed, mastering::kMomentaryBlocks, transition.start_seconds - 4.0,
                                transition.end_seconds + 4.0);
  CHECK(momentary.dip < 1.0);
  CHECK(momentary.bump < 1.0);
  CHECK(transition.offset_seconds == 0.0);
  CHECK_FALSE(transition.transition.invert_new);
}

TEST_CASE("a fade into silence meets silence and a fade-in without a hole") {
  const TempFolder folder;
  const auto fade_out = shaped(noise(60.0, -20.0, kRate, 1),
                               [](double t) { return std::clamp((58.0 - t) / 8.0, 0.0, 1.0); });
  const auto fade_in = shaped(noise(60.0, -20.0, kRate, 2),
                              [](double t) { return std::clamp((t - 3.0) / 6.0, 0.0, 1.0); });
  const Mixed mixed =
      mixed_from({write_wav(folder, "out.wav", fade_out), write_wav(folder, "in.wav", fade_in)});
  const mix::MixedTransition& transition = mixed.report.transitions.at(0);
  const double from = transition.start_seconds - 8.0;
  const double to = transition.end_seconds + 8.0;
  CHECK(swing(mixed, mastering::kShortTermBlocks, from, to).dip < 2.5);
  CHECK(swing(mixed, 100, from, to).dip < 6.0);
  CHECK(mixed.report.seconds() < 60.0 + 60.0 - 8.0);
}

namespace {

/// The level in dB of the tone of `hz` in the mix, over 0.2 s around a moment.
double tone_level(const Mixed& mixed, double hz, double at) {
  const auto from = static_cast<std::int64_t>((at - 0.1) * kRate);
  double re = 0.0;
  double im = 0.0;
  const std::int64_t count = kRate / 5;
  for (std::int64_t i = 0; i < count; ++i) {
    const double phase = 2.0 * std::numbers::pi * hz * static_cast<double>(from + i) / kRate;
    const double x =
        static_cast<double>(mixed.audio.samples(0)[static_cast<std::size_t>(from + i)]);
    re += x * std::cos(phase);
    im += x * std::sin(phase);
  }
  return 20.0 * std::log10(2.0 * std::hypot(re, im) / static_cast<double>(count) + 1e-9);
}

double all_heard(const mix::MixedFile& file) {
  return file.unheard_start_seconds - file.silent_start_seconds + file.unheard_end_seconds -
         file.silent_end_seconds;
}

}  // namespace

TEST_CASE("a tail is heard to its natural end under the next file, and is not faded again") {
  const TempFolder folder;
  const auto decay = [](double t) {
    return t < 40.0 ? 1.0 : std::pow(10.0, -0.1 * (t - 40.0));  // 2 dB a second
  };
  const auto fade = [](double t) { return std::clamp((60.0 - t) / 20.0, 0.0, 1.0); };
  const std::string next = write_wav(folder, "b.wav", sine(60.0, 700.0, -20.0, kRate));
  int number = 0;
  for (const std::function<double(double)>& tail :
       {std::function<double(double)>(decay), std::function<double(double)>(fade)}) {
    const std::string name = std::to_string(number++) + ".wav";
    CAPTURE(name);
    const Mixed mixed =
        mixed_from({write_wav(folder, name, shaped(sine(60.0, 440.0, -20.0, kRate), tail)), next});
    const mix::MixedFile& old_file = mixed.report.files.at(0);
    const mix::MixedTransition& transition = mixed.report.transitions.at(0);
    CHECK(all_heard(old_file) == 0.0);
    CHECK(old_file.unheard_end_seconds < 0.1);
    CHECK(transition.end_seconds == Approx(60.0).margin(0.1));
    const double gain = old_file.mastering.gain_db;
    for (const double at : {42.0, 45.0, 48.0, 52.0, 56.0}) {
      CAPTURE(at);
      // Only the common factor that holds the loudness may move it.
      CHECK(tone_level(mixed, 440.0, at) ==
            Approx(-20.0 + to_db(tail(at)) + gain).margin(at < 50.0 ? 2.5 : 1.0));
    }
    // The next file is at its full level long before that.
    CHECK(tone_level(mixed, 700.0, 56.0) ==
          Approx(-20.0 + mixed.report.files.at(1).mastering.gain_db).margin(1.0));
    CHECK(swing(mixed, mastering::kShortTermBlocks, 35.0, 65.0).dip < 2.5);
  }
}

TEST_CASE("a swell is heard from its beginning under the file before") {
  const TempFolder folder;
  const auto swell = [](double t) { return std::clamp(t / 15.0, 0.0, 1.0); };
  const Mixed mixed =
      mixed_from({write_wav(folder, "a.wav", sine(60.0, 440.0, -20.0, kRate)),
                  write_wav(folder, "b.wav", shaped(sine(60.0, 700.0, -20.0, kRate), swell))});
  const mix::MixedFile& next = mixed.report.files.at(1);
  CHECK(all_heard(next) == 0.0);
  CHECK(next.unheard_start_seconds < 0.1);
  for (const double at : {2.0, 4.0, 8.0, 12.0}) {
    CAPTURE(at);
    CHECK(tone_level(mixed, 700.0, next.start_seconds + at) ==
          Approx(-20.0 + to_db(swell(at)) + next.mastering.gain_db).margin(2.5));
  }
  const mix::MixedTransition& transition = mixed.report.transitions.at(0);
  CHECK(swing(mixed, mastering::kShortTermBlocks, transition.start_seconds - 4.0,
              transition.end_seconds + 4.0)
            .dip < 2.5);
}

TEST_CASE("a quiet ending, a quiet beginning and a whole quiet minute are played") {
  const TempFolder folder;
  const double quiet = of_db(-13.0);
  const auto outro = shaped(noise(130.0, -20.0, kRate, 1),
                            [quiet](double t) { return t < 30.0 || t > 90.0 ? quiet : 1.0; });
  const auto half =
      shaped(noise(120.0, -20.0, kRate, 2), [quiet](double t) { return t < 60.0 ? 1.0 : quiet; });
  const Mixed mixed =
      mixed_from({write_wav(folder, "half.wav", half), write_wav(folder, "outro.wav", outro),
                  write_wav(folder, "half.wav", half)});
  for (const mix::MixedFile& file : mixed.report.files) {
    CHECK(file.unheard_start_seconds == 0.0);
    CHECK(file.unheard_end_seconds == 0.0);
  }
  double overlaps = 0.0;
  for (const mix::MixedTransition& transition : mixed.report.transitions) {
    overlaps += transition.end_seconds - transition.start_seconds;
  }
  CHECK(overlaps <= 32.0);
  CHECK(mixed.report.seconds() == Approx(120.0 + 130.0 + 120.0 - overlaps).margin(0.01));
  // It is played at its own level, also in the overlap: 9 LU and more below the target.
  CHECK(swing(mixed, mastering::kShortTermBlocks, 70.0, 130.0).bump == 0.0);
  CHECK(swing(mixed, mastering::kShortTermBlocks, 70.0, 130.0).dip > 9.0);
}

TEST_CASE("only silence is left out, and it is told") {
  const TempFolder folder;
  const auto padded = shaped(noise(40.0, -20.0, kRate, 1),
                             [](double t) { return t > 3.0 && t < 35.0 ? 1.0 : 0.0; });
  const std::string path = write_wav(folder, "a.wav", padded);
  const Mixed mixed = mixed_from({path, path, path});
  const auto& files = mixed.report.files;
  CHECK(files[0].unheard_start_seconds == 0.0);
  CHECK(files[0].unheard_end_seconds == Approx(5.0).margin(0.02));
  CHECK(files[1].unheard_start_seconds == Approx(3.0).margin(0.02));
  CHECK(files[1].silent_start_seconds == files[1].unheard_start_seconds);
  CHECK(files[1].silent_end_seconds == files[1].unheard_end_seconds);
  CHECK(files[2].unheard_end_seconds == 0.0);
}

TEST_CASE("what may be trimmed is left out of a quiet ending, and no more") {
  const TempFolder folder;
  const double quiet = of_db(-13.0);
  const auto outro =
      shaped(noise(80.0, -20.0, kRate, 1), [quiet](double t) { return t < 60.0 ? 1.0 : quiet; });
  const std::vector<std::string> paths = {write_wav(folder, "a.wav", outro),
                                          write_wav(folder, "b.wav", noise(60.0, -20.0, kRate, 2))};
  for (const double trim : {0.0, 5.0, 60.0}) {
    CAPTURE(trim);
    mix::MixSettings settings;
    settings.trim_seconds = trim;
    const mix::MixedFile file = mixed_from(paths, settings).report.files.at(0);
    CHECK(file.unheard_end_seconds == Approx(std::min(trim, 20.0)).margin(0.5));
    CHECK(file.silent_end_seconds == 0.0);
  }
  mix::MixSettings settings;
  settings.trim_seconds = -1.0;
  CHECK(field_of(validate(settings)) == "trim_seconds");
}

TEST_CASE("a tail that is longer than the file after it is heard all the same") {
  const TempFolder folder;
  const auto tail = shaped(noise(40.0, -20.0, kRate, 1),
                           [](double t) { return std::clamp((40.0 - t) / 20.0, 0.0, 1.0); });
  const std::string faded = write_wav(folder, "faded.wav", tail);
  const std::string brief = write_wav(folder, "brief.wav", noise(5.0, -20.0, kRate, 2));
  const Mixed mixed = mixed_from({faded, brief, faded, brief, brief});
  for (const mix::MixedFile& file : mixed.report.files) CHECK(all_heard(file) < 0.1);
  double last = 0.0;
  for (const mix::MixedTransition& transition : mixed.report.transitions) {
    CHECK(transition.start_seconds >= last - 1e-9);
    last = transition.end_seconds;
  }
}

TEST_CASE("two hot files hold the ceiling together") {
  const TempFolder folder;
  mix::MixSettings settings;
  settings.target_lufs = -9.0;
  const auto beaten = [](double t) { return std::fmod(t, 0.25) < 0.04 ? 1.0 : 0.2; };
  const Mixed mixed =
      mixed_from({write_wav(folder, "a.wav", shaped(noise(10.0, -14.0, kRate, 1), beaten)),
                  write_wav(folder, "b.wav", shaped(noise(10.0, -14.0, kRate, 2), beaten))},
                 settings);
  CHECK(mixed.report.files[0].mastering.limited);
  const auto peak = mastering::true_peak(std::as_const(mixed.audio).view(), CancelToken());
  REQUIRE(peak.ok());
  CHECK(to_db(*peak) <= -1.0);
}

TEST_CASE("a pure tone goes from file to file with nothing else heard") {
  const TempFolder folder;
  const std::string one = write_wav(folder, "one.wav", sine(20.0, 220.0, -20.0, kRate));
  const Mixed mixed = mixed_from({one, one});
  const mix::MixedTransition& transition = mixed.report.transitions.at(0);
  CHECK(std::abs(transition.transition.correlation) > 0.99);
  // A second-order resonance of the tone's own pitch is all there is: what the recursion
  // x[n] = 2 cos(w) x[n-1] - x[n-2] does not explain is noise, amplified at most fourfold.
  const auto from = static_cast<std::int64_t>(transition.start_seconds * kRate);
  const auto to = static_cast<std::int64_t>(transition.end_seconds * kRate);
  const double twice = 2.0 * std::cos(2.0 * std::numbers::pi * 220.0 / kRate);
  const auto x = mixed.audio.samples(0);
  double worst = 0.0;
  for (auto n = static_cast<std::size_t>(from); n < static_cast<std::size_t>(to); ++n) {
    worst =
        std::max(worst, std::abs(static_cast<double>(x[n]) - twice * static_cast<double>(x[n - 1]) +
                                 static_cast<double>(x[n - 2])));
  }
  CHECK(worst < 1e-6);
}

TEST_CASE("drums of one tempo meet on the downbeat") {
  const TempFolder folder;
  const auto drums = [](double seconds, double first) {
    audio::AudioBuffer audio = noise(seconds, -60.0, kRate, 8);
    int number = 0;
    for (double at = first; at < seconds - 0.3; at += 0.6, ++number) {
      const auto start = static_cast<std::int64_t>(at * kRate);
      for (std::int64_t i = 0; i < kRate / 8; ++i) {
        const double t = static_cast<double>(i) / kRate;
        const double hz = number % 4 == 0 ? 60.0 : 1800.0;
        const auto value =
            static_cast<float>(0.5 * std::exp(-30.0 * t) * std::sin(6.2831853 * hz * t));
        for (int c = 0; c < 2; ++c) audio.view().channel(c)[start + i] += value;
      }
    }
    return audio;
  };
  const Mixed mixed = mixed_from({write_wav(folder, "a.wav", drums(45.0, 0.11)),
                                  write_wav(folder, "b.wav", drums(45.0, 0.43))});
  const mix::MixedTransition& transition = mixed.report.transitions.at(0);
  CHECK(transition.match == mastering::TempoMatch::downbeats);
  CHECK(transition.old_bpm == Approx(100.0).margin(0.5));
  // The bars of both, in the mix's time: 2.4 s long.
  const double bars = (mixed.report.files[1].start_seconds + 0.43 - 0.11) / 2.4;
  CHECK(std::abs(bars - std::round(bars)) * 2.4 < 0.01);
}

TEST_CASE("short files, of a fraction of a second too, are joined and none is lost") {
  const TempFolder folder;
  std::vector<std::string> paths;
  double seconds = 0.0;
  int number = 0;
  for (const double length : {1.0, 5.0, 0.03, 2.0, 0.5, 0.4}) {
    paths.push_back(write_wav(folder, std::to_string(number) + ".wav",
                              noise(length, -20.0, kRate, static_cast<std::uint64_t>(number))));
    ++number;
    seconds += length;
  }
  const Mixed mixed = mixed_from(paths);
  REQUIRE(mixed.report.transitions.size() == 5);
  CHECK(mixed.report.seconds() > 0.85 * seconds);
  CHECK(mixed.report.seconds() <= seconds);
  double last = 0.0;
  for (const mix::MixedTransition& transition : mixed.report.transitions) {
    CHECK(transition.start_seconds >= last);
    CHECK(transition.end_seconds >= transition.start_seconds);
    last = transition.end_seconds;
  }
  mix::MixSettings longest;
  longest.crossfade_seconds = 60.0;
  CHECK(mixed_from(paths, longest).report.seconds() >= 0.3 * seconds);
}

TEST_CASE("an overlap that was asked for is what there is, at any rate") {
  const TempFolder folder;
  const std::vector<std::string> paths = {
      write_wav(folder, "a.wav", noise(6.0, -20.0, 44100, 1)),
      write_wav(folder, "b.wav", noise(6.0, -20.0, kRate, 2, 1))};
  mix::MixSettings settings;
  settings.crossfade_seconds = 2.5;
  for (const int rate : {22050, 48000}) {
    const Mixed mixed = mixed_from(paths, settings, rate);
    const mix::MixedTransition& transition = mixed.report.transitions.at(0);
    CHECK(transition.end_seconds - transition.start_seconds == Approx(2.5));
    CHECK(mixed.report.seconds() == Approx(9.5).margin(0.05));
  }
}

TEST_CASE("the same files and settings give the same samples") {
  const TempFolder folder;
  const std::vector<std::string> paths = {write_wav(folder, "a.wav", pad(4.0, -20.0, 44100)),
                                          write_wav(folder, "b.wav", drone(4.0, 3, 1.0))};
  const Mixed once = mixed_from(paths);
  const Mixed again = mixed_from(paths);
  REQUIRE(once.audio.frames() == again.audio.frames());
  CHECK(largest_difference(once.audio.view(), again.audio.view()) == 0.0);
}

TEST_CASE("settings out of their range are refused by the name of their field") {
  const auto field = [](auto change) {
    mix::MixSettings settings;
    change(settings);
    return field_of(validate(settings));
  };
  CHECK(validate(mix::MixSettings()).ok());
  CHECK(field([](mix::MixSettings& s) { s.target_lufs = -5.0; }) == "target_lufs");
  CHECK(field([](mix::MixSettings& s) { s.target_lufs = std::nan(""); }) == "target_lufs");
  CHECK(field([](mix::MixSettings& s) { s.ceiling_dbtp = 0.5; }) == "ceiling_dbtp");
  CHECK(field([](mix::MixSettings& s) { s.crossfade_seconds = -1.0; }) == "crossfade_seconds");
  CHECK(field([](mix::MixSettings& s) { s.crossfade_seconds = 61.0; }) == "crossfade_seconds");
  CHECK(field([](mix::MixSettings& s) { s.sample_rate = 100; }) == "sample_rate");
}
