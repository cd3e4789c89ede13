// SPDX-License-Identifier: MIT
#include "engines/studio/voices/kit.h"

#include <catch2/catch.hpp>

#include "engines/studio/score/note.h"
#include "support/spectrum.h"
#include "voice_support.h"

using namespace focus::test;
using namespace focus::core;

namespace {

constexpr int kRate = 48000;  // the kit plays at the full rate
constexpr int kSounds[] = {kKick, kRim, kShaker, kHat};

Sound hit(int sound, float velocity = 0.6f, double brightness = 0.5) {
  KitVoice voice(kRate, brightness);
  VoiceNote note = note_of(sound, 0.1, 0.1, velocity, kRate);
  note.onset += 13;
  return sound_of(voice, {note}, 1.0, kRate);
}

double centroid(const Sound& sound) { return Spectrum(sound.left, kRate).centroid(); }

}  // namespace

TEST_CASE("kick, rim, shaker and hat lie one above the other") {
  const double kick = centroid(hit(kKick)), rim = centroid(hit(kRim));
  const double shaker = centroid(hit(kShaker)), hat = centroid(hit(kHat));
  CHECK(kick < 150.0);
  CHECK(rim > 600.0);
  CHECK(rim < shaker);
  CHECK(shaker < hat);
  CHECK(centroid(hit(kShaker, 0.6f, 0.9)) > centroid(hit(kShaker, 0.6f, 0.2)));
}

TEST_CASE("a kick carries its power in the bass, and sinks") {
  const Sound kick = hit(kKick, 0.9f);
  CHECK(Spectrum(kick.left, kRate).db_above(200.0) < -15.0);
  CHECK(Spectrum(kick.part(0.1, 0.15, kRate), kRate).centroid() >
        1.1 * Spectrum(kick.part(0.25, 0.45, kRate), kRate).centroid());
  CHECK(kick.left == kick.right);
}

TEST_CASE("every stroke is short, clean, and as loud as its velocity") {
  for (const int sound : kSounds) {
    const Sound soft = hit(sound, 0.3f), loud = hit(sound, 0.9f);
    INFO("sound " << sound);
    REQUIRE(all_finite(loud.left));
    CHECK(peak(loud.left) > 0.05);
    CHECK(peak(loud.left) < 1.5);
    CHECK(rms(loud.left) == Approx(3.0 * rms(soft.left)).epsilon(0.01));
    CHECK(peak(loud.part(0.0, 0.1, kRate)) == 0.0);
    CHECK(peak(loud.part(0.75, 1.0, kRate)) == 0.0);
    CHECK(rms(loud.part(0.5, 0.6, kRate)) < 0.01 * rms(loud.part(0.1, 0.2, kRate)));
    CHECK(std::fabs(mean(loud.left)) < 0.03 * rms(loud.part(0.1, 0.2, kRate)));
    // The first quarter of a millisecond is no step.
    const std::int64_t onset = 4813;
    CHECK(sharpest_corner(loud.left, onset - 50, onset + 12) <
          sharpest_corner(loud.left, onset + 12, onset + 4800));
  }
}

TEST_CASE("no two strokes of a shaker are the same, and a stroke repeated is") {
  KitVoice voice(kRate, 0.5);
  VoiceNote first = note_of(kShaker, 0.0, 0.1, 0.6f, kRate);
  VoiceNote second = note_of(kShaker, 0.5, 0.1, 0.6f, kRate);
  second.key = first.key + 1;
  const Sound sound = sound_of(voice, {first, second}, 1.0, kRate);
  CHECK(difference_db(sound.part(0.0, 0.2, kRate), sound.part(0.5, 0.7, kRate)) > -6.0);
  CHECK(hit(kShaker).left == hit(kShaker).left);
}

TEST_CASE("a stroke stands where it was put") {
  KitVoice voice(kRate, 0.5);
  VoiceNote note = note_of(kHat, 0.0, 0.1, 0.6f, kRate);
  note.pan = -0.6f;
  const Sound sound = sound_of(voice, {note}, 0.3, kRate);
  CHECK(rms(sound.left) > 1.8 * rms(sound.right));
}
