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
constexpr int kSounds[] = {kKick,    kRim,    kSnare, kClap,    kHat,  kLowTom,
                           kOpenHat, kMidTom, kCrash, kHighTom, kRide, kShaker};

/// The time by which a sound is over.
double end_of(int sound) { return sound == kCrash ? 1.9 : 0.85; }

Sound hit(int sound, float velocity = 0.6f, double brightness = 0.5) {
  KitVoice voice(kRate, brightness);
  VoiceNote note = note_of(sound, 0.1, 0.1, velocity, kRate);
  note.onset += 13;
  return sound_of(voice, {note}, 2.2, kRate);
}

double centroid(const Sound& sound) { return Spectrum(sound.left, kRate).centroid(); }

}  // namespace

TEST_CASE("kick, rim, shaker and hat lie one above the other") {
  const double kick = centroid(hit(kKick)), rim = centroid(hit(kRim));
  const double shaker = centroid(hit(kShaker)), hat = centroid(hit(kHat));
  CHECK(kick < 250.0);
  CHECK(rim > 600.0);
  CHECK(rim < shaker);
  CHECK(shaker < hat);
  CHECK(centroid(hit(kShaker, 0.6f, 0.9)) > centroid(hit(kShaker, 0.6f, 0.2)));
}

TEST_CASE("a kick carries its power in the bass, and sinks") {
  const Sound kick = hit(kKick, 0.9f);
  CHECK(Spectrum(kick.left, kRate).db_above(200.0) < -8.0);
  CHECK(Spectrum(kick.part(0.1, 0.15, kRate), kRate).centroid() >
        1.1 * Spectrum(kick.part(0.25, 0.45, kRate), kRate).centroid());
  CHECK(kick.left == kick.right);
}

TEST_CASE("a kick begins with a click that a small speaker has, and the click is short") {
  const Sound kick = hit(kKick, 0.9f);
  const auto above_two_kilohertz = [&](double from, double to) {
    const auto part = kick.part(from, to, kRate);
    return 20.0 * std::log10(rms(part)) + Spectrum(part, kRate).db_above(2000.0);
  };
  CHECK(above_two_kilohertz(0.1, 0.11) > -28.0);
  CHECK(above_two_kilohertz(0.13, 0.15) < above_two_kilohertz(0.1, 0.11) - 20.0);
}

TEST_CASE("every stroke is short, clean, and as loud as its velocity") {
  for (const int sound : kSounds) {
    const Sound soft = hit(sound, 0.3f), loud = hit(sound, 0.9f);
    INFO("sound " << sound);
    REQUIRE(all_finite(loud.left));
    CHECK(peak(loud.left) > 0.05);
    CHECK(peak(loud.left) < 1.6);
    const double louder = rms(loud.left) / rms(soft.left);
    CHECK(louder > 2.5);
    CHECK(louder < 4.0);
    CHECK(peak(loud.part(0.0, 0.1, kRate)) == 0.0);
    CHECK(peak(loud.part(end_of(sound), 2.2, kRate)) == 0.0);
    CHECK(rms(loud.part(end_of(sound) - 0.1, end_of(sound), kRate)) <
          0.03 * rms(loud.part(0.1, 0.2, kRate)));
    CHECK(std::fabs(mean(loud.left)) < 0.03 * rms(loud.part(0.1, 0.2, kRate)));
    // The first quarter of a millisecond is no step.
    const std::int64_t onset = 4813;
    CHECK(sharpest_corner(loud.left, onset - 50, onset + 12) <
          sharpest_corner(loud.left, onset + 12, onset + 4800));
  }
}

TEST_CASE("an open hat rings until the closed one cuts it off") {
  KitVoice voice(kRate, 0.5);
  const VoiceNote open = note_of(kOpenHat, 0.1, 0.1, 0.8f, kRate);
  VoiceNote closed = note_of(kHat, 0.2, 0.1, 0.8f, kRate);
  const Sound cut = sound_of(voice, {open, closed}, 1.0, kRate);
  KitVoice alone(kRate, 0.5);
  const Sound rings = sound_of(alone, {open}, 1.0, kRate);
  CHECK(difference_db(cut.part(0.1, 0.199, kRate), rings.part(0.1, 0.199, kRate)) < -80.0);
  CHECK(rms(cut.part(0.32, 0.4, kRate)) < 0.1 * rms(rings.part(0.32, 0.4, kRate)));
}

TEST_CASE("a clap is several hands") {
  const Sound clap = hit(kClap, 0.8f);
  // Between two hands it is softer than at each.
  const double first = rms(clap.part(0.1005, 0.104, kRate));
  const double gap = rms(clap.part(0.107, 0.1095, kRate));
  const double second = rms(clap.part(0.1115, 0.1145, kRate));
  CHECK(gap < first);
  CHECK(gap < second);
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
