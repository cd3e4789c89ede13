// SPDX-License-Identifier: MIT
#include "delivery/segment_bytes.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "audio/file.h"
#include "base/error.h"
#include "delivery/export.h"
#include "delivery/promotion.h"
#include "session/session_fixture.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

std::string file_content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

plan::Request flac_request(int minutes) {
  plan::Request request = tone_request(minutes);
  request.format = audio::AudioFormat::flac16;
  return request;
}

plan::Steering other_words() {
  plan::Steering steering;
  steering.goal = plan::Goal::custom_prompt;
  steering.custom_prompt = "slow cello";
  return steering;
}

/// The segment that the last change has cut short; it is there whenever one is steered amid it.
int cut_segment(session::Session& session) {
  const int index = session.plan()->first_changed() - 1;
  const auto segment = session.ready_segment(index);
  REQUIRE(segment.ok());
  REQUIRE(segment->heard_frames < segment->record->frames);
  return index;
}

}  // namespace

TEST_CASE("a segment that is kept as a file and heard whole is that file", "[files]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  CHECK(is_not_found(delivery::segment_bytes(**session, 99).status()));
  CHECK(field_of(delivery::segment_bytes(**session, 99).status()) == "index");
  REQUIRE((*session)->wait_ready(0).ok());
  const auto audio = delivery::segment_bytes(**session, 0);
  REQUIRE(audio.ok());
  CHECK((*audio)->path() == path_of(**session, 0));
  CHECK(content_of(**audio) == file_content(path_of(**session, 0)));
  CHECK((*audio)->identity() == delivery::segment_bytes(**session, 0).value()->identity());
}

TEST_CASE("a segment that is not ready has no bytes yet") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index == 1 && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(1));
  const auto audio = delivery::segment_bytes(**session, 1);
  CHECK(has_fault(audio.status(), Fault::not_ready));
  CHECK(field_of(audio.status()) == "index");
}

TEST_CASE("what a change cuts short is encoded as it is heard, the same as an export, and once") {
  const TempFolder folder;
  for (const session::Storage storage : {session::Storage::temporary, session::Storage::memory}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
    const auto session = service->start(flac_request(2));
    REQUIRE((*session)->wait_ready(2).ok());
    const auto before = delivery::segment_bytes(**session, 1);
    const std::string whole = content_of(**before);
    REQUIRE((*session)->steer(other_words(), 33.0).ok());
    const int index = cut_segment(**session);
    const auto audio = delivery::segment_bytes(**session, index);
    REQUIRE(audio.ok());
    CHECK((*audio)->path().empty());
    REQUIRE(delivery::export_segment(**session, index, folder / "cut.flac").ok());
    CHECK(content_of(**audio) == file_content(folder / "cut.flac"));
    CHECK(audio::read_audio_file(folder / "cut.flac", {})->frames() ==
          (*session)->plan()->length_frames(index, kToneRate));
    CHECK((*audio)->identity() == delivery::segment_bytes(**session, index).value()->identity());
    CHECK((*audio)->identity() != (*before)->identity());
    CHECK(content_of(**before) == whole);
  }
}

TEST_CASE("memory gives the bytes that a folder keeps, in every lossless format", "[whole]") {
  for (const audio::AudioFormat format :
       {audio::AudioFormat::flac16, audio::AudioFormat::flac24, audio::AudioFormat::wav}) {
    std::set<std::string> contents;
    for (const session::Storage storage : {session::Storage::memory, session::Storage::temporary}) {
      const auto service = open_service(1, std::make_shared<ToneEngine>(), storage);
      plan::Request request = tone_request(1);
      request.format = format;
      const auto session = service->start(request);
      REQUIRE((*session)->wait_ready(1).ok());
      const auto audio = delivery::segment_bytes(**session, 1);
      REQUIRE(audio.ok());
      CHECK((*audio)->format() == format);
      CHECK((*audio)->path().empty() == (storage == session::Storage::memory));
      contents.insert(content_of(**audio));
    }
    CHECK(contents.size() == 1);
  }
}

