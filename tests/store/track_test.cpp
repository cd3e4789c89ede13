// SPDX-License-Identifier: MIT
#include <filesystem>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "base/error.h"
#include "store/folder_store.h"
#include "store/memory_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

const std::string kFirst = "mtrack_00000000000a";
const std::string kOther = "mtrack_00000000000b";

std::shared_ptr<const store::AudioBytes> bytes_of(const std::string& path) {
  auto audio = store::FileAudioBytes::open(path, audio::AudioFormat::flac16);
  REQUIRE(audio.ok());
  return *std::move(audio);
}

}  // namespace

TEST_CASE("a track outlives its session, its file and its service") {
  const TempFolder folder;
  std::string content;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE(store.ok());
    REQUIRE((*store)->sessions().add(session_record()).ok());
    const std::string path = put(**store, 0, test_audio())->path;
    const auto audio = bytes_of(path);
    content = content_of(*audio);
    const auto track = (*store)->tracks().add(track_record(0, kFirst), *audio, 0);
    REQUIRE(track.ok());
    CHECK(track->path == folder / ("data/tracks/" + kFirst + ".flac"));
    CHECK(fs::hard_link_count(path) == 2);
    REQUIRE((*store)->sessions().remove(session_record().id).ok());
    CHECK_FALSE(fs::exists(path));
  }
  const auto store = store::FolderStore::open(folder / "data");
  const auto track = (*store)->tracks().find(kFirst);
  REQUIRE(track.ok());
  const store::TrackRecord wrote = track_record(0, kFirst);
  CHECK(track->title == wrote.title);
  CHECK(track->engine == wrote.engine);
  CHECK(track->session_id == wrote.session_id);
  CHECK(track->segment_index == wrote.segment_index);
  CHECK(track->organization == wrote.organization);
  CHECK(track->caller == wrote.caller);
  CHECK(track->licence_class == wrote.licence_class);
  CHECK(track->instrumental == wrote.instrumental);
  CHECK(track->frames == wrote.frames);
  CHECK(track->sample_rate == wrote.sample_rate);
  CHECK(track->format == wrote.format);
  CHECK(track->created_at == wrote.created_at);
  CHECK(track->bytes == static_cast<std::int64_t>(content.size()));
  CHECK((*store)->tracks().list()->size() == 1);
  const auto audio = (*store)->tracks().open(kFirst);
  REQUIRE(audio.ok());
  CHECK(content_of(**audio) == content);
  CHECK(audio::read_audio_file(track->path, {})->frames() == 48000);
}

TEST_CASE("audio in memory becomes a file of its own, in the format it has") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const auto audio = store::MemoryAudioBytes::of("some wave", audio::AudioFormat::wav);
  store::TrackRecord record = track_record(3, kFirst);
  record.format = audio::AudioFormat::wav;
  const auto track = (*store)->tracks().add(record, *audio, 0);
  REQUIRE(track.ok());
  CHECK(fs::path(track->path).extension() == ".wav");
  CHECK(content_of(**(*store)->tracks().open(kFirst)) == "some wave");
}

TEST_CASE("a file whose name another has taken is copied as it was") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const std::string path = folder / "a.flac";
  REQUIRE(write_file(path, "as it was", AtomicFile::Durability::renamed).ok());
  const auto audio = bytes_of(path);
  REQUIRE(write_file(path, "otherwise", AtomicFile::Durability::renamed).ok());
  REQUIRE((*store)->tracks().add(track_record(0, kFirst), *audio, 0).ok());
  CHECK(content_of(**(*store)->tracks().open(kFirst)) == "as it was");
}

