// SPDX-License-Identifier: MIT
// Whatever goes wrong with an engine or a file, the music goes on: no stretch of more than 10 ms
// under -60 dBFS, no click, and an event that says what happened.
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include <absl/cleanup/cleanup.h>

#include "base/error.h"
#include "player/card.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 16000;  // that the machine has less to make
constexpr double kLongestHole = 0.010;

/// What studio plays may step further than the test's tones do, though never like a click.
constexpr float kLargestStep = 0.4f;

plan::Request quick_request() {
  plan::Request request = tone_request(1);
  request.sample_rate = kRate;
  request.fallback = TimedStudio::kKey;
  return request;
}

struct Part {
  /// How long before it is heard a segment is asked for at the latest: two seconds are mixed ahead,
  /// and a rescue begins four before that. What is lost is asked for at once.
  double asked_for_seconds = 6.0;
  int from = 8;  ///< by default over both joins
  int to = 44;
};
constexpr double kAtOnce = 1000.0;
/// What a segment takes to be made: more than the four seconds for which the music lasts if it is
/// asked for only where the mix needs it (two that are mixed ahead, two of the overlap).
constexpr double kWorkSeconds = 5.0;
/// Where music breaks off there are the two seconds that are mixed ahead.
constexpr double kMendSeconds = 1.5;

/// Plays a part of a session whose segments are made by `work`, and checks what was heard.
void plays_without_a_hole(
    const session::SessionUse& session, TimedWork& work, const Part& part = {},
    const std::function<void()>& once_playing = [] {}) {
  player::LiveSource source(session, kRate, kFeedInterval);
  source.seek(part.from * std::int64_t{kRate});
  Card card(source, kRate);
  card.keep_time_with(work, *session);
  REQUIRE(card.pull_until([&] { return source.position() > part.from * std::int64_t{kRate}; }));
  once_playing();
  const auto begun = static_cast<std::ptrdiff_t>(card.heard().size()) - 2 * 256;
  const auto is_pending = [&](int k) {
    return session->readiness(k) == session::Readiness::pending;
  };
  std::set<int> waited_for;
  REQUIRE(card.pull_until([&] {
    const double now = static_cast<double>(source.position()) / kRate;
    for (const int k : {1, 2}) {
      const double latest = session->plan()->start_seconds(k) - part.asked_for_seconds;
      if (now < latest || !is_pending(k) || !waited_for.insert(k).second) continue;
      // However long the machine takes to wake a thread. Where it is not asked for, that is heard.
      eventually([&] { return work.was_asked_for(k) || !is_pending(k); });
    }
    return now > part.to;
  }));
  const std::vector<float> music(card.heard().begin() + begun, card.heard().end());
  CHECK(longest_hole(music, kRate) < kLongestHole);
  CHECK(largest_step(music) < kLargestStep);
  CHECK(source.underruns() == 0);
}

session::ServiceOptions with_workers(int count) {
  session::ServiceOptions options;
  options.worker_count = count;
  return options;
}

/// A service with studio to stand in, in its time.
struct Stage {
  Stage(session::ServiceOptions options, const std::shared_ptr<ToneEngine>& engine,
        double stand_in_seconds = kWorkSeconds)
      : stand_in(std::make_shared<TimedStudio>(stand_in_seconds)),
        service(open_service(options, engine)) {
    REQUIRE(service->engines().add(stand_in).ok());
  }
  std::shared_ptr<TimedStudio> stand_in;
  std::shared_ptr<session::Service> service;
};

int count_events(session::Session& session, std::uint64_t cursor, session::EventType type) {
  int count = 0;
  while (const auto event = session.events().poll(cursor)) {
    count += event->type == type;
    if (event->type == type) CHECK_FALSE(event->message.empty());
  }
  return count;
}

}  // namespace

TEST_CASE("an engine that hangs is stood in for, segment by segment", "[files]") {
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> hangs{true};
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    while (hangs && brief.index > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return absl::OkStatus();
  };
  const Stage stage(with_workers(2), engine);
  const auto session = stage.service->start(quick_request());
  // However the test ends, its threads do.
  const absl::Cleanup lets_go = [&] { hangs = false; };
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, stage.stand_in->work());
  CHECK(count_events(**session, cursor, session::EventType::fallback) == 2);
  CHECK(played_by_fallback(**session, 1));
  CHECK(played_by_fallback(**session, 2));
  // What the engine delivers when it comes to itself changes nothing.
  const std::string path = path_of(**session, 1);
  const auto bytes = std::filesystem::file_size(path);
  hangs = false;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK(played_by_fallback(**session, 1));
  CHECK(std::filesystem::file_size(path) == bytes);
}

