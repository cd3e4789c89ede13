// SPDX-License-Identifier: MIT
// Nothing ready is lost: sessions that outlive their service, and processes that are killed.
#include <cmath>
#include <unistd.h>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "session/session_fixture.h"
#include "store/database.h"
#include "support/child.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

session::ServiceOptions in_folder(const std::string& path) {
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = path;
  options.worker_count = 1;
  return options;
}

}  // namespace

TEST_CASE("a session is opened again with its ready segments and goes on, the same", "[files]") {
  const TempFolder folder;
  std::string id;
  std::vector<store::SegmentRecord> before;
  {
    const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
    plan::Request request = tone_request(2, 5);
    request.look_ahead = 1;
    request.ending_seconds = 50.0;
    request.modulation_depth = 0.5;
    const auto session = service->start(request);
    REQUIRE((*session)->wait_ready(1).ok());
    id = (*session)->id();
  }
  const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
  CHECK(service->store().sessions().ids().value() == std::vector<std::string>{id});
  const auto session = service->open_session(id);
  REQUIRE(session.ok());
  CHECK((*session)->view().ready_count == 2);
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {5});
  REQUIRE((*session)->wait_ready(5).ok());

  const auto whole = open_service(in_folder(folder / "b"), std::make_shared<ToneEngine>());
  plan::Request request = tone_request(2, 5);
  request.ending_seconds = 50.0;
  request.modulation_depth = 0.5;
  const auto uncut = whole->start(request);
  REQUIRE(all_ready(**uncut));
  for (const int k : {0, 1, 5}) {
    const auto one = audio::read_audio_file(path_of(**session, k), {});
    const auto other = audio::read_audio_file(path_of(**uncut, k), {});
    REQUIRE(one->frames() == other->frames());
    CHECK(std::equal(one->samples(0).begin(), one->samples(0).end(), other->samples(0).begin()));
  }
}

TEST_CASE("a session that was steered is opened again as it was steered", "[files]") {
  const TempFolder folder;
  std::string id;
  std::vector<std::string> briefs;
  const auto describe = [](const plan::Plan& plan) {
    std::vector<std::string> all;
    for (int k = 0; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, kToneRate);
      all.push_back(absl::StrCat(plan.start_frame(k, kToneRate), " ", plan.end_frame(k, kToneRate),
                                 " ", brief.frames, " ", std::string(name_of(brief.character)), " ",
                                 brief.tempo_bpm, " ", brief.prompt));
    }
    return all;
  };
  {
    const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
    const auto session = service->start(tone_request(2));
    REQUIRE(all_ready(**session));
    plan::Steering words;
    words.custom_prompt = "slow cello";
    words.target_minutes = 3;
    REQUIRE((*session)->steer(words, 33.0).ok());
    plan::Steering relax;
    relax.goal = plan::Goal::relax;
    relax.divergence = 0.9;
    REQUIRE((*session)->steer(relax, 80.0).ok());
    CHECK((*session)->view().status == session::SessionStatus::active);
    CHECK((*session)->view().record.request.goal == plan::Goal::relax);
    REQUIRE((*session)->wait_ready(3).ok());
    id = (*session)->id();
    briefs = describe(*(*session)->plan());
  }
  const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
  const auto session = service->open_session(id);
  REQUIRE(session.ok());
  CHECK(describe(*(*session)->plan()) == briefs);
  CHECK((*session)->view().record.history.size() == 2);
  REQUIRE(all_ready(**session));
  const plan::Plan& plan = *(*session)->plan();
  for (int k = 0; k < plan.segment_count(); ++k) {
    const auto reader = (*session)->open_segment(k);
    REQUIRE(reader.ok());
    CHECK((*reader)->frames() == plan.brief(k, kToneRate).frames);
  }
}

TEST_CASE("where nobody listens steering begins with what is not made", "[files]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(2);
  request.look_ahead = 1;
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(1).ok());
  REQUIRE(eventually([&] { return (*session)->work().pending(9).empty(); }));
  const std::string kept = path_of(**session, 1);
  const double second_end = (*session)->plan()->start_seconds(2);
  plan::Steering steering;
  steering.intensity = plan::Intensity::high;
  CHECK((*session)->steer(steering).value() == std::llround(second_end * 100.0));
  CHECK(path_of(**session, 1) == kept);
  CHECK((*session)->view().ready_count == 2);
}

TEST_CASE("a second open of a running session is the same session") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const auto again = service->open_session((*session)->id());
  REQUIRE(again.ok());
  CHECK(&**again == &**session);
  CHECK_FALSE(service->open_session("mfocus_000000000000").ok());
}

TEST_CASE("a session that was ended stays ended when it is opened again", "[files]") {
  const TempFolder folder;
  std::string id;
  {
    const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
    const auto session = service->start(tone_request(2));
    REQUIRE((*session)->wait_ready(0).ok());
    REQUIRE((*session)->end().ok());
    id = (*session)->id();
  }
  const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
  const auto session = service->open_session(id);
  CHECK((*session)->view().status == session::SessionStatus::ended);
  CHECK((*session)->view().ready_count >= 1);
  CHECK((*session)->work().pending(9).empty());
}

TEST_CASE("an end that could not be written is written when it is asked for again", "[files]") {
  const TempFolder folder;
  const auto service = open_service(in_folder(folder / "a"), std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  const auto catalogue = store::Database::open(folder / "a/catalogue.sqlite");
  REQUIRE(catalogue.ok());
  REQUIRE((*catalogue)
              ->execute("CREATE TRIGGER full BEFORE UPDATE OF ended ON session "
                        "BEGIN SELECT RAISE(ABORT, 'no space'); END")
              .ok());
  CHECK_FALSE((*session)->end().ok());
  CHECK_FALSE((*session)->end().ok());
  CHECK((*session)->view().status == session::SessionStatus::ended);
  REQUIRE((*catalogue)->execute("DROP TRIGGER full").ok());
  CHECK((*session)->end().ok());
  CHECK(service->store().sessions().find((*session)->id())->ended);
}

TEST_CASE("killed at any moment, every ready segment is whole and nothing half-written remains",
          "[files]") {
  const TempFolder folder;
  for (const int milliseconds : {20, 60, 120, 250}) {
    REQUIRE(is_killed_at_work(std::chrono::milliseconds(milliseconds), [&] {
      auto service = session::Service::open(in_folder(folder / "data"));
      if (!service.ok()) return 3;
      if (!(*service)->engines().add(std::make_shared<ToneEngine>()).ok()) return 4;
      const auto session = (*service)->start(tone_request(60));
      ::pause();
      return 5;
    }));

    const auto service = open_service(in_folder(folder / "data"), std::make_shared<ToneEngine>());
    const auto ids = service->store().sessions().ids();
    REQUIRE(ids.ok());
    for (const std::string& id : *ids) {
      const auto segments = service->store().segments().list(id);
      REQUIRE(segments.ok());
      for (const store::SegmentRecord& segment : *segments) {
        const auto audio = audio::read_audio_file(segment.path, {});
        REQUIRE(audio.ok());
        CHECK(audio->frames() == segment.frames);
      }
    }
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder / "data/sessions")) {
      CHECK_FALSE(is_partial_name(entry.path().filename().string()));
    }
  }
}
