// SPDX-License-Identifier: MIT
#include "session/service.h"

#include <atomic>
#include <filesystem>
#include <vector>

#include "audio/file.h"
#include "base/error.h"
#include "base/ids.h"
#include "delivery/export.h"
#include "mastering/loudness.h"
#include "session/session_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("a session is planned at once and becomes ready in the background", "[whole]") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  REQUIRE(session.ok());
  CHECK(is_session_id((*session)->id()));
  std::uint64_t cursor = 0;
  REQUIRE(all_ready(**session));
  const session::SessionView view = service->view(**session);
  CHECK(view.status == session::SessionStatus::ended);
  CHECK_FALSE(view.more_pending());
  CHECK_FALSE(view.next_ready_at.has_value());
  int ready_events = 0;
  REQUIRE(eventually([&] {
    while (const auto event = (*session)->events().poll(cursor)) {
      ready_events += event->type == session::EventType::segment_ready;
    }
    return ready_events == view.plan->segment_count();
  }));
}

TEST_CASE("every segment is brought to the target under the ceiling", "[files]") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(1);
  request.target_lufs = -21.0;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const auto plan = (*session)->plan();
  const session::SessionView view = (*session)->view();
  for (int k = 0; k < plan->segment_count(); ++k) {
    const auto& record = view.segments[static_cast<std::size_t>(k)];
    REQUIRE(record != nullptr);
    CHECK(plan->target_lufs(k) == Approx(-21.0).margin(2.0));
    CHECK(record->mastering.integrated_lufs == Approx(plan->target_lufs(k)).margin(0.1));
    CHECK(record->mastering.true_peak_dbtp <= -1.0);
  }
  // Measured again from the first file, independently of what was written down.
  const auto audio = audio::read_audio_file(path_of(**session, 0), {});
  REQUIRE(audio.ok());
  CHECK(mastering::measure_loudness(std::as_const(*audio).view(), kToneRate)->integrated_lufs ==
        Approx(plan->target_lufs(0)).margin(0.1));
}

TEST_CASE("an engine of another rate is resampled to the session's, to the frame") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->own_rate = 44100;
  const auto service = open_service(1, engine);
  plan::Request request = tone_request(1);
  request.sample_rate = 32000;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const store::SegmentRecord record = *(*session)->view().segments[1];
  CHECK(record.sample_rate == 32000);
  CHECK(record.frames == (*session)->plan()->brief(1, 32000).frames);
}

TEST_CASE("bad requests are refused and leave nothing behind") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(1);
  request.engine = "orchestra";
  const auto unknown = service->start(request);
  CHECK(field_of(unknown.status()) == "engine");
  CHECK(std::string(unknown.status().message()).find("studio") != std::string::npos);
  request = tone_request(0);
  CHECK(field_of(service->start(request).status()) == "target_minutes");
  CHECK(service->store().sessions().ids()->empty());
}

TEST_CASE("an engine that fails is replaced for that segment, and the session says so") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief& brief, engines::SegmentSink&) {
    return brief.index == 1 ? internal_error("out of coffee") : absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(1));
  std::uint64_t cursor = 0;
  REQUIRE(all_ready(**session));
  const session::SessionView view = (*session)->view();
  CHECK(view.segments[0]->engine == "tone");
  CHECK_FALSE(view.segments[0]->fallback);
  CHECK(view.segments[1]->engine == "studio");
  CHECK(view.segments[1]->fallback);
  bool said = false;
  while (const auto event = (*session)->events().poll(cursor)) {
    if (event->type != session::EventType::fallback) continue;
    said = event->segment_index == 1 && event->message.find("out of coffee") != std::string::npos;
  }
  CHECK(said);
}

TEST_CASE("an engine that throws or delivers too little is replaced too") {
  const auto engine = std::make_shared<ToneEngine>();
  SECTION("throws") {
    engine->before = [](const plan::Brief&, engines::SegmentSink&) -> absl::Status {
      throw std::runtime_error("boom");
    };
  }
  SECTION("too little") { engine->delivered_part = 0.5; }
  SECTION("nothing at all") { engine->delivered_part = 0.0; }
  const auto service = open_service(1, engine);
  plan::Request request = tone_request(1);
  request.segment_seconds = 60.0;
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(0).ok());
  CHECK((*session)->view().segments[0]->fallback);
}

