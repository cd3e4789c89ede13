// SPDX-License-Identifier: MIT
// Studio at tempi that no goal has by itself.
#include "mastering/tempo.h"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "engines/studio/score/midi.h"
#include "score/score_support.h"
#include "studio_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr double kTempi[] = {30.0, 60.0, 120.0, 240.0};

plan::Plan plan_at(double bpm, plan::Goal goal, plan::Intensity intensity) {
  plan::Request request = request_for(goal, intensity, 10);
  request.tempo_bpm = bpm;
  request.segment_seconds = 30.0;
  return plan::planned(request, 11);
}

/// Microseconds a beat, as the first event of the score says.
std::int64_t beat_in_score(const std::string& midi) {
  const std::size_t at = midi.find(std::string("\xFF\x51\x03", 3));
  REQUIRE(at != std::string::npos);
  std::int64_t value = 0;
  for (std::size_t i = at + 3; i < at + 6; ++i) {
    value = value * 256 + static_cast<unsigned char>(midi.at(i));
  }
  return value;
}

}  // namespace

TEST_CASE("every goal plays at any tempo, finite and as long as asked") {
  for (const plan::Goal goal : kGoals) {
    for (const double bpm : kTempi) {
      CAPTURE(name_of(goal), bpm);
      const plan::Plan plan = plan_at(bpm, goal, plan::Intensity::medium);
      plan::Brief brief = plan.brief(6, 48000);
      brief.frames = 16 * 48000;  // two bars at least
      const CollectingSink sink = play(brief);
      REQUIRE(static_cast<std::int64_t>(sink.left.size()) == brief.frames);
      REQUIRE(static_cast<std::int64_t>(sink.right.size()) == brief.frames);
      for (const auto* side : {&sink.left, &sink.right}) {
        REQUIRE(std::all_of(side->begin(), side->end(),
                            [](float x) { return std::isfinite(x) && std::abs(x) < 4.0f; }));
      }
      // Neither nearly silent nor a wall.
      CHECK(rms(sink.left) > 0.01);
      CHECK(rms(sink.left) < 0.4);
    }
  }
}

TEST_CASE("the score has the tempo that was asked for") {
  for (const plan::Goal goal : kGoals) {
    for (const double bpm : kTempi) {
      CAPTURE(name_of(goal), bpm);
      const plan::Brief brief = plan_at(bpm, goal, plan::Intensity::high).brief(5, 48000);
      CHECK(beat_in_score(score_as_midi_file(brief)) == std::llround(60e6 / bpm));
      // Chords begin on bar lines, whatever lasts how long.
      const auto chords = chords_of(notes_of(brief));
      REQUIRE_FALSE(chords.empty());
      for (const PadChord& chord : chords) {
        const double bar = chord.beat / 4.0;
        REQUIRE(std::abs(bar - std::round(bar)) < 0.05);
      }
    }
  }
}

TEST_CASE("what is heard has the tempo that was asked for, in half or double time") {
  for (const double bpm : {60.0, 90.0, 120.0, 160.0, 240.0}) {
    CAPTURE(bpm);
    const plan::Brief brief =
        plan_at(bpm, plan::Goal::energize, plan::Intensity::high).brief(6, 48000);
    const CollectingSink sink = play(brief);
    const float* channels[] = {sink.left.data(), sink.right.data()};
    const mastering::Tempo tempo =
        mastering::find_tempo(audio::ConstAudioView(channels, 2, brief.frames), 48000);
    REQUIRE(tempo.known());
    const double octaves = std::log2(tempo.bpm() / bpm);
    CHECK(std::abs(octaves - std::round(octaves)) < 0.01);
  }
}

TEST_CASE("beyond the tempi of the goals a minute holds no more notes, and no fewer") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      CAPTURE(name_of(goal), name_of(intensity));
      const double slow = notes_per_minute(plan_at(30.0, goal, intensity).brief(8, 48000));
      const double fast = notes_per_minute(plan_at(240.0, goal, intensity).brief(8, 48000));
      const double fastest_of_old =
          notes_per_minute(plan_at(180.0, goal, intensity).brief(8, 48000));
      CHECK(slow >= 4.0);
      CHECK(fast <= 1.5 * fastest_of_old + 10.0);
    }
  }
}
