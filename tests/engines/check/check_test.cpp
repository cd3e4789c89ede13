// SPDX-License-Identifier: MIT
#include "engines/check/check.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "base/cancel.h"
#include "base/error.h"
#include "base/random.h"
#include "engines/studio/studio_engine.h"

using namespace focus::core;

namespace {

constexpr std::int64_t kBlock = 8192;

/// Plays a tone that the brief decides, as it should; what is wrong with it is planted by its flaw.
struct Flaw {
  bool is_short = false;
  bool is_silent = false;
  bool is_loud = false;
  bool is_offset = false;
  bool has_nan = false;
  bool clicks = false;
  bool pads = false;
  bool pauses = false;
  bool is_random = false;
  bool ignores_seed = false;
  bool ignores_cancel = false;
  bool shares_state = false;
  bool fails = false;
  bool fails_in_sleep = false;
  bool throws = false;
  bool ignores_previous = false;
  bool needs_retries = false;
};

class PlantedEngine final : public engines::MusicEngine {
 public:
  explicit PlantedEngine(Flaw flaw = {}) : flaw_(flaw) {
    info_.key = "planted";
    info_.display_name = "Planted";
    info_.version = "1";
    info_.max_duration_seconds = 30;
    info_.concurrency = 2;
    info_.expected_speed = 100.0;
  }

  engines::EngineInfo& settings() { return info_; }
  const engines::EngineInfo& info() const override { return info_; }
  int playing_rate(int) const override { return 8000; }
  int retry_count() const override { return flaw_.needs_retries ? 7 + 2 * calls_ : 7; }

  absl::Status generate(const plan::Brief& brief, engines::SegmentSink& sink) const override {
    ++calls_;
    if (flaw_.throws) throw std::runtime_error("no weights");
    if (flaw_.fails) return engine_error("no model is loaded");
    if (flaw_.fails_in_sleep && brief.goal == plan::Goal::sleep) return engine_error("too quiet");
    Random random(brief.segment_seed());
    if (flaw_.ignores_seed) random = Random(1);
    if (flaw_.is_random) random = Random(static_cast<std::uint64_t>(calls_));
    if (info_.continues_previous && brief.previous && !flaw_.ignores_previous) {
      random = random.fork(static_cast<std::uint64_t>(
          1e6F * (brief.previous->samples(0)[0] - brief.previous->samples(0).back()) + 1e7F));
    }
    const double hz = random.uniform(100.0, 400.0);
    const int together = ++under_way_;
    const absl::Status status = play(brief, flaw_.shares_state ? hz * together : hz, sink);
    --under_way_;
    return status;
  }

 private:
  absl::Status play(const plan::Brief& brief, double hz, engines::SegmentSink& sink) const {
    audio::AudioBuffer block(2, kBlock, brief.sample_rate);
    const std::int64_t frames = brief.frames - (flaw_.is_short ? 1 : 0);
    for (std::int64_t at = 0; at < frames; at += kBlock) {
      if (flaw_.ignores_cancel || flaw_.shares_state) {
        std::this_thread::sleep_for(std::chrono::milliseconds(flaw_.ignores_cancel ? 8 : 3));
      }
      if (sink.cancelled() && !flaw_.ignores_cancel) return cancelled_error();
      const std::int64_t count = std::min(kBlock, frames - at);
      for (std::int64_t i = 0; i < count; ++i) {
        const float sample = at_frame(at + i, brief, hz);
        for (int c = 0; c < 2; ++c) block.samples(c)[static_cast<std::size_t>(i)] = sample;
      }
      sink.write(std::as_const(block).view().subview(0, count));
    }
    return absl::OkStatus();
  }

  float at_frame(std::int64_t frame, const plan::Brief& brief, double hz) const {
    if (flaw_.is_silent || (flaw_.pads && frame > brief.frames / 2)) return 0.0F;
    const std::int64_t second = frame / brief.sample_rate;
    if (flaw_.pauses && second >= 8 && second < 12) return 0.0F;
    if (flaw_.has_nan && frame == 500) return std::numeric_limits<float>::quiet_NaN();
    const double angle = 2.0 * M_PI * hz * static_cast<double>(frame) / brief.sample_rate;
    double sample = 0.2 * (flaw_.clicks ? std::cos(angle / 20.0) : std::sin(angle));
    if (flaw_.is_loud) sample *= 32768.0;
    if (flaw_.is_offset) sample += 0.3 * std::min(1.0, static_cast<double>(frame) / 1000.0);
    return static_cast<float>(sample);
  }

  const Flaw flaw_;
  engines::EngineInfo info_;
  mutable std::atomic<int> calls_{0};
  mutable std::atomic<int> under_way_{0};
};

std::vector<engines::CheckResult> check(const engines::MusicEngine& engine, bool quick = true) {
  engines::CheckSettings settings;
  settings.quick = quick;
  auto results = engines::check_engine(engine, settings);
  REQUIRE(results.ok());
  return *results;
}

const engines::CheckResult* find(const std::vector<engines::CheckResult>& results,
                                 const std::string& name) {
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const engines::CheckResult& result) {
        return result.name.find(name) != std::string::npos;
      });
  return found == results.end() ? nullptr : &*found;
}

/// The names of what fails.
std::string failures(const std::vector<engines::CheckResult>& results) {
  std::string names;
  for (const engines::CheckResult& result : results) {
    if (result.verdict == engines::Verdict::fails) names += result.name + "; ";
  }
  return names;
}

