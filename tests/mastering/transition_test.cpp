// SPDX-License-Identifier: MIT
#include "mastering/transition.h"

#include <catch2/catch.hpp>

#include "mastering/loudness.h"
#include "mastering/true_peak.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;
constexpr std::int64_t kOverlap = 8 * kRate;

/// Noise whose correlation with `noise(seconds, level, kRate, 1)` is `r`.
audio::AudioBuffer correlated_noise(double seconds, double level, double r) {
  audio::AudioBuffer result = noise(seconds, level, kRate, 1);
  const audio::AudioBuffer other = noise(seconds, level, kRate, 2);
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < result.frames(); ++i) {
      float& sample = result.view().channel(c)[i];
      sample = static_cast<float>(r * static_cast<double>(sample) +
                                  std::sqrt(1.0 - r * r) *
                                      static_cast<double>(other.view().channel(c)[i]));
    }
  }
  return result;
}

/// 8 s of the old one alone, the overlap, 8 s of the new one alone.
audio::AudioBuffer joined(const audio::AudioBuffer& old_one, const audio::AudioBuffer& new_one,
                          const mastering::Transition& transition) {
  const std::int64_t body = old_one.frames() - kOverlap;
  audio::AudioBuffer result(2, 2 * body + kOverlap, kRate);
  for (int c = 0; c < 2; ++c) {
    const float sign = transition.invert_new ? -1.0f : 1.0f;
    for (std::int64_t i = 0; i < body; ++i) {
      result.view().channel(c)[i] = old_one.view().channel(c)[i];
      result.view().channel(c)[body + kOverlap + i] =
          sign * new_one.view().channel(c)[kOverlap + i];
    }
  }
  transition.mix_crossfade(old_one.view().subview(body, kOverlap),
                           new_one.view().subview(0, kOverlap), 0,
                           result.view().subview(body, kOverlap));
  return result;
}

}  // namespace

TEST_CASE("the loudness stays within 0.5 LU of the bodies whatever the correlation") {
  for (const double r : {0.9, 0.5, 0.0, -0.25, -0.6, -0.9}) {
    CAPTURE(r);
    const audio::AudioBuffer old_one = noise(16.0, -25.0, kRate, 1);
    audio::AudioBuffer new_one(2, old_one.frames(), kRate);
    // The new one's head is what sounds with the old one's tail.
    const audio::AudioBuffer made = correlated_noise(16.0, -25.0, r);
    for (int c = 0; c < 2; ++c) {
      for (std::int64_t i = 0; i < kOverlap; ++i) {
        new_one.view().channel(c)[i] = made.view().channel(c)[kOverlap + i];
        new_one.view().channel(c)[kOverlap + i] = made.view().channel(c)[i];
      }
    }
    const mastering::Transition transition =
        mastering::find_transition(old_one.view().subview(kOverlap, kOverlap),
                                   new_one.view().subview(0, kOverlap), kRate, -1.0);
    CHECK(transition.curve == mastering::CrossfadeCurve::loudness_held);
    CHECK(transition.correlation == Approx(r).margin(0.02));
    CHECK(transition.invert_new == (r < -0.3));
    CHECK(transition.trim.empty());
    const audio::AudioBuffer mix = joined(old_one, new_one, transition);
    auto meter = mastering::LoudnessMeter::create(2, kRate);
    REQUIRE(meter.ok());
    meter->add(mix.view());
    const mastering::LoudnessCurve curve = meter->curve();
    const double body = meter->integrated_lufs();
    for (std::size_t i = 40; i < curve.momentary_lufs.size(); ++i) {
      CHECK(static_cast<double>(curve.short_term_lufs[i]) == Approx(body).margin(0.5));
    }
  }
}

TEST_CASE("between unlike levels the loudness moves one way, without hole or bump") {
  const audio::AudioBuffer loud = noise(8.0, -20.0, kRate, 1);
  const audio::AudioBuffer quiet = noise(8.0, -32.0, kRate, 2);
  const mastering::Transition transition =
      mastering::find_transition(loud.view(), quiet.view(), kRate, -1.0);
  audio::AudioBuffer mix(2, kOverlap, kRate);
  transition.mix_crossfade(loud.view(), quiet.view(), 0, mix.view());
  double before = rms(mix.view().subview(0, kRate / 2));
  for (std::int64_t at = kRate / 2; at < kOverlap; at += kRate / 2) {
    const double now = rms(mix.view().subview(at, kRate / 2));
    CHECK(now < before * 1.03);
    before = now;
  }
  CHECK(to_db(before) == Approx(-32.0).margin(0.5));
}

TEST_CASE("the same piece goes on untouched: a pure tone shows no residual") {
  const audio::AudioBuffer tone = sine(8.0, 997.0, -6.0, kRate);
  const mastering::Transition transition =
      mastering::find_transition(tone.view(), tone.view(), kRate, -1.0);
  CHECK(transition.curve == mastering::CrossfadeCurve::same_piece);
  CHECK(transition.trim.empty());
  CHECK_FALSE(transition.invert_new);
  audio::AudioBuffer mix(2, kOverlap, kRate);
  transition.mix_crossfade(tone.view(), tone.view(), 0, mix.view());
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < kOverlap; ++i) {
      mix.view().channel(c)[i] -= tone.view().channel(c)[i];
    }
  }
  CHECK(to_db(rms(mix.view())) - to_db(rms(tone.view())) < -120.0);
}

