// SPDX-License-Identifier: MIT
#include "plan/wording.h"

#include <catch2/catch.hpp>

#include "plan/planner.h"

using namespace focus::core;

TEST_CASE("a leaning is told as a listener would say it") {
  plan::PromptLeaning leaning;
  CHECK(plan::describe(leaning).empty());
  leaning.tempo = -0.5;
  leaning.brightness = -0.9;
  leaning.density = 0.2;
  leaning.of(plan::Scenery::rain) = 0.9;
  leaning.of(plan::Instrument::electric_piano) = 0.5;
  leaning.of(plan::Instrument::organ) = -1.0;
  leaning.of(plan::Stem::percussion) = -1.0;
  leaning.of(plan::Stem::bass) = -0.5;
  CHECK(
      plan::describe(leaning) ==
      "slower, much darker and a little busier, with rain and electric piano, less bass, no organ "
      "and no percussion");
}

TEST_CASE("what pushes did is told in their order") {
  const plan::Push pushes[] = {plan::push::bright(-0.2), plan::push::energy(0.0),
                               plan::push::plays(plan::Instrument::harp, 0.4),
                               plan::push::part(plan::Stem::bass, -1.0),
                               plan::push::around(plan::Scenery::fire, -0.5)};
  CHECK(plan::effect_of(pushes) == "darker, plays harp, no bass, less fire");
  CHECK(plan::effect_of({}).empty());
}

TEST_CASE("a sentence says why a segment sounds as it does") {
  plan::Request request;
  request.target_minutes = 60;
  const plan::Plan plan = plan::planned(request, 3);
  const plan::Brief first = plan.brief(0, 48000);
  const std::string opening = why(first);
  CAPTURE(opening);
  CHECK(opening.starts_with("Focus at medium intensity: "));
  CHECK(opening.find(" bpm in " + plan::describe(first.key) + ", movement A, opening.") !=
        std::string::npos);
  CHECK(why(plan.brief(12, 48000)).find("carries on what was played before") != std::string::npos);

  request.divergence = 1.0;
  CHECK(why(plan::planned(request, 3).brief(1, 48000)).find("everything is drawn anew") !=
        std::string::npos);
  request.divergence = 0.2;
  const plan::Plan varied = plan::planned(request, 3);
  int told = 0;
  for (int k = 1; k < varied.segment_count(); ++k) {
    const plan::Brief brief = varied.brief(k, 48000);
    const bool motif = why(brief).find("motif") != std::string::npos;
    CHECK(motif == (brief.drawn(plan::Decision::motif) == k));
    told += motif;
  }
  CHECK(told > 0);
}

TEST_CASE("a prompt's part in a segment is told") {
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = "dark piano in d dorian at 60 bpm";
  request.target_minutes = 10;
  CHECK(why(plan::planned(request, 3).brief(0, 48000)) ==
        "Focus at medium intensity, as the prompt was read: 60 bpm in D dorian, movement A, "
        "opening; at 60 bpm, "
        "darker, with piano.");
}

TEST_CASE("a break is told as one, and not as the prompt's doing") {
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = "fast techno";
  request.target_minutes = 60;
  request.work_minutes = 20;
  request.break_minutes = 5;
  const plan::Plan plan = plan::planned(request, 3);
  int breaks = 0;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 48000);
    const std::string text = why(brief);
    CAPTURE(text);
    const bool told = text.starts_with("Relax at low intensity, for a break: ");
    CHECK(told == (brief.phase == plan::Phase::break_));
    breaks += told;
  }
  CHECK(breaks > 0);
}

TEST_CASE("a segment of scenes tells which are heard") {
  plan::Brief brief;
  brief.start_seconds = 60.0;
  brief.frames = 120 * 48000;
  plan::SceneProgramme heard;
  heard.opening = plan::read_scenes("rain_tent, train=-9").value();
  CHECK(plan::why_scenes(brief, {}).empty());
  CHECK(plan::why_scenes(brief, heard) == "Scenes: rain_tent=0, train=-9.");
  heard.steps = plan::read_programme("2: sea; 2.5 +3:; 4: birds").value();
  CHECK(plan::why_scenes(brief, heard) == "Scenes: rain_tent=0, train=-9, then sea=0.");
  brief.start_seconds = 125.0;
  CHECK(plan::why_scenes(brief, heard) ==
        "Scenes: rain_tent=0, train=-9, then sea=0, then birds=0.");
}
