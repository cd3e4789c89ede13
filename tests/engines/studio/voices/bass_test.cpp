// SPDX-License-Identifier: MIT
#include "engines/studio/voices/bass.h"

#include <catch2/catch.hpp>

#include "dsp/math.h"
#include "support/spectrum.h"
#include "voice_support.h"

using namespace focus::test;
using namespace focus::core;

namespace {

constexpr BassSound kSounds[] = {BassSound::round, BassSound::reedy};

Sound tone(BassSound sound, const VoiceNote& note, double seconds, BassTouch touch = {}) {
  BassVoice voice(sound, kVoiceRate, touch);
  return sound_of(voice, {note}, seconds);
}

}  // namespace

TEST_CASE("the bass sounds at its pitch, in the middle, with partials that small speakers play") {
  for (const BassSound sound : kSounds) {
    for (const int pitch : {33, 38, 44, 52}) {
      const double hertz = dsp::hertz_of_pitch(pitch);
      const Sound played = tone(sound, note_of(pitch, 0.0, 3.0), 3.0);
      const Spectrum spectrum(played.left, kVoiceRate);
      INFO("pitch " << pitch);
      REQUIRE(all_finite(played.left));
      CHECK(played.left == played.right);
      CHECK(std::fabs(cents_between(spectrum.strongest(20.0, 1.5 * hertz), hertz)) < 10.0);
      CHECK(std::fabs(mean(played.left)) < 2e-3 * rms(played.left));
      CHECK(spectrum.db_above(1.5 * hertz) > -20.0);
      CHECK(spectrum.db_above(6.0 * hertz) < -40.0);
    }
  }
  const auto centroid = [](BassSound sound) {
    return Spectrum(tone(sound, note_of(40, 0.0, 2.0), 2.0).left, kVoiceRate).centroid();
  };
  CHECK(centroid(BassSound::reedy) > 1.05 * centroid(BassSound::round));
}

TEST_CASE("a bass note is as loud as its velocity, and its upper partials die first") {
  for (const BassSound sound : kSounds) {
    const Sound soft = tone(sound, note_of(40, 0.0, 3.0, 0.3f), 3.0);
    const Sound loud = tone(sound, note_of(40, 0.0, 3.0, 0.6f), 3.0);
    CHECK(rms(loud.left) == Approx(2.0 * rms(soft.left)).epsilon(1e-3));
    CHECK(Spectrum(loud.part(0.0, 0.5), kVoiceRate).centroid() >
          1.02 * Spectrum(loud.part(2.0, 2.5), kVoiceRate).centroid());
  }
}

TEST_CASE("a bass note comes, rings and goes within the times of its touch, without a click") {
  for (const BassTouch touch : {BassTouch{0.006, 3.0, 0.3}, BassTouch{0.06, 80.0, 1.6}}) {
    VoiceNote note = note_of(40, 0.0, 1.5);
    note.onset += 3001;
    note.release += 3001;
    const Sound sound = tone(BassSound::reedy, note, 6.0, touch);
    INFO("attack " << touch.attack);
    const double loudest = sharpest_corner(sound.left, note.onset + 200, note.onset + 12'000);
    CHECK(sharpest_corner(sound.left, note.onset - 100, note.onset + 24) < loudest);
    CHECK(sharpest_corner(sound.left, note.release - 24, note.release + 240) < 1.3 * loudest);
    const double release = static_cast<double>(note.release) / kVoiceRate;
    const double before = rms(sound.part(release - 0.2, release));
    const double t60 = touch.release_t60;
    CHECK(rms(sound.part(release + t60, release + t60 + 0.2)) < 1.5e-3 * before);
    CHECK(rms(sound.part(release, release + 0.2 * t60)) > 0.2 * before);
    CHECK(peak(sound.part(release + 2.0 * t60, 6.0)) == 0.0);
  }
}

TEST_CASE("a bass note entered in its midst is the note") {
  for (const BassSound sound : kSounds) {
    const VoiceNote note = note_of(36, 0.05, 2.0);
    const Sound whole = tone(sound, note, 2.0);
    BassVoice voice(sound, kVoiceRate, {});
    const std::int64_t from = on_grid(1.0);
    const Sound late = sound_of(voice, {note}, from, on_grid(2.0));
    const auto rest = std::span(whole.left).subspan(static_cast<std::size_t>(from));
    CHECK(difference_db(rest, late.left) < -80.0);
  }
}
