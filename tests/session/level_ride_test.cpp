// SPDX-License-Identifier: MIT
#include "session/level_ride.h"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

plan::Brief brief_at(double start, double seconds, const char* programme) {
  plan::Brief brief;
  brief.start_seconds = start;
  brief.frames = static_cast<std::int64_t>(seconds * brief.sample_rate);
  brief.scenes.steps = plan::read_programme(programme).value();
  return brief;
}

audio::AudioBuffer ridden(const plan::Brief& brief) {
  audio::AudioBuffer audio(audio::kChannels, brief.frames, brief.sample_rate);
  for (int c = 0; c < audio::kChannels; ++c)
    std::fill_n(audio.view().channel(c), audio.frames(), 1.0f);
  session::ride_level(brief, audio.view());
  return audio;
}

double db(float gain) { return 20.0 * std::log10(static_cast<double>(gain)); }

}  // namespace

TEST_CASE("level ride: the level follows the programme about the segment's mean") {
  const auto audio = ridden(brief_at(600.0, 120.0, "10/2 +6:"));
  const double rise =
      db(audio.view().channel(1)[audio.frames() - 1]) - db(audio.view().channel(0)[0]);
  CHECK(rise == Approx(6.0).margin(0.01));
  double power = 0.0;
  for (const float x : audio.samples(0)) power += static_cast<double>(x * x);
  CHECK(power / static_cast<double>(audio.frames()) == Approx(1.0).margin(0.001));
}

TEST_CASE("level ride: neighbours follow one curve") {
  constexpr const char* kProgramme = "10/4 +8:";
  const auto first = ridden(brief_at(600.0, 120.0, kProgramme));
  const auto next_brief = brief_at(720.0, 120.0, kProgramme);
  const auto next = ridden(next_brief);
  // Mastering brings each to its target, which differs by the means.
  const double means =
      next_brief.scenes.mean_level_db(720.0, 840.0) - next_brief.scenes.mean_level_db(600.0, 720.0);
  CHECK(db(next.view().channel(0)[0]) + means ==
        Approx(db(first.view().channel(0)[first.frames() - 1])).margin(0.01));
}

TEST_CASE("level ride: without levels the samples stay as they are") {
  const auto audio = ridden(brief_at(600.0, 30.0, "10/2: rain"));
  CHECK(std::all_of(audio.samples(0).begin(), audio.samples(0).end(),
                    [](float x) { return x == 1.0f; }));
}