TEST_CASE("a piece that goes on at another gain follows the gains' own curve to -100 dB") {
  const audio::AudioBuffer a = pad(8.0, -12.0, kRate);
  audio::AudioBuffer b = a;
  const double gain = of_db(1.5);
  for (int c = 0; c < 2; ++c) {
    for (float& sample : b.samples(c)) sample *= static_cast<float>(gain);
  }
  const mastering::Transition transition =
      mastering::find_transition(a.view(), b.view(), kRate, -1.0);
  CHECK(transition.curve == mastering::CrossfadeCurve::same_piece);
  audio::AudioBuffer mix(2, kOverlap, kRate);
  transition.mix_crossfade(a.view(), b.view(), 0, mix.view());
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < kOverlap; ++i) {
      const double u = (static_cast<double>(i) + 0.5) / kOverlap;
      const double p = 0.5 - 0.5 * std::cos(std::numbers::pi * u);
      mix.view().channel(c)[i] -=
          static_cast<float>((1.0 - p + p * gain) * static_cast<double>(a.view().channel(c)[i]));
    }
  }
  CHECK(to_db(rms(mix.view())) - to_db(rms(a.view())) < -100.0);
}

TEST_CASE("two sides that hold the ceiling hold it together, and the ends stay as they are") {
  // Tones of unlike pitch meet in phase again and again; noise meets by chance.
  audio::AudioBuffer tones[] = {sine(8.0, 440.0, -1.05, kRate), sine(8.0, 663.0, -1.05, kRate)};
  audio::AudioBuffer noises[] = {noise(8.0, -13.0, kRate, 1), noise(8.0, -13.0, kRate, 2)};
  for (auto* pair : {tones, noises}) {
    for (const auto curve :
         {std::optional<mastering::CrossfadeCurve>(),
          std::optional<mastering::CrossfadeCurve>(mastering::CrossfadeCurve::equal_power)}) {
      for (int side = 0; side < 2; ++side) {
        const auto peak = mastering::true_peak(pair[side].view(), CancelToken());
        REQUIRE(peak.ok());
        for (int c = 0; c < 2; ++c) {
          for (float& sample : pair[side].samples(c)) {
            sample *= static_cast<float>(of_db(-1.02) / *peak);
          }
        }
      }
      const mastering::Transition transition =
          mastering::find_transition(pair[0].view(), pair[1].view(), kRate, -1.0, curve);
      audio::AudioBuffer mix(2, kOverlap, kRate);
      transition.mix_crossfade(pair[0].view(), pair[1].view(), 0, mix.view());
      // Within the overlap: its cut ends are no part of the sum.
      const auto peak = mastering::true_peak(mix.view().subview(8, kOverlap - 16), CancelToken());
      REQUIRE(peak.ok());
      CHECK(to_db(*peak) < -0.99);
      // The noise never meets at its very peaks; the tones do.
      if (pair == tones) REQUIRE_FALSE(transition.trim.empty());
      if (transition.trim.empty()) continue;
      CHECK(transition.trim.front() == 1.0f);
      CHECK(transition.trim.back() == 1.0f);
      CHECK(transition.deepest_trim_db > 0.0);
      CHECK(transition.deepest_trim_db < 6.5);
      for (std::size_t i = 1; i < transition.trim.size(); ++i) {
        CHECK(std::abs(transition.trim[i] - transition.trim[i - 1]) < 0.05f);
      }
    }
  }
}

TEST_CASE("the samples are the same however the overlap is cut") {
  const audio::AudioBuffer a = noise(1.0, -6.0, kRate, 1);
  const audio::AudioBuffer b = noise(1.0, -6.0, kRate, 2);
  const mastering::Transition transition =
      mastering::find_transition(a.view(), b.view(), kRate, -1.0);
  audio::AudioBuffer whole(2, kRate, kRate);
  transition.mix_crossfade(a.view(), b.view(), 0, whole.view());
  for (const std::int64_t size : {1, 64, 441, 4096}) {
    audio::AudioBuffer parts(2, kRate, kRate);
    for (std::int64_t at = 0; at < kRate; at += size) {
      const std::int64_t count = std::min<std::int64_t>(size, kRate - at);
      transition.mix_crossfade(a.view().subview(at, count), b.view().subview(at, count), at,
                               parts.view().subview(at, count));
    }
    CHECK(largest_difference(whole.view(), parts.view()) == 0.0);
  }
}

