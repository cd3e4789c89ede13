// SPDX-License-Identifier: MIT
// Whatever goes wrong with an engine or a file, the music goes on: no stretch of more than 10 ms
// under -60 dBFS, no click, and an event that says what happened.
#include <filesystem>
#include <functional>

#include "player/card.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 16000;  // that the machine can follow a fast sound card
constexpr double kLongestHole = 0.010;

/// What studio plays may step further than the test's tones do, though never like a click.
constexpr float kLargestStep = 0.2f;

Request quick_request() {
  Request request = tone_request(1);
  request.sample_rate = kRate;
  return request;
}

struct Part {
  double lead = 4.3;  ///< seconds of music in which a segment has to be made
  int from = 14;      ///< by default over both joins
  int to = 44;
};

/// Plays a part of a session and checks what was heard.
void plays_without_a_hole(
    const SessionUse& session, double speed, const Part& part = {},
    const std::function<void()>& once_playing = [] {}) {
  LiveSource source(session, kRate);
  source.seek(part.from * std::int64_t{kRate});
  Card card(source, speed, kRate);
  REQUIRE(card.pull_until(PlayerState::playing));
  once_playing();
  const auto begun = static_cast<std::ptrdiff_t>(card.heard().size()) - 2 * 256;
  REQUIRE(card.pull_until([&] { return source.position() > part.to * std::int64_t{kRate}; }));
  const std::vector<float> music(card.heard().begin() + begun, card.heard().end());
  CHECK(longest_hole(music, kRate) < kLongestHole);
  CHECK(largest_step(music) < kLargestStep);
  CHECK(source.underruns() == 0);
}

double speed_for(const Part& part) { return affordable_speed(part.lead, 20.0, 12.0); }

int count_events(Session& session, std::uint64_t cursor, EventType type) {
  int count = 0;
  while (const auto event = session.events().poll(cursor)) {
    count += event->type == type;
    if (event->type == type) CHECK_FALSE(event->message.empty());
  }
  return count;
}

}  // namespace

TEST_CASE("an engine that hangs is stood in for, segment by segment", "[files]") {
  const double speed = speed_for({});
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> hangs{true};
  engine->before = [&](const Brief& brief, SegmentSink&) {
    while (hangs && brief.index > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed);
  CHECK(count_events(**session, cursor, EventType::fallback) == 2);
  CHECK((*session)->played_by_fallback(1));
  CHECK((*session)->played_by_fallback(2));
  // What the engine delivers when it comes to itself changes nothing.
  const std::string path = (*session)->path_of(1);
  const auto bytes = std::filesystem::file_size(path);
  hangs = false;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK((*session)->played_by_fallback(1));
  CHECK(std::filesystem::file_size(path) == bytes);
}

TEST_CASE("an engine that is late is stood in for only where it is late") {
  const double speed = speed_for({});
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const Brief& brief, SegmentSink& sink) {
    // The second segment takes longer than the first one lasts at this speed.
    for (int ms = 0; brief.index == 1 && ms < 3000 && !sink.cancelled(); ++ms) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed);
  CHECK(count_events(**session, cursor, EventType::fallback) == 1);
  CHECK((*session)->played_by_fallback(1));
  CHECK_FALSE((*session)->played_by_fallback(2));
}

TEST_CASE("an engine that fails is stood in for") {
  const double speed = speed_for({});
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const Brief& brief, SegmentSink&) {
    return brief.index == 1 ? absl::InternalError("out of tune") : absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed);
  CHECK(count_events(**session, cursor, EventType::fallback) == 1);
}

TEST_CASE("files that are deleted under a player are made again", "[files]") {
  const double speed = speed_for({});
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(quick_request());
  REQUIRE(all_ready(**session));
  for (const int index : {1, 2}) std::filesystem::remove((*session)->path_of(index));
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed);
  CHECK(count_events(**session, cursor, EventType::trouble) == 2);
}

TEST_CASE("a file that breaks off is made again while it plays", "[files]") {
  const Part part{2.0, 27, 33};  // what is mixed ahead
  const double speed = speed_for(part);
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(quick_request());
  REQUIRE(all_ready(**session));
  const std::string path = (*session)->path_of(1);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed, part);
  CHECK(count_events(**session, cursor, EventType::trouble) >= 1);
}

TEST_CASE("a file that is broken from its head on is made again before it is heard", "[files]") {
  const Part part{2.0, 14, 24};
  const double speed = speed_for(part);
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(quick_request());
  REQUIRE(all_ready(**session));
  const std::string path = (*session)->path_of(1);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 40);
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed, part);
  CHECK(count_events(**session, cursor, EventType::trouble) >= 1);
}

TEST_CASE("where the store keeps nothing more, the music is kept in memory until it was heard",
          "[files]") {
  const double speed = speed_for({});
  const TempFolder folder;
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> heard{false};
  engine->before = [&](const Brief& brief, SegmentSink& sink) {
    if (brief.index == 0) return absl::OkStatus();
    while (!heard && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    // As good as a full disk: nothing can be written where the segments should go.
    if (brief.index == 1) std::filesystem::remove_all(folder / "data/sessions");
    return absl::OkStatus();
  };
  ServiceOptions options;
  options.storage = Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  const auto service = open_service(options, engine);
  const auto session = service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, speed, {}, [&] { heard = true; });
  CHECK(count_events(**session, cursor, EventType::trouble) >= 2);
}