TEST_CASE("a segment has one track, until a change replaces it") {
  store::MemoryStore memory;
  const auto folder = store::FolderStore::open_temporary();
  for (store::Store* store :
       {static_cast<store::Store*>(&memory), static_cast<store::Store*>(folder->get())}) {
    REQUIRE(store->sessions().add(session_record()).ok());
    const std::string session = session_record().id;
    const auto audio = store::MemoryAudioBytes::of("audio", audio::AudioFormat::flac16);
    CHECK_FALSE(store->tracks().of_segment(session, 1)->has_value());
    REQUIRE(store->tracks().add(track_record(1, kFirst), *audio, 0).ok());
    const auto again = store->tracks().add(track_record(1, kOther), *audio, 0);
    CHECK(has_fault(again.status(), Fault::conflict));
    CHECK(field_of(again.status()) == "index");
    CHECK(store->tracks().of_segment(session, 1).value()->id == kFirst);
    plan::Steering steering;
    steering.divergence = 0.5;
    REQUIRE(store->sessions().add_change(session, 0, {steering, 100}, 2).ok());
    CHECK(store->tracks().of_segment(session, 1)->has_value());
    REQUIRE(store->sessions().add_change(session, 1, {steering, 100}, 1).ok());
    CHECK_FALSE(store->tracks().of_segment(session, 1)->has_value());
    const auto late = store->tracks().add(track_record(1, kOther), *audio, 1);
    CHECK(has_fault(late.status(), Fault::conflict));
    CHECK(field_of(late.status()) == "changes");
    REQUIRE(store->tracks().add(track_record(1, kOther), *audio, 2).ok());
    CHECK(store->tracks().of_segment(session, 1).value()->id == kOther);
    CHECK(store->tracks().list()->size() == 2);
    CHECK(content_of(**store->tracks().open(kFirst)) == "audio");
  }
}

TEST_CASE("a track that is removed goes with its file; one that is held stays readable") {
  const TempFolder folder;
  store::MemoryStore memory;
  const auto lasting = store::FolderStore::open(folder / "data");
  const auto audio = store::MemoryAudioBytes::of("audio", audio::AudioFormat::flac16);
  for (store::Store* store :
       {static_cast<store::Store*>(&memory), static_cast<store::Store*>(lasting->get())}) {
    REQUIRE(store->sessions().add(session_record()).ok());
    REQUIRE(store->tracks().add(track_record(0, kFirst), *audio, 0).ok());
    const auto held = store->tracks().open(kFirst);
    REQUIRE(store->tracks().remove(kFirst).ok());
    CHECK(content_of(**held) == "audio");
    for (const absl::Status& status :
         {store->tracks().find(kFirst).status(), store->tracks().remove(kFirst),
          store->tracks().open(kFirst).status()}) {
      CHECK(is_not_found(status));
      CHECK(field_of(status) == "track_id");
    }
    CHECK(store->tracks().list()->empty());
    CHECK(field_of(store->tracks().add(track_record(0, "../x"), *audio, 0).status()) == "track_id");
  }
  CHECK(fs::is_empty(folder / "data/tracks"));
}

TEST_CASE("an owner's tracks are found in pages, whatever others have") {
  const TempFolder folder;
  store::MemoryStore memory;
  const auto lasting = store::FolderStore::open(folder / "data");
  const auto audio = store::MemoryAudioBytes::of("audio", audio::AudioFormat::flac16);
  for (store::Store* store :
       {static_cast<store::Store*>(&memory), static_cast<store::Store*>(lasting->get())}) {
    REQUIRE(store->sessions().add(session_record()).ok());
    for (int k = 0; k < 6; ++k) {
      store::TrackRecord track = track_record(k, "mtrack_00000000000" + std::to_string(k));
      track.organization = "org";
      track.caller = k % 2 == 0 ? "me" : "you";
      REQUIRE(store->tracks().add(track, *audio, 0).ok());
    }
    const auto page = [&](const std::string& before, int limit) {
      std::string ends;
      const auto tracks = store->tracks().list_of({"org", "me", before, limit});
      for (const store::TrackRecord& track : *tracks) {
        ends += track.id.back();
        CHECK(track.path == store->tracks().find(track.id)->path);
      }
      return ends;
    };
    CHECK(page("", 9) == "420");
    CHECK(page("", 2) == "42");
    CHECK(page("mtrack_000000000004", 9) == "20");
    CHECK(page("mtrack_000000000004", 1) == "2");
    CHECK(page("mtrack_000000000000", 9) == "");
    CHECK(page("mtrack_000000000003", 9) == "");  // is somebody else's
    CHECK(store->tracks().list_of({"other", "me", "", 9})->empty());
  }
}

TEST_CASE("what can not be kept leaves neither file nor record") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  fs::remove(folder / "data/tracks");
  const auto audio = store::MemoryAudioBytes::of("audio", audio::AudioFormat::flac16);
  CHECK_FALSE((*store)->tracks().add(track_record(0, kFirst), *audio, 0).ok());
  CHECK((*store)->tracks().list()->empty());
  fs::create_directory(folder / "data/tracks");
  CHECK((*store)->tracks().add(track_record(0, kFirst), *audio, 0).ok());
}
