// SPDX-License-Identifier: MIT
// Sessions that are deleted, or expire; their tracks stay.
#include <filesystem>
#include <set>
#include <thread>

#include "audio/file.h"
#include "base/error.h"
#include "delivery/promotion.h"
#include "delivery/segment_bytes.h"
#include "session/session_fixture.h"
#include "store/store_fixture.h"
#include "support/child.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

session::ServiceOptions in_folder(const std::string& path) {
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = path;
  options.worker_count = 1;
  return options;
}

plan::Steering to_relax() {
  plan::Steering steering;
  steering.goal = plan::Goal::relax;
  return steering;
}

}  // namespace

TEST_CASE("a session that is deleted is gone, and who holds it sees that it was ended", "[files]") {
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
    const auto session = service->start(tone_request(2));
    REQUIRE((*session)->wait_ready(1).ok());
    const std::string id = (*session)->id();
    const std::string path = path_of(**session, 0);
    const auto reader = (*session)->open_segment(0);
    const auto audio = delivery::segment_bytes(**session, 0);
    const std::string content = content_of(**audio);
    const auto track = delivery::promote_segment(*service, **session, 0, "");
    REQUIRE(track.ok());

    REQUIRE(service->delete_session(id).ok());
    const session::SessionView view = service->view(**session);
    CHECK(view.status == session::SessionStatus::ended);
    CHECK(view.ready_count == 0);
    CHECK_FALSE(view.segments[0] != nullptr);
    CHECK((*session)->work().pending(9).empty());
    CHECK((*session)->readiness(0) == session::Readiness::never);
    CHECK(is_not_found((*session)->open_segment(0).status()));
    CHECK(is_not_found((*session)->wait_ready(0)));
    CHECK(is_not_found(delivery::segment_bytes(**session, 1).status()));
    CHECK(is_not_found(delivery::promote_segment(*service, **session, 1, "").status()));
    CHECK_FALSE((*session)->steer(to_relax()).ok());
    CHECK((*session)->end().ok());
    CHECK(read_all(**reader).frames() == (*reader)->frames());
    CHECK(content_of(**audio) == content);
    CHECK(content_of(**service->store().tracks().open(track->track.id)) == content);

    CHECK(service->store().sessions().ids()->empty());
    if (!path.empty()) CHECK_FALSE(fs::exists(fs::path(path).parent_path()));
    for (const absl::Status& status :
         {service->open_session(id).status(), service->delete_session(id)}) {
      CHECK(is_not_found(status));
      CHECK(field_of(status) == "session_id");
    }
  }
}

TEST_CASE("deleting gives up the work that is under way") {
  std::atomic<bool> begun{false};
  std::atomic<bool> given_up{false};
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    if (brief.index != 1) return absl::OkStatus();
    begun = true;
    while (!sink.cancelled()) std::this_thread::yield();
    given_up = true;
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE(eventually([&] { return begun.load(); }));
  REQUIRE(service->delete_session((*session)->id()).ok());
  CHECK(eventually([&] { return given_up.load(); }));
  CHECK((*session)->view().ready_count == 0);
  const auto next = service->start(tone_request(1));
  CHECK((*next)->wait_ready(0).ok());
}

TEST_CASE("tracks survive the deletion of their session and a restart", "[files]") {
  const TempFolder folder;
  std::string id;
  std::string content;
  {
    const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
    {
      const auto session = service->start(tone_request(1), {"org_1", "alice"});
      REQUIRE((*session)->wait_ready(0).ok());
      const auto promoted = delivery::promote_segment(*service, **session, 0, "");
      REQUIRE(promoted.ok());
      id = promoted->track.id;
      content = content_of(**service->store().tracks().open(promoted->track.id));
    }
    REQUIRE(service->delete_session(service->store().sessions().ids()->front()).ok());
  }
  const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
  CHECK(service->store().sessions().ids()->empty());
  const auto track = service->store().tracks().find(id);
  REQUIRE(track.ok());
  CHECK(track->caller == "alice");
  CHECK(content_of(**service->store().tracks().open(track->id)) == content);
  CHECK(audio::read_audio_file(track->path, {})->frames() == track->frames);
}

