// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad.h"

#include <catch2/catch.hpp>

#include "dsp/math.h"
#include "support/spectrum.h"
#include "voice_support.h"

using namespace focus::test;
using namespace focus::core;

namespace {

struct Named {
  PadSound sound;
  const char* name;
};
constexpr Named kSounds[] = {
    {PadSound::warm, "warm"},     {PadSound::strings, "strings"}, {PadSound::choir, "choir"},
    {PadSound::organ, "organ"},   {PadSound::glass, "glass"},     {PadSound::shimmer, "shimmer"},
    {PadSound::breath, "breath"}, {PadSound::brass, "brass"},     {PadSound::drawbars, "drawbars"},
    {PadSound::haze, "haze"},     {PadSound::reeds, "reeds"}};
static_assert(std::size(kSounds) == kPadSoundCount);
constexpr double kAttack = 0.5, kRelease = 0.8;

Sound pad(PadSound sound, const VoiceNote& note, std::int64_t from, std::int64_t to,
          double swell = 0.0) {
  PadVoice voice(sound, kVoiceRate, kAttack, kRelease, swell);
  voice.prepare(note.pitch);
  return sound_of(voice, {note}, from, to);
}

/// The power of both sides, in dB of one's when it is 1.
double level_db(const Sound& sound, double from, double to) {
  const auto first = static_cast<std::size_t>(on_grid(from));
  const auto count = static_cast<std::size_t>(on_grid(to)) - first;
  const double left = rms(std::span(sound.left).subspan(first, count));
  const double right = rms(std::span(sound.right).subspan(first, count));
  return 10.0 * std::log10(0.5 * (left * left + right * right));
}

/// The level of the first partials of a note, in dB of the whole.
std::vector<double> partials_of(PadSound sound, int pitch) {
  const Sound played = pad(sound, note_of(pitch, 0.0, 9.0), 0, on_grid(8.0));
  const Spectrum spectrum(played.part(1.0, 8.0), kVoiceRate);
  std::vector<double> levels;
  for (int k = 1; k <= 8; ++k) {
    const double hertz = k * dsp::hertz_of_pitch(pitch);
    levels.push_back(
        10.0 * std::log10(spectrum.power(0.97 * hertz, 1.03 * hertz) / spectrum.power() + 1e-7));
  }
  return levels;
}

}  // namespace

TEST_CASE("a pad has power of about one, whatever its sound and pitch, and no holes") {
  for (const auto& [which, name] : kSounds) {
    for (const int pitch : {46, 60, 74}) {
      const Sound sound = pad(which, note_of(pitch, 0.0, 30.0, 1.0f), 0, on_grid(24.0));
      INFO(name << ", pitch " << pitch);
      REQUIRE(all_finite(sound.left));
      const double whole = level_db(sound, 1.0, 24.0);
      CHECK(whole == Approx(0.0).margin(1.5));
      for (int second = 1; second < 24; ++second) {
        const double level = level_db(sound, second, second + 1);
        CHECK(level > whole - 7.0);
        CHECK(level < whole + 5.0);
      }
      CHECK(std::fabs(mean(sound.part(1.0, 24.0))) < 1e-3);
    }
  }
}

TEST_CASE("a chord of pads holds its level from second to second") {
  for (const auto& [which, name] : kSounds) {
    PadVoice voice(which, kVoiceRate, kAttack, kRelease, 0.0);
    std::vector<VoiceNote> chord;
    for (const int pitch : {50, 57, 60, 65}) {
      voice.prepare(pitch);
      chord.push_back(note_of(pitch, 0.0, 40.0, 0.5f));
    }
    const Sound sound = sound_of(voice, chord, 24.0);
    double low = 100.0, high = -100.0;
    for (int second = 1; second < 24; ++second) {
      low = std::min(low, level_db(sound, second, second + 1));
      high = std::max(high, level_db(sound, second, second + 1));
    }
    INFO(name);
    CHECK(high - low < 6.5);  // two faces, between which it moves
  }
}

TEST_CASE("a pad sounds at its pitch and leaves the top of the band free") {
  for (const auto& [which, name] : kSounds) {
    for (const int pitch : {43, 60, 84}) {
      const double hertz = dsp::hertz_of_pitch(pitch);
      const Sound sound = pad(which, note_of(pitch, 0.0, 20.0), 0, on_grid(5.0));
      const Spectrum spectrum(sound.part(0.5, 5.0), kVoiceRate);
      INFO(name << ", pitch " << pitch);
      // The lowest band of what is blown is as wide as a quarter-tone.
      const double cents = which == PadSound::breath ? 50.0 : 10.0;
      CHECK(std::fabs(cents_between(spectrum.strongest(0.3 * hertz, 1.5 * hertz), hertz)) < cents);
      CHECK(spectrum.db_above(0.46 * kVoiceRate) < -60.0);
      CHECK(spectrum.power(0.0, 0.8 * hertz) < 1e-3 * spectrum.power());
    }
  }
}

