// SPDX-License-Identifier: MIT
// What becomes of the options of a request on a segment's road from the engine to the store.
#include <array>
#include <cmath>
#include <vector>

#include "engines/scenery.h"
#include "mastering/ending_fade.h"
#include "mastering/loudness.h"
#include "plan/planner.h"
#include "session/session_fixture.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Quick to make: few samples, kept as they are.
plan::Request quick_request(int minutes) {
  plan::Request request = tone_request(minutes);
  request.segment_seconds = 60.0;
  request.sample_rate = 8000;
  request.format = audio::AudioFormat::wav;
  return request;
}

/// The tone as it sounds at 48000 Hz: modulation leaves the bass alone.
class HighTone final : public engines::MusicEngine {
 public:
  const engines::EngineInfo& info() const override { return tone_.info(); }
  absl::Status generate(const plan::Brief& brief, engines::SegmentSink& sink) const override {
    plan::Brief high = brief;
    high.key.tonic = 12 * (48000 / brief.sample_rate - 1);
    return tone_.generate(high, sink);
  }

 private:
  ToneEngine tone_;
};

std::vector<audio::AudioBuffer> segments_of(const plan::Request& request) {
  const auto service = open_service(1, nullptr);
  REQUIRE(service->engines().add(std::make_shared<HighTone>()).ok());
  const auto session = service->start(request);
  REQUIRE(session.ok());
  REQUIRE(all_ready(**session));
  std::vector<audio::AudioBuffer> segments;
  for (int k = 0; k < (*session)->plan()->segment_count(); ++k) {
    const auto reader = (*session)->open_segment(k);
    REQUIRE(reader.ok());
    audio::AudioBuffer& audio = segments.emplace_back(2, (*reader)->frames(), request.sample_rate);
    REQUIRE((*reader)->read(0, audio.view()).value() == audio.frames());
  }
  return segments;
}

double loudness_of(const audio::AudioBuffer& audio) {
  auto meter = mastering::LoudnessMeter::create(2, audio.sample_rate()).value();
  meter.add(audio.view());
  return meter.integrated_lufs();
}

}  // namespace

TEST_CASE("a fade longer than a segment is one fade through all that it touches") {
  plan::Request request = quick_request(4);
  const auto plain = segments_of(request);
  request.ending_seconds = 100.0;
  const auto faded = segments_of(request);
  const plan::Plan plan = plan::planned(request, *request.seed);
  REQUIRE(faded.size() == plain.size());
  const int rate = request.sample_rate;
  const double fade_start = 140.0 * rate;
  const std::int64_t usual_fade = 232 * std::int64_t{rate};  // where the goal's own would begin
  for (std::size_t k = 0; k < faded.size(); ++k) {
    const std::int64_t start = plan.start_frame(static_cast<int>(k), rate);
    REQUIRE(faded[k].frames() == plain[k].frames());
    for (std::int64_t i = 0; i < faded[k].frames() && start + i < usual_fade; i += 997) {
      const double u = (static_cast<double>(start + i) + 1.0 - fade_start) / (100.0 * rate);
      const double gain = mastering::ending_fade_gain(u);
      const auto at = static_cast<std::size_t>(i);
      REQUIRE(faded[k].samples(0)[at] == Approx(gain * plain[k].samples(0)[at]).margin(1e-6));
    }
  }
  CHECK(faded.back().samples(0).back() == 0.0f);
}

TEST_CASE("work is modulated, breaks are not, and without depth nothing changes", "[whole]") {
  plan::Request request = quick_request(7);
  request.work_minutes = 5;
  request.break_minutes = 1;
  const auto plain = segments_of(request);
  request.modulation_depth = 0.6;
  const auto modulated = segments_of(request);
  const plan::Plan plan = plan::planned(request, *request.seed);
  REQUIRE(modulated.size() == plain.size());
  int breaks = 0;
  for (std::size_t k = 0; k < plain.size(); ++k) {
    const double difference = largest_difference(plain[k].view(), modulated[k].view());
    if (plan.phase(static_cast<int>(k)) == plan::Phase::break_) {
      CHECK(difference == 0.0);
      ++breaks;
    } else {
      CHECK(difference > 0.05);
    }
  }
  CHECK(breaks == 1);
}

TEST_CASE("an engine is told of the stems and of the phase", "[whole]") {
  const auto engine = std::make_shared<ToneEngine>();
  std::array<std::atomic<int>, plan::kPhaseCount> told{};
  std::atomic<bool> levels{true};
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    ++told[static_cast<std::size_t>(brief.phase)];
    if (brief.level_db(plan::Stem::bass) != -9.0) levels = false;
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  plan::Request request = quick_request(7);
  request.work_minutes = 5;
  request.break_minutes = 1;
  request.stem_db[static_cast<std::size_t>(plan::Stem::bass)] = -9.0;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  CHECK(told[0] == 6);
  CHECK(told[1] == 1);
  CHECK(levels);
}

TEST_CASE("scenes lie under the music, which keeps its target") {
  plan::Request request = quick_request(2);
  request.scenes = "brown=0";
  if (!engines::check_scenes(request).ok()) return;  // in a small build
  request.scenes.clear();
  const auto plain = segments_of(request);
  request.scenes = "brown=0";
  const auto laid = segments_of(request);
  REQUIRE(laid.size() == plain.size());
  for (std::size_t k = 0; k < laid.size(); ++k) {
    CAPTURE(k);
    REQUIRE(laid[k].frames() == plain[k].frames());
    double both = 0.0, music = 0.0;
    for (std::int64_t i = 0; i < laid[k].frames(); ++i) {
      const float x = plain[k].view().channel(0)[i], y = laid[k].view().channel(0)[i];
      both += static_cast<double>(x * y);
      music += static_cast<double>(x * x);
    }
    // The music is in it, softer by what the scene has taken of the loudness.
    const double share = both / music;
    CHECK(share > 0.55);
    CHECK(share < 0.85);
    CHECK(loudness_of(laid[k]) == Approx(loudness_of(plain[k])).margin(0.15));
  }
}

TEST_CASE("a programme moves the loudness of the segments") {
  plan::Request request = quick_request(4);
  const auto plain = segments_of(request);
  request.programme = "1 -8:";
  const auto sinking = segments_of(request);
  REQUIRE(sinking.size() == plain.size());
  CHECK(loudness_of(sinking[0]) == Approx(loudness_of(plain[0])).margin(0.6));
  CHECK(loudness_of(sinking[2]) == Approx(loudness_of(plain[2]) - 8.0).margin(0.15));
}
