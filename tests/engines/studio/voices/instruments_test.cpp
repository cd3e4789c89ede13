// SPDX-License-Identifier: MIT
#include "engines/studio/voices/instruments.h"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "dsp/math.h"
#include "mastering/loudness.h"
#include "support/spectrum.h"
#include "voice_support.h"

using namespace focus::test;
using namespace focus::core;

namespace {

std::vector<plan::Instrument> all_instruments() {
  std::vector<plan::Instrument> all;
  for (int i = 0; i < plan::kInstrumentCount; ++i) all.push_back(static_cast<plan::Instrument>(i));
  return all;
}

bool is_sustained(plan::Instrument instrument) {
  constexpr std::array kSustained = {plan::Instrument::strings,  plan::Instrument::choir,
                                     plan::Instrument::organ,    plan::Instrument::flute,
                                     plan::Instrument::cello,    plan::Instrument::brass,
                                     plan::Instrument::saxophone};
  return std::count(kSustained.begin(), kSustained.end(), instrument) > 0;
}

bool is_struck(plan::Instrument instrument) {
  return !is_sustained(instrument) && instrument != plan::Instrument::electric_piano;
}

Sound tone(plan::Instrument instrument, const VoiceNote& note, double seconds,
           const Touch& touch = {}) {
  return sound_of(*make_voice(instrument, kVoiceRate, touch), {note}, seconds);
}

/// Where the middle of a tone's first moment lies, leaving out what no ear hears.
double attack_centroid(const Sound& sound) {
  const Spectrum spectrum(sound.part(0.0, 0.15), kVoiceRate);
  return spectrum.centroid(40.0);
}

}  // namespace

TEST_CASE("every instrument sounds at the pitch asked for, and not below") {
  for (const plan::Instrument instrument : all_instruments()) {
    for (const int pitch : {45, 57, 66, 75, 84}) {
      const double hertz = dsp::hertz_of_pitch(pitch);
      const Sound sound = tone(instrument, note_of(pitch, 0.0, 2.0), 1.6);
      const Spectrum spectrum(sound.part(0.1, 1.6), kVoiceRate);
      INFO(name_of(instrument) << ", pitch " << pitch);
      CHECK(std::fabs(cents_between(spectrum.strongest(0.3 * hertz, 1.5 * hertz), hertz)) < 10.0);
      CHECK(spectrum.power(20.0, 0.7 * hertz) < 1e-4 * spectrum.power());
      CHECK(spectrum.power(0.9 * hertz, 1.1 * hertz) > 0.1 * spectrum.power());
    }
  }
}

TEST_CASE("every tone is finite, without offset, and the same on both sides when it is amidst") {
  for (const plan::Instrument instrument : all_instruments()) {
    for (const int pitch : {36, 60, 96}) {
      const Sound sound = tone(instrument, note_of(pitch, 0.0, 1.0, 1.0f), 2.0);
      INFO(name_of(instrument) << ", pitch " << pitch);
      REQUIRE(all_finite(sound.left));
      CHECK(peak(sound.left) > 0.05);
      CHECK(peak(sound.left) < 4.0);
      // The electric piano's tremolo wanders between the sides.
      if (instrument != plan::Instrument::electric_piano) CHECK(sound.left == sound.right);
      CHECK(std::fabs(mean(sound.left)) < 1e-2 * rms(sound.left));
    }
    VoiceNote note = note_of(60, 0.0, 1.0);
    note.pan = 0.7f;
    const Sound sound = tone(instrument, note, 1.0);
    CHECK(rms(sound.right) > 2.0 * rms(sound.left));
  }
}

