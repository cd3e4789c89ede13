// SPDX-License-Identifier: MIT
// Engines that hear the end of the segment before.
#include <atomic>
#include <mutex>
#include <vector>

#include "base/error.h"
#include "session/session_fixture.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A tone that continues, and what it was told of each segment before.
struct Continuing {
  Continuing() {
    engine->edit_info().continues_previous = true;
    engine->edit_info().previous_seconds = 5.0;
    engine->before = [this](const plan::Brief& brief, engines::SegmentSink&) {
      const std::lock_guard guard(mutex);
      briefs.push_back(brief);
      return brief.index == failing ? internal_error("out of tune") : absl::OkStatus();
    };
  }
  std::vector<plan::Brief> told() {
    const std::lock_guard guard(mutex);
    return briefs;
  }

  const std::shared_ptr<ToneEngine> engine = std::make_shared<ToneEngine>();
  int failing = -1;
  std::mutex mutex;
  std::vector<plan::Brief> briefs;
};

plan::Request quick_request() {
  plan::Request request = tone_request(1);
  request.sample_rate = 16000;
  request.format = audio::AudioFormat::wav;
  return request;
}

/// The last `frames` of a segment.
audio::AudioBuffer end_of(session::Session& session, int index, std::int64_t frames) {
  const auto heard = session::open_heard(session, index);
  REQUIRE(heard.ok());
  audio::AudioBuffer end(2, frames, session.started_with().sample_rate);
  REQUIRE(heard->reader->read(heard->frames - frames, end.view()).value() == frames);
  return end;
}

}  // namespace

TEST_CASE("an engine that continues hears the end of the segment before, in order") {
  Continuing continuing;
  SECTION("its own") {}
  SECTION("also where another engine has played it") { continuing.failing = 1; }
  const auto service = open_service(3, continuing.engine);
  const auto session = service->start(quick_request());
  REQUIRE(all_ready(**session));
  const std::vector<plan::Brief> told = continuing.told();
  REQUIRE(static_cast<int>(told.size()) == (*session)->plan()->segment_count());
  CHECK(told[0].previous == nullptr);
  CHECK(told[0].session_id == (*session)->id());
  for (std::size_t k = 1; k < told.size(); ++k) {
    CHECK(told[k].index == static_cast<int>(k));
    REQUIRE(told[k].previous != nullptr);
    CHECK(told[k].previous->frames() == 5 * 16000);
    const audio::AudioBuffer end = end_of(**session, static_cast<int>(k) - 1, 5 * 16000);
    const audio::AudioBuffer& previous = *told[k].previous;
    CHECK(largest_difference(end.view(), previous.view()) == 0.0);
  }
}

TEST_CASE("the end of the segment before comes at the engine's own rate") {
  Continuing continuing;
  continuing.engine->own_rate = 8000;
  const auto service = open_service(1, continuing.engine);
  const auto session = service->start(quick_request());
  REQUIRE(all_ready(**session));
  const std::vector<plan::Brief> told = continuing.told();
  REQUIRE(told[1].previous != nullptr);
  CHECK(told[1].previous->sample_rate() == 8000);
  CHECK(told[1].previous->frames() == 5 * 8000);
}

TEST_CASE("where a listener has jumped ahead there is nothing to continue, and the rest follows",
          "[whole]") {
  Continuing continuing;
  std::atomic<bool> jumped{false};
  const auto tell = continuing.engine->before;
  continuing.engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index == 1 && !jumped && !sink.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return tell(brief, sink);
  };
  const auto service = open_service(2, continuing.engine);
  plan::Request request = quick_request();
  request.target_minutes = 3;
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(0).ok());
  const int listener = (*session)->audience().add(session::Listeners::Kind::offline);
  session::Hearing hearing;
  hearing.segment = 6;
  hearing.missing = 6;
  hearing.late = true;
  (*session)->audience().move(listener, hearing);
  REQUIRE((*session)->wait_ready(6).ok());
  jumped = true;
  REQUIRE(all_ready(**session));
  for (const plan::Brief& brief : continuing.told()) {
    CHECK((brief.previous == nullptr) == (brief.index == 0 || brief.index == 6));
  }
  (*session)->audience().remove(listener);
}