TEST_CASE("what the disk could not keep has the bytes that its file would have", "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    if (brief.index == 1) fs::remove_all(folder / "data/sessions");
    return absl::OkStatus();
  };
  const auto service = open_service(options, engine);
  const auto session = service->start(tone_request(1));
  (*session)->audience().add(session::Listeners::Kind::live);
  REQUIRE((*session)->wait_ready(1).ok());
  REQUIRE(path_of(**session, 1).empty());
  const auto audio = delivery::segment_bytes(**session, 1);
  REQUIRE(audio.ok());

  const auto whole = open_service(1, std::make_shared<ToneEngine>());
  const auto kept = whole->start(tone_request(1));
  REQUIRE((*kept)->wait_ready(1).ok());
  CHECK(content_of(**audio) == file_content(path_of(**kept, 1)));
}

TEST_CASE("a file that somebody has removed is made again, and not served meanwhile", "[files]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  const auto held = delivery::segment_bytes(**session, 0);
  const std::string content = content_of(**held);
  fs::remove(path_of(**session, 0));
  CHECK(has_fault(delivery::segment_bytes(**session, 0).status(), Fault::not_ready));
  CHECK(content_of(**held) == content);
  REQUIRE((*session)->wait_ready(0).ok());
  const auto again = delivery::segment_bytes(**session, 0);
  REQUIRE(again.ok());
  CHECK(content_of(**again) == content);
  CHECK((*again)->identity() != (*held)->identity());
}

TEST_CASE("a file that has rotted is made again when a client, an export or a track opens it",
          "[files]") {
  const TempFolder folder;
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  const std::string content = file_content(path_of(**session, 0));
  const std::string path = path_of(**session, 0);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(content.size() / 2));
    file.write("rot", 3);
  }
  absl::Status refused;
  SECTION("a client") { refused = delivery::segment_bytes(**session, 0).status(); }
  SECTION("an export") {
    refused = delivery::export_segment(**session, 0, folder / "out.flac");
    CHECK(has_fault(refused, Fault::bad_data));
    CHECK_FALSE(fs::exists(folder / "out.flac"));
  }
  SECTION("a track") {
    refused = delivery::promote_segment(*service, **session, 0, "", nullptr).status();
  }
  CHECK_FALSE(refused.ok());
  std::uint64_t cursor = 0;
  int troubles = 0;
  while (const auto event = (*session)->events().poll(cursor)) {
    if (event->type != session::EventType::trouble) continue;
    CHECK(event->message.find("made again") == 0);
    CHECK(event->segment_index == 0);
    ++troubles;
  }
  CHECK(troubles == 1);
  REQUIRE((*session)->wait_ready(0).ok());
  CHECK(content_of(**delivery::segment_bytes(**session, 0)) == content);
}

TEST_CASE("steering never mixes the bytes of two plans", "[whole]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(flac_request(2));
  REQUIRE(all_ready(**session));
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::thread client([&] {
    while (!done) {
      const auto plan = (*session)->plan();
      const auto audio = delivery::segment_bytes(**session, 1);
      if (!audio.ok()) {
        wrong += !has_fault(audio.status(), Fault::not_ready) &&
                 !has_fault(audio.status(), Fault::conflict);
      } else if (plan == (*session)->plan()) {
        // All that is heard of it, and no more: STREAMINFO holds the count of samples in 36 bits.
        unsigned char at[4];
        wrong += (*audio)->read(22, at, 4).value() != 4;
        const std::int64_t frames =
            (std::int64_t{at[0]} << 24) | (at[1] << 16) | (at[2] << 8) | at[3];
        wrong += frames != plan->length_frames(1, kToneRate);
      }
    }
  });
  for (int i = 0; i < 3; ++i) {
    plan::Steering steering = other_words();
    steering.custom_prompt = "cello " + std::to_string(i);
    CHECK((*session)->steer(steering, 38.0 - 3.0 * i).ok());
    CHECK((*session)->wait_ready(2).ok());
  }
  done = true;
  client.join();
  CHECK(wrong == 0);
}