TEST_CASE("a tone comes and goes without a click") {
  for (const plan::Instrument instrument : all_instruments()) {
    for (const double attack : {0.0, 0.25}) {
      VoiceNote note = note_of(64, 0.0, 1.0, 0.9f);
      note.onset += 12'007;  // on no grid
      note.release += 12'007;
      const Sound sound = tone(instrument, note, 10.0, {.attack_seconds = attack});
      INFO(name_of(instrument) << ", attack " << attack);
      const double loudest =
          sharpest_corner(sound.left, note.onset + 48, note.onset + kVoiceRate / 2);
      CHECK(sharpest_corner(sound.left, note.onset - 200, note.onset + 24) < loudest);
      const double before = sharpest_corner(sound.left, note.release - 2400, note.release - 24);
      CHECK(sharpest_corner(sound.left, note.release - 24, note.release + 240) <= 1.3 * before);
      // Where it ends there is no step.
      std::size_t end = sound.left.size();
      while (end > 0 && sound.left[end - 1] == 0.0f) --end;
      REQUIRE(end < sound.left.size());
      CHECK(peak(std::span(sound.left).subspan(end - 4, 4)) < 3e-3 * peak(sound.left));
    }
  }
}

TEST_CASE("a harder touch is louder and brighter") {
  for (const plan::Instrument instrument : all_instruments()) {
    for (const int pitch : {52, 69}) {
      double last_level = 0.0, last_centroid = 0.0;
      for (const float velocity : {0.2f, 0.45f, 0.7f, 0.95f}) {
        const Sound sound = tone(instrument, note_of(pitch, 0.0, 1.0, velocity), 1.0);
        const double level = rms(sound.left);
        const double centroid = attack_centroid(sound);
        INFO(name_of(instrument) << ", pitch " << pitch << ", velocity " << velocity);
        CHECK(level > 1.15 * last_level);
        CHECK(centroid > 1.001 * last_centroid);
        last_level = level;
        last_centroid = centroid;
      }
    }
  }
}

TEST_CASE("a brighter hand is brighter on every instrument") {
  for (const plan::Instrument instrument : all_instruments()) {
    double last = 0.0;
    for (const double brightness : {0.1, 0.4, 0.7}) {
      const Sound sound = tone(instrument, note_of(62, 0.0, 1.0), 1.0, {.brightness = brightness});
      const double centroid = attack_centroid(sound);
      INFO(name_of(instrument) << ", brightness " << brightness);
      CHECK(centroid > 1.001 * last);
      last = centroid;
    }
  }
}

TEST_CASE("the same phrase is about as loud on every instrument") {
  double softest = 0.0, loudest = -100.0;
  std::string levels;
  for (const plan::Instrument instrument : all_instruments()) {
    std::vector<VoiceNote> phrase;
    for (const int pitch : {60, 64, 67, 72, 71, 67, 65, 62}) {
      phrase.push_back(note_of(pitch, 0.5 * static_cast<double>(phrase.size()), 0.55));
    }
    const auto voice = make_voice(instrument, kVoiceRate, {});
    const Sound sound = sound_of(*voice, phrase, 4.5);
    const float* channels[] = {sound.left.data(), sound.right.data()};
    const auto frames = static_cast<std::int64_t>(sound.left.size());
    const auto loudness =
        mastering::measure_loudness(audio::ConstAudioView(channels, 2, frames), kVoiceRate);
    REQUIRE(loudness.ok());
    levels += std::string(name_of(instrument)) + ' ' + std::to_string(loudness->integrated_lufs) +
              " LUFS\n";
    softest = std::min(softest, loudness->integrated_lufs);
    loudest = std::max(loudest, loudness->integrated_lufs);
  }
  INFO(levels);
  CHECK(loudest - softest < 6.0);
}

