// SPDX-License-Identifier: MIT
// What rots on the disk is noticed where it is opened.
#include "store/file_checks.h"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/database.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

const std::string kId = session_record().id;
const std::string kTrack = "mtrack_00000000000a";

/// Flips one bit in the middle of a file, whose length and time of change stay.
void rot(const std::string& path) {
  const auto time = fs::last_write_time(path);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(fs::file_size(path) / 2);
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 0x10));
  }
  fs::last_write_time(path, time);
}

std::unique_ptr<store::FolderStore> open_store(const TempFolder& folder) {
  auto opened = store::FolderStore::open(folder / "data");
  REQUIRE(opened.ok());
  return *std::move(opened);
}

}  // namespace

TEST_CASE("a segment with one wrong bit is noticed, in every format") {
  std::vector<audio::AudioFormat> formats = {audio::AudioFormat::flac16, audio::AudioFormat::flac24,
                                             audio::AudioFormat::wav, audio::AudioFormat::ogg,
                                             audio::AudioFormat::opus};
  if (audio::check_format_rate(audio::AudioFormat::mp3, 48000).ok()) {
    formats.push_back(audio::AudioFormat::mp3);
  }
  for (const audio::AudioFormat format : formats) {
    CAPTURE(std::string(name_of(format)));
    const TempFolder folder;
    std::string path;
    {
      const auto store = open_store(folder);
      store::SessionRecord session = session_record();
      session.request.format = format;
      REQUIRE(store->sessions().add(session).ok());
      path = put(*store, claim_request(0), format, test_audio())->path;
      CHECK(store->segments().open(kId, 0).ok());
      rot(path);
      CHECK(has_fault(store->segments().open(kId, 0).status(), Fault::bad_data));
    }
    const auto again = open_store(folder);
    const auto refused = again->segments().open(kId, 0).status();
    CHECK(has_fault(refused, Fault::bad_data));
    CHECK(path_of(refused) == path);
    CHECK(has_fault(again->segments().open_bytes(kId, 0).status(), Fault::bad_data));
    // It is made again as any that is not ready.
    REQUIRE(again->segments().forget(kId, 0).ok());
    REQUIRE(put(*again, claim_request(0), format, test_audio()).ok());
    CHECK(again->segments().open(kId, 0).ok());
    CHECK(again->segments().open_bytes(kId, 0).ok());
  }
}

TEST_CASE("a track that rots is told, and stays listed") {
  const TempFolder folder;
  {
    const auto store = open_store(folder);
    REQUIRE(store->sessions().add(session_record()).ok());
    REQUIRE(put(*store, 0, test_audio()).ok());
    const auto audio = store->segments().open_bytes(kId, 0);
    REQUIRE(store->tracks().add(track_record(0, kTrack), **audio, 0).ok());
    CHECK(store->tracks().open(kTrack).ok());
    REQUIRE(store->sessions().remove(kId).ok());
  }
  const auto store = open_store(folder);
  CHECK(store->tracks().open(kTrack).ok());
  const std::string path = store->tracks().find(kTrack)->path;
  rot(path);
  const absl::Status refused = store->tracks().open(kTrack).status();
  CHECK(has_fault(refused, Fault::bad_data));
  CHECK(path_of(refused) == path);
  CHECK(store->tracks().list()->size() == 1);
}

TEST_CASE("audio that was kept before there were digests opens, and its next file has one") {
  const TempFolder folder;
  {
    const auto store = open_store(folder);
    REQUIRE(store->sessions().add(session_record()).ok());
    REQUIRE(put(*store, 0, test_audio()).ok());
    const auto audio = store->segments().open_bytes(kId, 0);
    REQUIRE(store->tracks().add(track_record(0, kTrack), **audio, 0).ok());
  }
  {
    const auto old = store::Database::open(folder / "data/catalogue.sqlite");
    REQUIRE(
        (*old)
            ->execute(
                "ALTER TABLE segment DROP COLUMN digest; ALTER TABLE track DROP COLUMN "
                "digest; ALTER TABLE session DROP COLUMN names_loudness; "
                "DROP TABLE message; ALTER TABLE session DROP COLUMN told_complete; "
                "DROP TABLE answer; DROP INDEX session_of_owner; "
                "ALTER TABLE change DROP COLUMN pads_db; ALTER TABLE change DROP COLUMN bass_db; "
                "ALTER TABLE change DROP COLUMN melody_db; "
                "ALTER TABLE change DROP COLUMN percussion_db; "
                "ALTER TABLE change DROP COLUMN ambience_db; "
                "ALTER TABLE change DROP COLUMN scenes; "
                "PRAGMA user_version = 9;")
            .ok());
  }
  const auto store = open_store(folder);
  CHECK(store->segments().list(kId)->front().digest.empty());
  CHECK(store->segments().open(kId, 0).ok());
  CHECK(store->tracks().open(kTrack).ok());
  REQUIRE(store->segments().forget(kId, 0).ok());
  const auto made = put(*store, 0, test_audio());
  CHECK(made->digest.size() == 32);
  CHECK(store->segments().list(kId)->front().digest == made->digest);
  rot(made->path);
  CHECK(has_fault(store->segments().open(kId, 0).status(), Fault::bad_data));
}

TEST_CASE("what has passed is read again only once it was written to") {
  const TempFolder folder;
  const std::string path = folder / "a.wav";
  std::ofstream(path) << "some audio";
  store::FileChecks checks;
  constexpr auto kFormat = audio::AudioFormat::wav;
  // A digest that the file does not have: an opening that succeeds has not read it.
  const std::string noted(32, '0');
  CHECK(has_fault(checks.open(path, kFormat, noted).status(), Fault::bad_data));
  checks.note(path, kFormat, noted);
  CHECK(checks.open(path, kFormat, noted).ok());
  CHECK(checks.open(path, kFormat, noted).ok());
  CHECK(has_fault(checks.open(path, kFormat, std::string(32, '1')).status(), Fault::bad_data));
  std::ofstream(path) << "SOME AUDIO";
  CHECK(has_fault(checks.open(path, kFormat, noted).status(), Fault::bad_data));
  checks.note(path, kFormat, noted);
  fs::copy_file(path, folder / "b.wav");
  fs::rename(folder / "b.wav", path);
  CHECK(has_fault(checks.open(path, kFormat, noted).status(), Fault::bad_data));
  CHECK(checks.open(path, kFormat, (*store::FileAudioBytes::open(path, kFormat))->digest().value())
            .ok());
  CHECK(has_fault(checks.open(folder / "c.wav", kFormat, noted).status(), Fault::file_missing));
}
