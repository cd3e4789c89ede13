// SPDX-License-Identifier: MIT
#include "delivery/promotion.h"

#include <filesystem>
#include <set>
#include <thread>
#include <vector>

#include "audio/file.h"
#include "audio/retag.h"
#include "base/error.h"
#include "base/ids.h"
#include "delivery/segment_bytes.h"
#include "session/file_tags.h"
#include "session/session_fixture.h"
#include "store/store_fixture.h"
#include "support/signals.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("a segment is promoted once, and is described by what it is") {
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    ManualClock clock;
    session::ServiceOptions options;
    options.storage = storage;
    options.clock = &clock;
    const auto engine = std::make_shared<ToneEngine>();
    engine->edit_info().licence_class = engines::LicenceClass::personal_only;
    engine->edit_info().vocals = true;
    const auto service = open_service(options, engine);
    const auto session = service->start(tone_request(1), {"org_1", "alice"});
    REQUIRE(all_ready(**session));
    const auto promoted = delivery::promote_segment(*service, **session, 2, "");
    REQUIRE(promoted.ok());
    const store::TrackRecord& track = promoted->track;
    CHECK(promoted->is_new);
    CHECK(is_track_id(track.id));
    CHECK(track.title == "Focus, part 3");
    CHECK(track.engine == "tone");
    CHECK(track.session_id == (*session)->id());
    CHECK(track.segment_index == 2);
    CHECK(track.organization == "org_1");
    CHECK(track.caller == "alice");
    CHECK(track.licence_class == "personal_only");
    CHECK_FALSE(track.instrumental);
    CHECK(track.frames == (*session)->plan()->length_frames(2, kToneRate));
    CHECK(track.created_at == clock.unix_seconds());
    const auto audio = service->store().tracks().open(track.id);
    REQUIRE(audio.ok());
    CHECK((*audio)->size() == track.bytes);
    CHECK(content_of(**audio) == content_of(**delivery::segment_bytes(**session, 2)));

    const auto again = delivery::promote_segment(*service, **session, 2, "Another title");
    REQUIRE(again.ok());
    CHECK_FALSE(again->is_new);
    CHECK(again->track.id == track.id);
    CHECK(again->track.title == "Focus, part 3");
    CHECK(delivery::promote_segment(*service, **session, 1, "Mine")->track.title == "Mine");
    CHECK(service->store().tracks().list()->size() == 2);
  }
}

TEST_CASE("what can not be promoted is refused by name and leaves nothing behind") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index == 1 && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(0).ok());
  const auto refused = [&](int index, const std::string& title) {
    return delivery::promote_segment(*service, **session, index, title).status();
  };
  CHECK(has_fault(refused(1, ""), Fault::not_ready));
  for (const int index : {-1, (*session)->plan()->segment_count()}) {
    CHECK(is_not_found(refused(index, "")));
    CHECK(field_of(refused(index, "")) == "index");
  }
  for (const std::string& title : {std::string("\xFF"), std::string("  "), std::string(201, 'x')}) {
    CHECK(has_fault(refused(0, title), Fault::argument));
    CHECK(field_of(refused(0, title)) == "title");
  }
  CHECK(service->store().tracks().list()->empty());
  REQUIRE(delivery::promote_segment(*service, **session, 0, "two\nlines")->track.title ==
          "two lines");
}

TEST_CASE("a track has the licence of the engine that really played it") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief& brief, engines::SegmentSink&) {
    return brief.index == 1 ? internal_error("out of coffee") : absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(1).ok());
  const auto own = delivery::promote_segment(*service, **session, 0, "");
  const auto fallback = delivery::promote_segment(*service, **session, 1, "");
  CHECK(own->track.engine == "tone");
  CHECK(own->track.licence_class == "unclear");
  CHECK(fallback->track.engine == "studio");
  const engines::EngineInfo& studio = service->engines().find("studio").value()->info();
  CHECK(fallback->track.licence_class == std::string(name_of(studio.licence_class)));
  CHECK(fallback->track.licence_class != "unclear");
  CHECK(fallback->track.instrumental == !studio.vocals);
}

TEST_CASE("many who promote a segment at once get one track") {
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
    const auto session = service->start(tone_request(1));
    REQUIRE((*session)->wait_ready(0).ok());
    std::vector<absl::StatusOr<delivery::Promotion>> results(6, engine_error("never came"));
    std::vector<std::thread> callers;
    for (auto& result : results) {
      callers.emplace_back([&] { result = delivery::promote_segment(*service, **session, 0, ""); });
    }
    for (std::thread& caller : callers) caller.join();
    int created = 0;
    std::set<std::string> ids;
    for (const auto& result : results) {
      REQUIRE(result.ok());
      created += result->is_new;
      ids.insert(result->track.id);
    }
    CHECK(created == 1);
    CHECK(ids.size() == 1);
    CHECK(service->store().tracks().list()->size() == 1);
  }
}