TEST_CASE("the sides of a pad are kin, not twins") {
  for (const auto& [which, name] : kSounds) {
    const Sound sound = pad(which, note_of(60, 0.0, 30.0), 0, on_grid(24.0));
    double left = 0.0, right = 0.0, both = 0.0;
    for (std::size_t i = kVoiceRate; i < sound.left.size(); ++i) {
      const double l = static_cast<double>(sound.left[i]), r = static_cast<double>(sound.right[i]);
      left += l * l;
      right += r * r;
      both += l * r;
    }
    INFO(name);
    CHECK(both / std::sqrt(left * right) < 0.97);
    CHECK(both / std::sqrt(left * right) > -0.2);
    CHECK(10.0 * std::log10(left / right) == Approx(0.0).margin(2.5));
  }
}

TEST_CASE("no two sounds of the pad are alike") {
  std::vector<std::vector<double>> known;
  for (const auto& [which, name] : kSounds) {
    const std::vector<double> own = partials_of(which, 60);
    for (std::size_t other = 0; other < known.size(); ++other) {
      double distance = 0.0;
      for (std::size_t k = 0; k < own.size(); ++k) {
        distance = std::max(distance, std::fabs(own[k] - known[other][k]));
      }
      INFO(name << " against " << kSounds[other].name);
      CHECK(distance > 2.0);
    }
    known.push_back(own);
  }
}

TEST_CASE("a pad is a function of the absolute frame, whenever rendering began") {
  for (const auto& [which, name] : kSounds) {
    const VoiceNote note = note_of(58, 0.3, 8.0);
    const Sound whole = pad(which, note, 0, on_grid(9.5), 0.3);
    const std::int64_t from = on_grid(3.1);
    const Sound late = pad(which, note, from, on_grid(9.5), 0.3);
    const auto rest = std::span(whole.left).subspan(static_cast<std::size_t>(from));
    INFO(name);
    CHECK(difference_db(rest, late.left) < -100.0);
  }
}

TEST_CASE("a pad rises and falls within its times and without a click") {
  for (const auto& [which, name] : kSounds) {
    VoiceNote note = note_of(60, 0.0, 3.0);
    note.onset += 1003;
    note.release += 1003;
    const Sound sound = pad(which, note, 0, on_grid(5.0), 0.3);
    INFO(name);
    const double onset = static_cast<double>(note.onset) / kVoiceRate;
    const double release = static_cast<double>(note.release) / kVoiceRate;
    const double held = rms(sound.part(onset + kAttack, release));
    CHECK(rms(sound.part(onset, onset + 0.1 * kAttack)) < 0.1 * held);
    CHECK(rms(sound.part(release, release + 0.2 * kRelease)) > 0.4 * held);
    CHECK(rms(sound.part(release + 0.9 * kRelease, release + kRelease)) < 0.1 * held);
    CHECK(peak(sound.part(release + kRelease + 0.01, 5.0)) == 0.0);
    const double corner = sharpest_corner(sound.left, note.onset + 12'000, note.release);
    CHECK(sharpest_corner(sound.left, 1, note.onset + 2400) < 0.3 * corner);
    CHECK(sharpest_corner(sound.left, note.release, on_grid(5.0) - 1) < 1.2 * corner);
  }
}

TEST_CASE("a pad's notes swell on their own when they are to") {
  const VoiceNote note = note_of(60, 0.0, 40.0);
  const Sound still = pad(PadSound::warm, note, 0, on_grid(20.0), 0.0);
  const Sound swelling = pad(PadSound::warm, note, 0, on_grid(20.0), 0.4);
  double low = 100.0, high = -100.0;
  for (int second = 1; second < 20; ++second) {
    const double change =
        level_db(swelling, second, second + 1) - level_db(still, second, second + 1);
    low = std::min(low, change);
    high = std::max(high, change);
  }
  CHECK(high - low > 4.0);
  CHECK(low > -16.0);
  CHECK(high < 0.01);
}

TEST_CASE("a pitch that was not prepared is silent") {
  PadVoice voice(PadSound::warm, kVoiceRate, kAttack, kRelease, 0.0);
  voice.prepare(60);
  CHECK(peak(sound_of(voice, {note_of(61, 0.0, 2.0)}, 1.0).left) == 0.0);
  CHECK(peak(sound_of(voice, {note_of(60, 0.0, 2.0)}, 1.0).left) > 0.1);
}

TEST_CASE("a pad does not stand still: it moves between a soft and a full face") {
  for (const auto& [which, name] : kSounds) {
    const Sound sound = pad(which, note_of(57, 0.0, 80.0), 0, on_grid(70.0));
    double low = 1e9, high = 0.0;
    for (int second = 2; second < 68; second += 3) {
      const double centroid = Spectrum(sound.part(second, second + 2), kVoiceRate).centroid(50.0);
      low = std::min(low, centroid);
      high = std::max(high, centroid);
    }
    INFO(name);
    CHECK(std::log2(high / low) > 0.15);
    CHECK(std::log2(high / low) < 3.0);
  }
}
