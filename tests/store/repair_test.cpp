// SPDX-License-Identifier: MIT
#include "store/repair.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"
#include "store/track_note.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
using store::Depth;
using store::FindingKind;
namespace fs = std::filesystem;

namespace {

const std::string kTrack = "mtrack_00000000000a";
const std::string kSession = session_record().id;

/// A store with a session of three segments, the first of which was promoted.
struct Store {
  TempFolder folder;
  std::string data = folder / "data";
  std::string catalogue = data + "/catalogue.sqlite";
  std::string track = data + "/tracks/" + kTrack + ".flac";

  Store() {
    const auto store = open();
    REQUIRE(store->sessions().add(session_record()).ok());
    std::string first;
    for (const int index : {0, 1, 2}) {
      const auto segment = put(*store, index, test_audio(48000 + index));
      REQUIRE(segment.ok());
      if (index == 0) first = segment->path;
    }
    const auto audio = store::FileAudioBytes::open(first, audio::AudioFormat::flac16);
    REQUIRE(store->tracks().add(track_record(0, kTrack), **audio, 0).ok());
  }
  std::unique_ptr<store::FolderStore> open() const {
    auto store = store::FolderStore::open(data);
    REQUIRE(store.ok());
    return *std::move(store);
  }
  std::string segment(int index) const {
    return data + "/sessions/" + kSession + "/00" + std::to_string(index) + ".flac";
  }
  store::StoreReport check(Depth depth = Depth::whole) const {
    const auto report = store::check_folder(data, depth);
    INFO(report.status());
    REQUIRE(report.ok());
    return *report;
  }
  store::StoreReport repair() const {
    const auto report = store::repair_folder(data, Depth::whole);
    INFO(report.status());
    REQUIRE(report.ok());
    return *report;
  }
};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const std::string& path, std::size_t at, const std::string& bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
}

/// Each file of the folder and what is in it.
std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().string()] = content(entry.path().string());
  }
  return files;
}

std::vector<FindingKind> kinds(const store::StoreReport& report) {
  std::vector<FindingKind> kinds;
  for (const store::Finding& finding : report.findings) kinds.push_back(finding.kind);
  return kinds;
}

}  // namespace

TEST_CASE("a whole store has no findings, and neither checking nor repairing changes it") {
  const Store store;
  const auto before = files_of(store.data);
  const store::StoreReport report = store.check();
  CHECK(report.findings.empty());
  CHECK(report.sessions == 1);
  CHECK(report.segments == 3);
  CHECK(report.tracks == 1);
  CHECK(report.bytes > 0);
  CHECK(store.repair().findings.empty());
  CHECK(files_of(store.data) == before);
}

TEST_CASE("where the catalogue is missing, tracks are found again with title and owner") {
  const Store store;
  fs::remove(store.catalogue);
  using Kinds = std::vector<FindingKind>;
  const Kinds expected = {FindingKind::catalogue_missing, FindingKind::session_without_row,
                          FindingKind::track_without_row};
  CHECK(kinds(store.check()) == expected);
  CHECK(kinds(store.check(Depth::quick)) == expected);
  CHECK(store.check().problems_left() == 3);
  CHECK_FALSE(fs::exists(store.catalogue));

  const std::string segment = content(store.segment(1));
  const store::StoreReport report = store.repair();
  CHECK(kinds(report) == expected);
  CHECK(report.problems_left() == 0);
  CHECK(content(report.backup_folder + "/sessions/" + kSession + "/001.flac") == segment);
  CHECK(store.check().findings.empty());
  const auto found = store.open()->tracks().find(kTrack);
  REQUIRE(found.ok());
  const store::TrackRecord wrote = track_record(0, kTrack);
  CHECK(found->title == wrote.title);
  CHECK(found->organization == wrote.organization);
  CHECK(found->caller == wrote.caller);
  CHECK(found->licence_class == wrote.licence_class);
  CHECK(found->frames == wrote.frames);
  CHECK(found->created_at == wrote.created_at);
  CHECK(content_of(**store.open()->tracks().open(kTrack)) == content(store.track));
}