TEST_CASE("every curve begins with the old one and ends with the new one") {
  const audio::AudioBuffer a = noise(1.0, -26.0, kRate, 1);
  const audio::AudioBuffer b = noise(1.0, -22.0, kRate, 2);
  for (const mastering::CrossfadeCurve curve :
       {mastering::CrossfadeCurve::equal_power, mastering::CrossfadeCurve::equal_gain,
        mastering::CrossfadeCurve::loudness_held, mastering::CrossfadeCurve::same_piece}) {
    const mastering::Transition transition =
        mastering::find_transition(a.view(), b.view(), kRate, -1.0, curve);
    CHECK(transition.curve == curve);
    CHECK_FALSE(name_of(curve).empty());
    CHECK(transition.gains_at(0.0).out == Approx(1.0).margin(1e-6));
    CHECK(transition.gains_at(0.0).in == Approx(0.0).margin(1e-6));
    CHECK(transition.gains_at(1.0).out == Approx(0.0).margin(1e-6));
    CHECK(transition.gains_at(1.0).in == Approx(1.0).margin(1e-6));
    CHECK(transition.gains_at(-1.0).out == transition.gains_at(0.0).out);
  }
}

TEST_CASE("silence on either side, and overlaps of next to nothing, are no trouble") {
  const audio::AudioBuffer silence(2, kRate, kRate);
  const audio::AudioBuffer music = pad(1.0, -12.0, kRate);
  CHECK(mastering::find_transition(silence.view(), music.view(), kRate, -1.0).curve ==
        mastering::CrossfadeCurve::equal_power);
  CHECK(mastering::find_transition(music.view(), silence.view(), kRate, -1.0).curve ==
        mastering::CrossfadeCurve::equal_power);
  const mastering::Transition forced = mastering::find_transition(
      silence.view(), silence.view(), kRate, -1.0, mastering::CrossfadeCurve::loudness_held);
  CHECK(std::isfinite(forced.gains_at(0.5).in));
  for (const std::int64_t frames : {0, 1, 5, 12, 480}) {
    const auto a = music.view().subview(1000, frames);
    const auto b = music.view().subview(9000, frames);
    const mastering::Transition transition = mastering::find_transition(a, b, kRate, -40.0);
    audio::AudioBuffer mix(2, frames, kRate);
    transition.mix_crossfade(a, b, 0, mix.view());
    for (const float sample : mix.samples(0)) CHECK(std::isfinite(sample));
  }
}

TEST_CASE("between known bodies the level is followed, with the polarity that was found") {
  const audio::AudioBuffer old_one = noise(8.0, -25.0, kRate, 1);
  audio::AudioBuffer new_one = noise(8.0, -25.0, kRate, 2);
  for (int c = 0; c < 2; ++c) {  // an entry that swells by 9 dB over four seconds
    for (std::int64_t i = 0; i < 4 * kRate; ++i) {
      new_one.view().channel(c)[i] *=
          static_cast<float>(of_db(-9.0 * (1.0 - static_cast<double>(i) / (4.0 * kRate))));
    }
  }
  const auto body = mastering::measure_loudness(old_one.view(), kRate);
  REQUIRE(body.ok());
  const double energy = mastering::energy_of_lufs(body->integrated_lufs);
  for (const bool inverted : {false, true}) {
    const mastering::Transition transition =
        mastering::find_transition(old_one.view(), new_one.view(), kRate, -1.0,
                                   mastering::BodySettings{{energy, energy}, inverted});
    CHECK(transition.curve == mastering::CrossfadeCurve::loudness_held);
    CHECK(transition.invert_new == inverted);
    CHECK_FALSE(transition.level.empty());
    CHECK(transition.gains_at(0.0).out == Approx(1.0).margin(1e-6));
    CHECK(transition.gains_at(1.0).in == Approx(inverted ? -1.0 : 1.0).margin(1e-6));
    audio::AudioBuffer mix(2, kOverlap, kRate);
    transition.mix_crossfade(old_one.view(), new_one.view(), 0, mix.view());
    for (std::int64_t at = 0; at + kRate <= kOverlap; at += kRate) {
      CHECK(to_db(rms(mix.view().subview(at, kRate))) == Approx(-25.0).margin(0.6));
    }
  }
}

TEST_CASE("the same tone in two files goes on with nothing but itself, also in turned polarity") {
  const audio::AudioBuffer tone = sine(8.0, 440.0, -20.0, kRate);
  audio::AudioBuffer turned = tone;
  for (int c = 0; c < 2; ++c) {
    for (float& sample : turned.samples(c)) sample = -sample;
  }
  for (const bool inverted : {false, true}) {
    const mastering::Transition transition =
        mastering::find_transition(tone.view(), inverted ? turned.view() : tone.view(), kRate, -1.0,
                                   mastering::BodySettings{{0.01, 0.01}, inverted});
    CHECK(transition.curve == mastering::CrossfadeCurve::same_piece);
    audio::AudioBuffer mix(2, kOverlap, kRate);
    transition.mix_crossfade(tone.view(), inverted ? turned.view() : tone.view(), 0, mix.view());
    CHECK(largest_difference(mix.view(), tone.view()) < 1e-6);
  }
}