TEST_CASE("a session that can not be kept fails with a reason instead of hanging", "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    if (brief.index == 1) std::filesystem::remove_all(folder / "data/sessions");
    return absl::OkStatus();
  };
  const auto service = open_service(options, engine);
  const auto session = service->start(tone_request(1));
  const absl::Status failed = (*session)->wait_ready(2);
  CHECK_FALSE(failed.ok());
  CHECK(path_of(failed) == folder / "data/sessions/" + (*session)->id());
  CHECK((*session)->view().status == session::SessionStatus::ended);
}

TEST_CASE("memory holds no more than its bound, and a new listener hears it all again") {
  const auto service = open_service(2, std::make_shared<ToneEngine>(), session::Storage::memory);
  const auto session = service->start(tone_request(5));
  for (int k = 0; k <= 4; ++k) REQUIRE((*session)->wait_ready(k).ok());
  CHECK((*session)->work().pending(99).empty());
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {4});
  REQUIRE((*session)->wait_ready(8).ok());
  CHECK_FALSE((*session)->open_segment(3).ok());
  (*session)->audience().remove(listener);
  (*session)->audience().add();
  REQUIRE((*session)->wait_ready(0).ok());
  CHECK((*session)->open_segment(0).ok());
}

TEST_CASE("listeners far apart are each served, and one that goes frees the other") {
  const auto service = open_service(2, std::make_shared<ToneEngine>(), session::Storage::memory);
  const auto session = service->start(tone_request(10));
  const int ahead = (*session)->audience().add();
  const int behind = (*session)->audience().add();
  (*session)->audience().move(ahead, {10});
  REQUIRE((*session)->wait_ready(14).ok());
  REQUIRE((*session)->wait_ready(0).ok());
  (*session)->audience().remove(behind);
  (*session)->audience().move(ahead, {15});
  REQUIRE((*session)->wait_ready(19).ok());
}

TEST_CASE("a session that failed tries again when it is opened again", "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> spoil{true};
  engine->before = [&](const plan::Brief&, engines::SegmentSink&) {
    if (spoil.exchange(false)) std::filesystem::remove_all(folder / "data/sessions");
    return absl::OkStatus();
  };
  const auto service = open_service(options, engine);
  std::string id;
  {
    const auto session = service->start(tone_request(1));
    CHECK_FALSE((*session)->wait_ready(2).ok());
    id = (*session)->id();
  }
  std::filesystem::create_directories(folder / ("data/sessions/" + id));
  const auto session = service->open_session(id);
  REQUIRE(session.ok());
  CHECK((*session)->wait_ready(2).ok());
}

TEST_CASE("memory exports the bytes that a folder keeps") {
  const TempFolder folder;
  for (const session::Storage storage : {session::Storage::memory, session::Storage::temporary}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
    const auto session = service->start(tone_request(1));
    REQUIRE((*session)->wait_ready(1).ok());
    const std::string name = storage == session::Storage::memory ? "m.flac" : "f.flac";
    REQUIRE(delivery::export_segment(**session, 1, folder / name).ok());
  }
  const auto memory = audio::read_audio_file(folder / "m.flac", {});
  const auto file = audio::read_audio_file(folder / "f.flac", {});
  REQUIRE(memory->frames() == file->frames());
  CHECK(std::equal(memory->samples(0).begin(), memory->samples(0).end(), file->samples(0).begin()));
}

TEST_CASE("segments are exported as any format, scores as MIDI") {
  const TempFolder folder;
  session::ServiceOptions options;
  const auto service = open_service(options);
  plan::Request request;
  request.target_minutes = 1;
  request.seed = 3;
  const auto session = service->start(request);
  CHECK(has_fault(delivery::export_segment(**session, 0, folder / "early.flac"), Fault::not_ready));
  REQUIRE((*session)->wait_ready(0).ok());
  REQUIRE(delivery::export_segment(**session, 0, folder / "a.flac").ok());
  REQUIRE(delivery::export_segment(**session, 0, folder / "a.wav").ok());
  CHECK(audio::read_audio_file(folder / "a.flac", {})->frames() == 60 * 48000);
  CHECK(audio::read_audio_file(folder / "a.wav", {})->frames() == 60 * 48000);
  CHECK(field_of(delivery::export_segment(**session, 0, folder / "a.xyz")) == "path");
  CHECK(field_of(delivery::export_segment(**session, 7, folder / "b.wav")) == "index");
  REQUIRE(delivery::export_score(**session, 0, folder / "a.mid").ok());
  CHECK(std::filesystem::file_size(folder / "a.mid") > 100);
}