TEST_CASE("a track without a note is found again by its segment, or by its file alone") {
  const Store store;
  fs::remove(store.data + "/notes/" + kTrack + ".txt");
  {
    const auto catalogue =
        store::Catalogue::open(store.catalogue, store::Catalogue::Durability::unsynced);
    REQUIRE((*catalogue)->tracks().remove(kTrack).ok());
  }
  const std::string stray = "mtrack_00000000000c";
  fs::copy_file(store.segment(2), store.data + "/tracks/" + stray + ".flac");
  CHECK(store.repair().problems_left() == 0);
  const auto opened = store.open();
  const auto linked = opened->tracks().find(kTrack);
  REQUIRE(linked.ok());
  CHECK(linked->session_id == kSession);
  CHECK(linked->organization == session_record().organization);
  CHECK(linked->caller == session_record().caller);
  CHECK(linked->engine == "studio");
  const auto alone = opened->tracks().find(stray);
  REQUIRE(alone.ok());
  CHECK(alone->frames == 48002);
  CHECK(alone->licence_class == "unclear");
  CHECK(opened->tracks().list()->size() == 2);
}

TEST_CASE("of a damaged catalogue the rows are kept that can be read") {
  const Store store;
  std::vector<std::string> ids;
  {
    const auto opened = store.open();
    for (int i = 0; i < 300; ++i) {
      store::SessionRecord record = session_record("mfocus_" + std::to_string(100'000'000'000 + i));
      REQUIRE(opened->sessions().add(record).ok());
    }
  }
  const std::size_t size = fs::file_size(store.catalogue);
  REQUIRE(size > 20 * 4096);
  // One page in the middle, which lies among the rows of sessions.
  overwrite(store.catalogue, size / 4096 / 2 * 4096, std::string(4096, '\x5A'));
  const auto refused = store::FolderStore::open(store.data);
  CHECK(has_fault(refused.status(), Fault::bad_data));
  CHECK(refused.status().message().find("store repair") != refused.status().message().npos);
  const std::string damaged = content(store.catalogue);
  CHECK(kinds(store.check()).front() == FindingKind::catalogue_damaged);
  CHECK(content(store.catalogue) == damaged);

  const store::StoreReport report = store.repair();
  CHECK(report.problems_left() == 0);
  CHECK(content(report.backup_folder + "/catalogue.sqlite") == damaged);
  const auto opened = store.open();
  CHECK(opened->sessions().ids()->size() > 250);
  CHECK(opened->tracks().find(kTrack).ok());
}

TEST_CASE("a catalogue that is no database is built again, and so is an empty one") {
  const Store store;
  const std::string bytes =
      GENERATE(std::string(), std::string("no database"), std::string(40'000, '\xFF'));
  std::ofstream(store.catalogue, std::ios::binary | std::ios::trunc) << bytes;
  const store::StoreReport report = store.repair();
  CHECK(report.findings.front().kind ==
        (bytes.empty() ? FindingKind::catalogue_missing : FindingKind::catalogue_damaged));
  CHECK(report.problems_left() == 0);
  CHECK(content(report.backup_folder + "/catalogue.sqlite") == bytes);
  CHECK(store.open()->tracks().find(kTrack)->title == track_record(0, kTrack).title);
}

TEST_CASE("rows without files and files without rows are told, and nothing is thrown away") {
  const Store store;
  fs::remove(store.segment(1));
  overwrite(store.segment(2), 4000, std::string(64, '\0'));
  std::ofstream(store.segment(7)) << "no row";
  std::ofstream(store.data + "/sessions/" + kSession + "/.003.partial-1-2.flac") << "half";
  std::ofstream(store.data + "/tracks/letter.txt") << "to somebody";
  const store::StoreReport told = store.check();
  const std::vector<FindingKind> expected = {
      FindingKind::segment_without_file, FindingKind::segment_damaged, FindingKind::partial_file,
      FindingKind::segment_without_row, FindingKind::unknown_file};
  CHECK(kinds(told) == expected);
  CHECK(told.findings[0].segment_index == 1);
  CHECK(told.findings[0].path == store.segment(1));
  CHECK(told.problems_left() == 3);
  CHECK(told.segments == 1);

  const std::string damaged = content(store.segment(2));
  const store::StoreReport report = store.repair();
  CHECK(report.problems_left() == 0);
  CHECK(content(report.backup_folder + "/sessions/" + kSession + "/002.flac") == damaged);
  CHECK(content(report.backup_folder + "/sessions/" + kSession + "/007.flac") == "no row");
  CHECK(content(store.data + "/tracks/letter.txt") == "to somebody");
  CHECK(kinds(store.check()) == std::vector<FindingKind>{FindingKind::unknown_file});
  const auto opened = store.open();
  CHECK(opened->segments().list(kSession)->size() == 1);
  CHECK(put(*opened, 2, test_audio()).ok());  // made again
}

TEST_CASE("a track whose file is lost or damaged comes back from its segment") {
  const Store store;
  const std::string whole = content(store.segment(0));
  const bool is_lost = GENERATE(true, false);
  fs::remove(store.track);
  if (!is_lost) std::ofstream(store.track) << "not music";
  CHECK(store.check().problems_left() == 1);
  const store::StoreReport report = store.repair();
  CHECK(report.problems_left() == 0);
  CHECK(content(store.track) == whole);
  if (!is_lost) {
    CHECK(content(report.backup_folder + "/tracks/" + kTrack + ".flac") == "not music");
  }
  CHECK(store.check().findings.empty());
}

TEST_CASE("a track whose music is nowhere goes from the catalogue, and its note to the backup") {
  const Store store;
  fs::remove(store.track);
  fs::remove(store.segment(0));
  const store::StoreReport report = store.repair();
  CHECK(report.problems_left() == 0);
  CHECK(store.open()->tracks().list()->empty());
  CHECK(fs::exists(report.backup_folder + "/notes/" + kTrack + ".txt"));
}

TEST_CASE("money that a killed process held is told, and is no problem") {
  const Store store;
  {
    const auto opened = store.open();
    store::ReserveRequest request;
    request.session_id = kSession;
    request.micros = 70;
    request.node = "dead";
    request.lease_until = std::int64_t{1} << 60;
    REQUIRE(opened->ledger().reserve(request)->answer == store::SpendAnswer::held);
  }
  CHECK(kinds(store.check()) == std::vector<FindingKind>{FindingKind::money_held});
  CHECK(store.check().problems_left() == 0);
  CHECK(store.repair().findings.front().is_repaired);
  CHECK(store.check().findings.empty());
}

TEST_CASE("a row that holds what can not be is removed, and all others stay") {
  const Store store;
  {
    const auto database = store::Database::open(store.catalogue);
    REQUIRE((*database)
                ->execute("UPDATE session SET goal = 'shopping'; UPDATE track SET format = 'tape'")
                .ok());
  }
  CHECK(store.check().problems_left() == 4);
  CHECK(store.repair().problems_left() == 0);
  CHECK(store.check().findings.empty());
  CHECK(store.open()->tracks().find(kTrack)->title == track_record(0, kTrack).title);
}

TEST_CASE("only a store that nobody has open is checked") {
  const Store store;
  {
    const auto opened = store.open();
    CHECK(has_fault(store::check_folder(store.data, Depth::quick).status(), Fault::io));
    CHECK(has_fault(store::repair_folder(store.data, Depth::quick).status(), Fault::io));
  }
  const auto missing = store::check_folder(store.folder / "none", Depth::quick);
  CHECK(has_fault(missing.status(), Fault::file_missing));
  fs::create_directory(store.folder / "empty");
  const auto empty = store::repair_folder(store.folder / "empty", Depth::quick);
  CHECK(has_fault(empty.status(), Fault::argument));
  CHECK(fs::is_empty(store.folder / "empty"));
}

TEST_CASE("a note keeps every character of a title, and refuses what is no note") {
  store::TrackRecord track = track_record(3, kTrack);
  track.title = "100 % Regen\nüber = Zürich\t%41";
  track.caller = "";
  const auto read = store::read_track_note(store::track_note(track));
  REQUIRE(read.ok());
  CHECK(read->title == track.title);
  CHECK(read->caller.empty());
  CHECK(read->segment_index == 3);
  CHECK_FALSE(store::read_track_note("").ok());
  CHECK_FALSE(store::read_track_note("focus-session track 1\nid=../x\nframes=9").ok());
}
