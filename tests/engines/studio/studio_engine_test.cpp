// SPDX-License-Identifier: MIT
// What the engine promises its caller, whatever it plays.
#include "engines/studio/studio_engine.h"

#include <cmath>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "dsp/kernels.h"
#include "studio_support.h"

using namespace focus::test;

TEST_CASE("a segment is a pure function of its brief, on any thread and in any order") {
  const plan::Brief one = brief_for(plan::Goal::focus, plan::Intensity::high, 6.0);
  const plan::Brief other = brief_for(plan::Goal::sleep, plan::Intensity::low, 6.0);
  const CollectingSink first = play(one);
  CollectingSink again, elsewhere;
  std::thread a([&] { again = play(one); });
  std::thread b([&] { elsewhere = play(other); });
  a.join();
  b.join();
  CHECK(first.left == again.left);
  CHECK(first.right == again.right);
  CHECK(play(other).left == elsewhere.left);
  CHECK(first.left != elsewhere.left);
}

TEST_CASE("a segment is the same on a processor without wide vectors") {
  for (const plan::Goal goal : {plan::Goal::focus, plan::Goal::energize}) {
    const plan::Brief brief = brief_for(goal, plan::Intensity::high, 6.0);
    dsp::force_kernels(nullptr);
    const CollectingSink wide = play(brief);
    dsp::force_kernels(&dsp::baseline_kernels());
    const CollectingSink narrow = play(brief);
    dsp::force_kernels(nullptr);
    CHECK(wide.left == narrow.left);
    CHECK(wide.right == narrow.right);
  }
}

TEST_CASE("exactly the frames that were asked for are played") {
  for (const std::int64_t frames : {1, 127, 4096, 48'001}) {
    plan::Brief brief = brief_for(plan::Goal::relax, plan::Intensity::low, 1.0);
    brief.frames = frames;
    const CollectingSink sink = play(brief);
    CHECK(static_cast<std::int64_t>(sink.left.size()) == frames);
    CHECK(static_cast<std::int64_t>(sink.right.size()) == frames);
  }
}

TEST_CASE("a segment of 44.1 kHz is played as such") {
  plan::Brief brief =
      planned(request_for(plan::Goal::focus, plan::Intensity::medium), 3).brief(4, 44100);
  brief.frames = 5 * 44100;
  const CollectingSink sink = play(brief);
  CHECK(sink.left.size() == 5 * 44100);
  CHECK(rms(sink.left) > 0.01);
  brief.sample_rate = 12345;
  CollectingSink none;
  CHECK(field_of(engines::StudioEngine().generate(brief, none)) == "sample_rate");
}

TEST_CASE("a cancelled segment ends at once") {
  const plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::medium, 60.0);
  CollectingSink before(0), during(48'000);
  CHECK(is_cancelled(engines::StudioEngine().generate(brief, before)));
  CHECK(before.asked <= 1);
  CHECK(is_cancelled(engines::StudioEngine().generate(brief, during)));
  CHECK(during.left.size() < 48'000 + 8192);
}

TEST_CASE("at divergence 0 neighbours play the same music where they overlap") {
  for (const plan::Goal goal : kGoals) {
    plan::Request request = request_for(goal, plan::Intensity::high);
    request.segment_seconds = 40.0;
    const plan::Plan plan = planned(request, 11);
    const plan::Brief after = plan.brief(4, 48000);
    plan::Brief before = plan.brief(3, 48000);
    const std::int64_t seam = std::llround((after.start_seconds - before.start_seconds) * 48000.0);
    REQUIRE(before.frames - seam == after.overlap_in);
    plan::Brief head = after;
    head.frames = after.overlap_in;
    const CollectingSink a = play(before), b = play(head);
    std::vector<float> shared(a.left.begin() + seam, a.left.end()), difference(shared.size());
    for (std::size_t i = 0; i < shared.size(); ++i) difference[i] = shared[i] - b.left[i];
    const double db = 20.0 * std::log10((rms(difference) + 1e-12) / rms(shared));
    INFO(name_of(goal) << ": the difference is " << db << " dB");
    CHECK(db < -60.0);
  }
}

TEST_CASE("the session's very first sample comes out of silence") {
  plan::Brief brief =
      planned(request_for(plan::Goal::focus, plan::Intensity::medium), 2).brief(0, 48000);
  brief.frames = 96'000;
  const CollectingSink sink = play(brief);
  CHECK(std::fabs(sink.left.front()) < 1e-3f);
  CHECK(rms(sink.left) > 1e-3);
}