TEST_CASE("an engine that is late is stood in for only where it is late") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index == 1 && !sink.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const Stage stage(with_workers(1), engine);
  const auto session = stage.service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, stage.stand_in->work());
  CHECK(count_events(**session, cursor, session::EventType::fallback) == 1);
  CHECK(played_by_fallback(**session, 1));
  CHECK_FALSE(played_by_fallback(**session, 2));
}

TEST_CASE("an engine that fails is stood in for") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    return brief.index == 1 ? internal_error("out of tune") : absl::OkStatus();
  };
  const Stage stage(with_workers(2), engine);
  const auto session = stage.service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, stage.stand_in->work());
  CHECK(count_events(**session, cursor, session::EventType::fallback) == 1);
}

namespace {

/// A session whose segments are all there. What is lost of it is made again by its engine, in its
/// time, or where that is `late` by who stands in, who takes `stand_in_seconds`.
struct Made {
  explicit Made(double stand_in_seconds = kWorkSeconds)
      : stage(with_workers(2), engine, stand_in_seconds), session(start()) {}

  /// Keeps the first part of a segment's file.
  void cut(int index, int part) {
    const std::string path = path_of(*session, index);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / part);
  }
  /// Changes some bytes in the middle of a segment's file.
  void rot(int index) {
    const std::string path = path_of(*session, index);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
    file.write("rot", 3);
  }
  int troubles() {
    return count_events(*session, session.first_event(), session::EventType::trouble);
  }

  TimedWork work{kWorkSeconds};
  std::atomic<bool> late{false};
  std::shared_ptr<ToneEngine> engine = std::make_shared<ToneEngine>();
  Stage stage;
  session::SessionUse session;

 private:
  session::SessionUse start() {
    engine->before = [this](const plan::Brief& brief, engines::SegmentSink& sink) {
      while (late && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return work.begin(brief, sink);
    };
    auto started = stage.service->start(quick_request());
    REQUIRE(all_ready(**started));
    return *std::move(started);
  }
};

}  // namespace

TEST_CASE("files that are deleted under a player are made again", "[files]") {
  Made made;
  for (const int index : {1, 2}) std::filesystem::remove(path_of(*made.session, index));
  plays_without_a_hole(made.session, made.work, {kAtOnce});
  CHECK(made.troubles() == 2);
}

TEST_CASE("a file that has lost its end is made again long before it is heard", "[files]") {
  Made made;
  made.cut(1, 2);
  plays_without_a_hole(made.session, made.work, {kAtOnce});
  CHECK(made.troubles() == 1);
  CHECK_FALSE(played_by_fallback(*made.session, 1));
}

TEST_CASE("a file that has rotted is made again long before it is heard", "[files]") {
  Made made;
  made.rot(1);
  plays_without_a_hole(made.session, made.work, {kAtOnce});
  CHECK(made.troubles() == 1);
  CHECK_FALSE(played_by_fallback(*made.session, 1));
}

TEST_CASE("a file that breaks off while it plays is made again meanwhile", "[files]") {
  Made made(kMendSeconds);
  made.late = true;
  plays_without_a_hole(made.session, made.stage.stand_in->work(), {kAtOnce, 22, 33},
                       [&] { made.cut(1, 2); });
  CHECK(made.troubles() == 1);
  CHECK(played_by_fallback(*made.session, 1));
}

TEST_CASE("a file that breaks off at its head while it waits to be played is made again",
          "[files]") {
  Made made(kMendSeconds);
  made.late = true;
  plays_without_a_hole(made.session, made.stage.stand_in->work(), {kAtOnce, 12, 24},
                       [&] { made.cut(1, 40); });
  CHECK(made.troubles() == 1);
}

TEST_CASE("where the store keeps nothing more, the music is kept in memory until it was heard",
          "[files]") {
  const TempFolder folder;
  TimedWork work(kWorkSeconds);
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> heard{false};
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    if (brief.index == 0) return absl::OkStatus();
    while (!heard && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    // As good as a full disk: nothing can be written where the segments should go.
    if (brief.index == 1) std::filesystem::remove_all(folder / "data/sessions");
    return work.begin(brief, sink);
  };
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  const Stage stage(options, engine);
  const auto session = stage.service->start(quick_request());
  const std::uint64_t cursor = session->first_event();
  plays_without_a_hole(*session, work, {}, [&] { heard = true; });
  CHECK(count_events(**session, cursor, session::EventType::trouble) >= 2);
}