TEST_CASE("a segment that steering has replaced is another track; one that it has cut is not") {
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
    const auto session = service->start(tone_request(2));
    REQUIRE((*session)->wait_ready(3).ok());
    const auto kept = delivery::promote_segment(*service, **session, 1, "");
    const auto replaced = delivery::promote_segment(*service, **session, 3, "");
    const std::string content = content_of(**service->store().tracks().open(replaced->track.id));
    plan::Steering steering;
    steering.goal = plan::Goal::custom_prompt;
    steering.custom_prompt = "slow cello";
    REQUIRE((*session)->steer(steering, 33.0).ok());
    REQUIRE((*session)->plan()->first_changed() == 2);
    REQUIRE((*session)->wait_ready(3).ok());
    CHECK(delivery::promote_segment(*service, **session, 1, "")->track.id == kept->track.id);
    const auto other = delivery::promote_segment(*service, **session, 3, "");
    REQUIRE(other.ok());
    CHECK(other->is_new);
    CHECK(other->track.title == "Slow cello, part 4");
    CHECK(other->track.id != replaced->track.id);
    CHECK(content_of(**service->store().tracks().open(replaced->track.id)) == content);
    CHECK(content_of(**service->store().tracks().open(other->track.id)) != content);
  }
}

TEST_CASE("a segment that was cut short is promoted as it is heard", "[files]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  REQUIRE((*session)->wait_ready(1).ok());
  plan::Steering steering;
  steering.divergence = 0.9;
  REQUIRE((*session)->steer(steering, 33.0).ok());
  const auto promoted = delivery::promote_segment(*service, **session, 1, "");
  REQUIRE(promoted.ok());
  CHECK(promoted->track.frames == (*session)->plan()->length_frames(1, kToneRate));
  CHECK(promoted->track.frames < (*session)->ready_segment(1)->record->frames);
  CHECK(audio::read_audio_file(promoted->track.path, {})->frames() == promoted->track.frames);
}

TEST_CASE("the file of a track has the track's own title, and the same audio", "[files]") {
  for (const audio::AudioFormat format : {audio::AudioFormat::flac16, audio::AudioFormat::ogg}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>());
    plan::Request request = tone_request(1);
    request.format = format;
    const auto session = service->start(request);
    REQUIRE((*session)->wait_ready(1).ok());
    const auto segment = (*session)->ready_segment(1);
    const auto track = delivery::promote_segment(*service, **session, 1, "Mein\nAbend")->track;
    CHECK(track.title == "Mein Abend");
    const std::string content = content_of(**service->store().tracks().open(track.id));
    audio::AudioFileOptions options =
        session::segment_file_options(*segment->plan, 1, *segment->record);
    for (audio::FileTags::Field& field : options.tags.fields) {
      if (field.name == "TITLE") field.value = track.title;
    }
    const std::string made = content_of(**delivery::segment_bytes(**session, 1));
    CHECK(content == audio::with_tags(made, format, options.tags, options.dither_seed).value());
    CHECK(content.find("TITLE=Mein Abend") != std::string::npos);
    CHECK(made.find("TITLE=Focus, part 2") != std::string::npos);
    const auto kept = audio::read_audio_file(track.path, {});
    const auto heard = audio::read_audio_file(segment->record->path, {});
    REQUIRE(kept.ok());
    REQUIRE(kept->frames() == heard->frames());
    CHECK(largest_difference(kept->view(), heard->view()) == 0.0);
  }
}

TEST_CASE("in memory a track stays when its segment was heard and dropped") {
  const auto service = open_service(1, std::make_shared<ToneEngine>(), session::Storage::memory);
  const auto session = service->start(tone_request(5));
  REQUIRE((*session)->wait_ready(0).ok());
  const auto promoted = delivery::promote_segment(*service, **session, 0, "");
  const std::string content = content_of(**service->store().tracks().open(promoted->track.id));
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {4});
  REQUIRE_FALSE((*session)->open_segment(0).ok());
  CHECK(content_of(**service->store().tracks().open(promoted->track.id)) == content);
  const auto again = delivery::promote_segment(*service, **session, 0, "");
  REQUIRE(again.ok());
  CHECK(again->track.id == promoted->track.id);
}