TEST_CASE("sessions that nobody uses expire after their last change, and leave their tracks") {
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    ManualClock clock;
    session::ServiceOptions options;
    options.storage = storage;
    options.clock = &clock;
    const auto service = open_service(options, std::make_shared<ToneEngine>());
    const std::int64_t start = clock.unix_seconds();
    std::string old_id;
    store::TrackRecord track;
    {
      const auto old = service->start(tone_request(1));
      old_id = (*old)->id();
      REQUIRE(all_ready(**old));
      track = delivery::promote_segment(*service, **old, 0, "")->track;
    }
    clock.advance(100);
    std::string steered_id;
    {
      const auto steered = service->start(tone_request(1));
      steered_id = (*steered)->id();
      REQUIRE((*steered)->wait_ready(0).ok());
      clock.advance(100);
      REQUIRE((*steered)->steer(to_relax(), 5.0).ok());
      REQUIRE(all_ready(**steered));
    }
    const auto used = service->start(tone_request(1));
    CHECK(service->delete_expired(start).value() == 0);
    CHECK(service->delete_expired(start + 150).value() == 1);
    CHECK(is_not_found(service->open_session(old_id).status()));
    CHECK(service->store().sessions().find(steered_id).ok());
    clock.advance(1000);
    CHECK(service->delete_expired(start + 1000).value() == 1);
    CHECK(is_not_found(service->open_session(steered_id).status()));
    CHECK(service->store().sessions().ids().value() == std::vector<std::string>{(*used)->id()});
    CHECK((*used)->wait_ready(0).ok());
    CHECK((*service->store().tracks().open(track.id))->size() == track.bytes);
  }
}

TEST_CASE("a segment that becomes ready keeps its session from expiring") {
  ManualClock clock;
  std::atomic<bool> go{false};
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index == 1 && !go && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  session::ServiceOptions options;
  options.clock = &clock;
  options.worker_count = 1;
  const auto service = open_service(options, engine);
  const std::int64_t start = clock.unix_seconds();
  {
    const auto session = service->start(tone_request(1));
    REQUIRE((*session)->wait_ready(0).ok());
    clock.advance(500);
    go = true;
    REQUIRE(all_ready(**session));
  }
  CHECK(service->delete_expired(start + 500).value() == 0);
  CHECK(service->delete_expired(start + 501).value() == 1);
}

TEST_CASE("deleting while others open and promote leaves nothing that is half there") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  for (int round = 0; round < 5; ++round) {
    const auto session = service->start(tone_request(1));
    REQUIRE((*session)->wait_ready(0).ok());
    const std::string id = (*session)->id();
    std::atomic<int> wrong{0};
    std::vector<std::thread> others;
    for (int k = 0; k < 3; ++k) {
      others.emplace_back([&] {
        for (int i = 0; i < 20; ++i) {
          const auto use = service->open_session(id);
          wrong += !use.ok() && !is_not_found(use.status());
          if (!use.ok()) continue;
          const auto track = delivery::promote_segment(*service, **use, 0, "");
          wrong += !track.ok() && !is_not_found(track.status());
        }
      });
    }
    CHECK(service->delete_session(id).ok());
    for (std::thread& other : others) other.join();
    CHECK(wrong == 0);
    CHECK(is_not_found(service->open_session(id).status()));
  }
  const auto tracks = service->store().tracks().list();
  CHECK(tracks->size() <= 5);
  for (const store::TrackRecord& track : *tracks) {
    CHECK((*service->store().tracks().open(track.id))->size() == track.bytes);
  }
}

TEST_CASE("killed while it deletes and promotes, folders and catalogue agree", "[files]") {
  const TempFolder folder;
  for (const int milliseconds : {60, 150, 260, 420}) {
    REQUIRE(is_killed_at_work(std::chrono::milliseconds(milliseconds), [&] {
      auto service = session::Service::open(in_folder(folder / "data"));
      if (!service.ok()) return 3;
      if (!(*service)->engines().add(std::make_shared<ToneEngine>()).ok()) return 4;
      while (true) {
        const auto session = (*service)->start(tone_request(1));
        if (!session.ok() || !(*session)->wait_ready(0).ok()) return 5;
        if (!delivery::promote_segment(**service, **session, 0, "").ok()) return 6;
        if (!(*service)->delete_session((*session)->id()).ok()) return 7;
      }
    }));

    const auto service = open_service(in_folder(folder / "data"), std::make_shared<ToneEngine>());
    const auto ids = service->store().sessions().ids();
    REQUIRE(ids.ok());
    const std::set<std::string> expected(ids->begin(), ids->end());
    for (const auto& entry : fs::directory_iterator(folder / "data/sessions")) {
      // A session that was about to begin may leave its folder, which is empty.
      if (!expected.contains(entry.path().filename().string())) CHECK(fs::is_empty(entry));
    }
    std::set<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder / "data/tracks")) {
      files.insert(entry.path().string());
    }
    const auto tracks = service->store().tracks().list();
    REQUIRE(tracks.ok());
    for (const store::TrackRecord& track : *tracks) {
      CHECK(files.erase(track.path) == 1);
      CHECK(audio::read_audio_file(track.path, {})->frames() == track.frames);
    }
    CHECK(files.empty());
  }
}