namespace {

/// The last frame that is not silent.
std::int64_t last_frame(const Sound& sound) {
  std::size_t end = sound.left.size();
  while (end > 0 && sound.left[end - 1] == 0.0f) --end;
  return static_cast<std::int64_t>(end) - 1;
}

/// How far a tone that was entered in its midst is from the whole one, at worst, in dB.
double worst_entry_db(plan::Instrument instrument) {
  double worst = -200.0;
  for (const int pitch : {48, 79}) {
    const VoiceNote note = note_of(pitch, 0.1, 2.0);
    const Sound whole = tone(instrument, note, 2.0);
    for (const double entered : {0.4, 1.2}) {
      if (on_grid(entered) > last_frame(whole)) continue;  // it has died away by then
      const auto voice = make_voice(instrument, kVoiceRate, {});
      const Sound late = sound_of(*voice, {note}, on_grid(entered), on_grid(2.0));
      const auto settled = static_cast<std::size_t>(0.05 * kVoiceRate);
      const auto from = static_cast<std::size_t>(on_grid(entered)) + settled;
      worst = std::max(worst, difference_db(std::span(whole.left).subspan(from),
                                            std::span(late.left).subspan(settled)));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("a tone entered in its midst is the tone") {
  for (const plan::Instrument instrument : all_instruments()) {
    INFO(name_of(instrument));
    CHECK(worst_entry_db(instrument) < (is_struck(instrument) ? -70.0 : -80.0));
  }
}

TEST_CASE("a tone that is let go dies away in its time, and a touch that damps shortens it") {
  for (const plan::Instrument instrument : all_instruments()) {
    const Sound sound = tone(instrument, note_of(60, 0.0, 1.0), 10.0);
    const double held = rms(sound.part(0.5, 1.0));
    INFO(name_of(instrument));
    CHECK(rms(sound.part(3.0, 3.5)) < 0.5 * held);
    CHECK(peak(sound.part(9.0, 10.0)) == 0.0);
    if (is_sustained(instrument)) {
      CHECK(rms(sound.part(2.0, 2.5)) == 0.0);
      CHECK(rms(tone(instrument, note_of(60, 0.0, 3.0), 3.0).part(2.0, 3.0)) > 0.7 * held);
    } else {
      const Sound damped = tone(instrument, note_of(60, 0.0, 1.0), 2.0, {.ring = 0.4});
      const double from = instrument == plan::Instrument::muted_guitar ? 0.2 : 1.5;
      CHECK(rms(damped.part(from, 2.0)) < 0.7 * rms(sound.part(from, 2.0)));
    }
  }
}

namespace {

/// The strongest line between two frequencies, in dB of the whole.
double strongest_line_db(const Spectrum& spectrum, double low, double high) {
  const double line = spectrum.strongest(low, high);
  return 10.0 * std::log10((spectrum.power(line - 3.0, line + 3.0) + 1e-30) / spectrum.power());
}

}  // namespace

TEST_CASE("high tones leave the top of the band free, and fold nothing back from it") {
  for (const plan::Instrument instrument : all_instruments()) {
    for (const int pitch : {81, 88}) {
      const double hertz = dsp::hertz_of_pitch(pitch);
      const Sound sound =
          tone(instrument, note_of(pitch, 0.0, 2.0, 0.9f), 1.5, {.brightness = 0.9});
      const Spectrum spectrum(sound.part(0.3, 1.5), kVoiceRate);
      INFO(name_of(instrument) << ", pitch " << pitch);
      // Breath and touch are noise, and may be there. What is folded back is a line.
      CHECK(strongest_line_db(spectrum, 0.45 * kVoiceRate, 0.5 * kVoiceRate) < -60.0);
      CHECK(strongest_line_db(spectrum, 20.0, 0.8 * hertz) < -45.0);
      CHECK(spectrum.db_above(0.45 * kVoiceRate) < -40.0);
      CHECK(spectrum.power(20.0, 0.8 * hertz) < 1e-3 * spectrum.power());
    }
  }
}

TEST_CASE("a run of many notes stays whole when the oldest make room") {
  for (const plan::Instrument instrument : all_instruments()) {
    std::vector<VoiceNote> run;
    for (int i = 0; i < 40; ++i) run.push_back(note_of(60 + 5 * i % 12, 0.11 * i, 0.2));
    const auto voice = make_voice(instrument, kVoiceRate, {});
    const Sound sound = sound_of(*voice, run, 5.0);
    INFO(name_of(instrument));
    REQUIRE(all_finite(sound.left));
    CHECK(peak(sound.left) < 4.0);
    CHECK(rms(sound.part(4.0, 4.4)) > 0.5 * rms(sound.part(0.5, 1.0)));
  }
}