std::string failures_with(const Flaw& flaw) { return failures(check(PlantedEngine(flaw))); }

Flaw flaw(bool Flaw::*which) {
  Flaw planted;
  planted.*which = true;
  return planted;
}

}  // namespace

TEST_CASE("an engine without a flaw passes every check, quick or whole") {
  for (const bool quick : {true, false}) {
    const auto results = check(PlantedEngine(), quick);
    CHECK(failures(results).empty());
    for (const engines::CheckResult& result : results) {
      INFO(result.name);
      CHECK(result.seconds >= 0.0);
      CHECK_FALSE(result.name.empty());
    }
    CHECK((find(results, "long segment") != nullptr) == !quick);
    CHECK(find(results, "speed")->verdict == engines::Verdict::note);
  }
}

TEST_CASE("the built-in engine passes the quick check") {
  const auto results = check(engines::StudioEngine());
  for (const engines::CheckResult& result : results) {
    INFO(result.name << ": " << result.detail);
    CHECK(result.verdict != engines::Verdict::fails);
    CHECK(result.verdict != engines::Verdict::skipped);
  }
}

TEST_CASE("each flaw of an engine fails the check that is about it, and no other") {
  CHECK(failures_with(flaw(&Flaw::is_silent)).find("it is heard") != std::string::npos);
  CHECK(failures_with(flaw(&Flaw::has_nan)) == "every sample is a finite number; ");
  CHECK(failures_with(flaw(&Flaw::is_loud)).find("its peaks are within reason") !=
        std::string::npos);
  CHECK(failures_with(flaw(&Flaw::is_offset)) == "it has no offset; ");
  CHECK(failures_with(flaw(&Flaw::clicks)) == "a session begins without a click; ");
  CHECK(failures_with(flaw(&Flaw::pads)) == "it plays to its last frame; ");
  CHECK(failures_with(flaw(&Flaw::pauses)) == "a session takes what it plays; ");
  CHECK(failures_with(flaw(&Flaw::is_random)) == "the same brief gives the same samples; ");
  CHECK(failures_with(flaw(&Flaw::ignores_seed)) == "another seed gives other music; ");
  CHECK(failures_with(flaw(&Flaw::ignores_cancel)) ==
        "a segment that is wanted no more is given up; ");
  CHECK(failures_with(flaw(&Flaw::fails_in_sleep)) == "every goal and intensity is played; ");
  CHECK(failures_with(flaw(&Flaw::shares_state)) == "several at a time play as each alone; ");
}

TEST_CASE("what fails says by how much, and what to do") {
  const auto results = check(PlantedEngine(flaw(&Flaw::fails_in_sleep)));
  CHECK(find(results, "every goal")->detail == "sleep at intensity medium: it failed: too quiet");
}

TEST_CASE("a pause of seconds is told before a session meets it") {
  const auto results = check(PlantedEngine(flaw(&Flaw::pauses)));
  CHECK(find(results, "a session takes")->detail ==
        "a segment is silent (under -60 dBFS) for 4.0 s from 8.0 s on; the fallback would play it "
        "instead");
}

TEST_CASE("an engine that plays no whole segment is not asked for more") {
  const auto too_short = check(PlantedEngine(flaw(&Flaw::is_short)));
  CHECK(failures(too_short) == "a segment of 20 s is delivered whole; ");
  CHECK(too_short[1].detail.find("frames; write as many as the brief's `frames`") !=
        std::string::npos);
  CHECK(too_short.back().verdict == engines::Verdict::skipped);
  const auto failing = check(PlantedEngine(flaw(&Flaw::fails)));
  CHECK(failing[1].detail == "it failed: no model is loaded");
  const auto throwing = check(PlantedEngine(flaw(&Flaw::throws)));
  CHECK(throwing[1].detail == "it failed: it threw: no weights");
}

TEST_CASE("a licence that is overstated fails") {
  PlantedEngine engine;
  engine.settings().licence_class = engines::LicenceClass::personal_only;
  engine.settings().commercial_use = true;
  CHECK(failures(check(engine)) == "what it says of itself is consistent; ");
}

TEST_CASE("an engine that needs its retries plays well, and that is noted") {
  const auto results = check(PlantedEngine(flaw(&Flaw::needs_retries)));
  CHECK(failures(results).empty());
  const engines::CheckResult* retries = find(results, "at the first try");
  REQUIRE(retries != nullptr);
  CHECK(retries->verdict == engines::Verdict::note);
  CHECK(retries->detail.find("calls failed and had to be made again") != std::string::npos);
  CHECK(find(check(PlantedEngine()), "at the first try") == nullptr);
}

TEST_CASE("an engine that continues the segment before has to listen to it") {
  for (const bool ignores : {false, true}) {
    Flaw planted;
    planted.ignores_previous = ignores;
    PlantedEngine engine(planted);
    engine.settings().continues_previous = true;
    engine.settings().previous_seconds = 2.0;
    const auto results = check(engine);
    CHECK(failures(results) == (ignores ? "it continues the end of the segment before; " : ""));
    CHECK(find(results, "same brief")->verdict == engines::Verdict::skipped);
  }
}

TEST_CASE("the callback that takes the results may end the check") {
  int taken = 0;
  engines::CheckSettings settings;
  settings.take = [&](const engines::CheckResult&) { return ++taken < 3; };
  CHECK(is_cancelled(engines::check_engine(PlantedEngine(), settings).status()));
  CHECK(taken == 3);
}
