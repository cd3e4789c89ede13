// SPDX-License-Identifier: MIT
#include "store/folder_store.h"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/memory_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

TEST_CASE("a session comes back from the folder as it was put in") {
  const TempFolder folder;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE(store.ok());
    REQUIRE((*store)->sessions().add(session_record()).ok());
    REQUIRE((*store)->sessions().set_ended(session_record().id).ok());
  }
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE(store.ok());
  CHECK((*store)->sessions().ids().value() == std::vector<std::string>{session_record().id});
  const store::SessionRecord read = (*store)->sessions().find(session_record().id).value();
  const store::SessionRecord wrote = session_record();
  CHECK(read.created_at == wrote.created_at);
  CHECK(read.ended);
  CHECK(read.request.goal == wrote.request.goal);
  CHECK(read.request.custom_prompt == wrote.request.custom_prompt);
  CHECK(read.request.target_minutes == wrote.request.target_minutes);
  CHECK(read.request.divergence == wrote.request.divergence);
  CHECK(read.request.engine == wrote.request.engine);
  CHECK(read.request.seed == wrote.request.seed);
  CHECK(read.request.target_lufs == wrote.request.target_lufs);
  CHECK(read.request.look_ahead == wrote.request.look_ahead);
  CHECK(read.request.fallback == wrote.request.fallback);
  CHECK(read.request.fallback_after_seconds == wrote.request.fallback_after_seconds);
  CHECK(read.organization == wrote.organization);
  CHECK(read.caller == wrote.caller);
  CHECK_FALSE(read.stopped_cap);
  CHECK(read.request.modulation_depth == wrote.request.modulation_depth);
  CHECK(read.request.stem_db == wrote.request.stem_db);
  CHECK(read.request.work_minutes == wrote.request.work_minutes);
  CHECK(read.request.break_minutes == wrote.request.break_minutes);
  CHECK(read.request.ending_seconds == wrote.request.ending_seconds);
  CHECK(read.request.tempo_bpm == wrote.request.tempo_bpm);
}

TEST_CASE("a change joins the history and takes the segments it replaces") {
  const TempFolder folder;
  const std::string id = session_record().id;
  std::vector<std::string> paths;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE(store.ok());
    REQUIRE((*store)->sessions().add(session_record()).ok());
    for (int k = 0; k < 3; ++k) paths.push_back(put(**store, k, test_audio())->path);
    plan::Steering steering;
    steering.custom_prompt = "Wellen, sehr ruhig";
    steering.divergence = 0.25;
    REQUIRE((*store)->sessions().add_change(id, 0, {steering, 12345}, 1).ok());
    plan::Steering shorter;
    shorter.target_minutes = 4;
    shorter.goal = plan::Goal::sleep;
    shorter.intensity = plan::Intensity::low;
    shorter.stem_db[static_cast<std::size_t>(plan::Stem::bass)] = -4.5;
    shorter.stem_db[static_cast<std::size_t>(plan::Stem::ambience)] = 0.0;
    shorter.scenes = "rain=-6";
    REQUIRE((*store)->sessions().add_change(id, 1, {shorter, 20000}, 2).ok());
    REQUIRE(
        is_not_found((*store)->sessions().add_change("mfocus_000000000000", 0, {shorter, 0}, 0)));
  }
  CHECK(fs::exists(paths[0]));
  CHECK_FALSE(fs::exists(paths[1]));
  CHECK_FALSE(fs::exists(paths[2]));
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE(store.ok());
  CHECK((*store)->segments().list(id)->size() == 1);
  const auto history = (*store)->sessions().find(id)->history;
  REQUIRE(history.size() == 2);
  CHECK(history[0].from == 12345);
  CHECK(history[0].steering.custom_prompt == "Wellen, sehr ruhig");
  CHECK(history[0].steering.divergence == 0.25);
  CHECK_FALSE(history[0].steering.goal.has_value());
  CHECK_FALSE(history[0].steering.changes_levels());
  CHECK_FALSE(history[0].steering.scenes.has_value());
  CHECK(history[1].steering.scenes == "rain=-6");
  CHECK(history[1].steering.stem_db ==
        std::array<std::optional<double>, plan::kStemCount>{{{}, -4.5, {}, {}, 0.0}});
  CHECK(history[1].steering.target_minutes == 4);
  CHECK(history[1].steering.goal == plan::Goal::sleep);
  CHECK(history[1].steering.intensity == plan::Intensity::low);
}

TEST_CASE("a catalogue of the first version opens, and what it lacks is off") {
  const TempFolder folder;
  REQUIRE(store::FolderStore::open(folder / "data").ok());
  const std::string path = folder / "data/catalogue.sqlite";
  fs::remove(path);
  {
    const auto old = store::Database::open(path);
    REQUIRE(old.ok());
    REQUIRE((*old)
                ->execute(R"sql(
      CREATE TABLE session (
        id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
        plan_version INTEGER NOT NULL, goal TEXT NOT NULL, target_minutes INTEGER NOT NULL,
        custom_prompt TEXT NOT NULL, intensity TEXT NOT NULL, divergence REAL NOT NULL,
        engine TEXT NOT NULL, seed INTEGER NOT NULL, target_lufs REAL NOT NULL,
        format TEXT NOT NULL, sample_rate INTEGER NOT NULL, segment_seconds REAL NOT NULL,
        look_ahead INTEGER
      ) STRICT;
      CREATE TABLE segment (
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        number INTEGER NOT NULL, engine TEXT NOT NULL, engine_version TEXT NOT NULL,
        fallback INTEGER NOT NULL, frames INTEGER NOT NULL, bytes INTEGER NOT NULL,
        sample_rate INTEGER NOT NULL, integrated_lufs REAL NOT NULL, range_lu REAL NOT NULL,
        true_peak_dbtp REAL NOT NULL, gain_db REAL NOT NULL, limited INTEGER NOT NULL,
        cue_in INTEGER NOT NULL, cue_out INTEGER NOT NULL, leading_silence INTEGER NOT NULL,
        trailing_silence INTEGER NOT NULL, PRIMARY KEY (session_id, number)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO session VALUES ('mfocus_0123456789ab', 1750000000, 0, 1, 'sleep', 60, '', 'low',
        0.3, 'studio', 5, -23.0, 'flac', 48000, 120.0, NULL);
      PRAGMA user_version = 1;
    )sql")
                .ok());
  }
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE(store.ok());
  const auto read = (*store)->sessions().find("mfocus_0123456789ab");
  REQUIRE(read.ok());
  CHECK(read->request.goal == plan::Goal::sleep);
  CHECK(read->request.modulation_depth == 0.0);
  CHECK(read->request.stem_db == std::array<double, plan::kStemCount>{});
  CHECK_FALSE(read->request.has_phases());
  CHECK(read->request.ending_seconds == 0.0);
  CHECK(read->request.fallback_after_seconds == 0.0);
  CHECK(read->request.tempo_bpm == 0.0);
  store::SessionRecord next = session_record("mfocus_ba9876543210");
  REQUIRE((*store)->sessions().add(next).ok());
  CHECK((*store)->sessions().find(next.id)->request.work_minutes == 25);
  CHECK((*store)->tracks().list()->empty());
  CHECK((*store)->url_keys().list()->empty());
  CHECK((*store)->sessions().untouched_since(1'750'000'001)->size() == 2);
}

TEST_CASE("a ready segment is a file under its final name and outlives the store") {
  const TempFolder folder;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE((*store)->sessions().add(session_record()).ok());
    const auto put_record = put(**store, 2, test_audio());
    REQUIRE(put_record.ok());
    CHECK(fs::path(put_record->path).filename() == "002.flac");
    CHECK(put_record->frames == 48000);
  }
  const auto store = store::FolderStore::open(folder / "data");
  const auto segments = (*store)->segments().list(session_record().id);
  REQUIRE(segments.ok());
  REQUIRE(segments->size() == 1);
  const store::SegmentRecord& record = segments->front();
  CHECK(record.index == 2);
  CHECK(record.licence_class == "personal_only");
  CHECK(record.instrumental);
  CHECK(record.mastering.true_peak_dbtp == -3.25);
  CHECK(record.mastering.cue.cue_in == 480);
  const auto reader = (*store)->segments().open(session_record().id, 2);
  REQUIRE(reader.ok());
  const audio::AudioBuffer read = read_all(**reader);
  const audio::AudioBuffer wrote = test_audio();
  REQUIRE(read.frames() == wrote.frames());
  for (std::size_t i = 0; i < 48000; i += 97) {
    REQUIRE(read.samples(1)[i] == Approx(wrote.samples(1)[i]).margin(2.0 / 32768));
  }
}

TEST_CASE("segments can be read from any frame") {
  const auto store = store::FolderStore::open_temporary();
  REQUIRE((*store)->sessions().add(session_record()).ok());
  REQUIRE(put(**store, 0, test_audio()).ok());
  const auto reader = (*store)->segments().open(session_record().id, 0);
  const audio::AudioBuffer whole = read_all(**reader);
  audio::AudioBuffer part(2, 100, 48000);
  for (const std::int64_t at : {std::int64_t{40'000}, std::int64_t{5}, std::int64_t{47'950}}) {
    const auto count = (*reader)->read(at, part.view());
    REQUIRE(count.ok());
    CHECK(*count == std::min<std::int64_t>(100, 48000 - at));
    for (std::int64_t i = 0; i < *count; ++i) {
      REQUIRE(part.samples(0)[static_cast<std::size_t>(i)] ==
              whole.samples(0)[static_cast<std::size_t>(at + i)]);
    }
  }
}

TEST_CASE("a segment whose file has gone is forgotten, so that it is made again") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const std::string path = put(**store, 0, test_audio()).value().path;
  REQUIRE(put(**store, 1, test_audio()).ok());
  fs::remove(path);
  const auto segments = (*store)->segments().list(session_record().id);
  REQUIRE(segments.ok());
  REQUIRE(segments->size() == 1);
  CHECK(segments->front().index == 1);
}

TEST_CASE("a segment whose file was cut short is forgotten too") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const std::string path = put(**store, 0, test_audio()).value().path;
  fs::resize_file(path, fs::file_size(path) / 2);
  CHECK((*store)->segments().list(session_record().id).value().empty());
}

TEST_CASE("a folder stays the same when the process goes elsewhere") {
  const TempFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const auto store = store::FolderStore::open("data");
  fs::current_path(before);
  REQUIRE(store.ok());
  REQUIRE((*store)->sessions().add(session_record()).ok());
  CHECK(put(**store, 0, test_audio()).value().path.starts_with(folder.path().string()));
}

TEST_CASE("what a killed process was writing is cleared away") {
  const TempFolder folder;
  std::string partial;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE((*store)->sessions().add(session_record()).ok());
    const std::string path = put(**store, 0, test_audio()).value().path;
    partial = (fs::path(path).parent_path() / ".001.partial-77-0.flac").string();
    std::ofstream(partial) << "half";
  }
  REQUIRE(store::FolderStore::open(folder / "data").ok());
  CHECK_FALSE(fs::exists(partial));
}

TEST_CASE("cancelling leaves no file") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  CancelToken cancel;
  cancel.cancel();
  const auto result =
      put(**store, claim_request(0), audio::AudioFormat::flac16, test_audio(), cancel);
  CHECK(is_cancelled(result.status()));
  CHECK(fs::is_empty(folder / ("data/sessions/" + session_record().id)));
}

TEST_CASE("a folder is for one service at a time") {
  const TempFolder folder;
  auto first = store::FolderStore::open(folder / "data");
  REQUIRE(first.ok());
  const auto second = store::FolderStore::open(folder / "data");
  CHECK(has_fault(second.status(), Fault::io));
  CHECK(path_of(second.status()) == folder / "data");
  first->reset();
  CHECK(store::FolderStore::open(folder / "data").ok());
}

TEST_CASE("a damaged catalogue is an error that names it and says what to do") {
  const TempFolder folder;
  REQUIRE(store::FolderStore::open(folder / "data").ok());
  const std::string path = folder / "data/catalogue.sqlite";
  SECTION("no database at all") {
    fs::remove(path + "-wal");
    std::ofstream(path, std::ios::trunc) << std::string(4096, 'x');
  }
  SECTION("a page overwritten") {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(8192, '\x5A');
  }
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE_FALSE(store.ok());
  CHECK(has_fault(store.status(), Fault::bad_data));
  CHECK(path_of(store.status()) == path);
  CHECK(std::string(store.status().message()).find("damaged") != std::string::npos);
}

TEST_CASE("folders that can not be are named") {
  const TempFolder folder;
  std::ofstream(folder / "file") << "x";
  for (const std::string& path : {folder / "file", folder / "file/data", folder / "no/such"}) {
    const auto store = store::FolderStore::open(path);
    CAPTURE(path, store.status().message());
    CHECK_FALSE(store.ok());
    CHECK(path_of(store.status()) == path);
  }
}

TEST_CASE("a temporary store takes its folder with it") {
  std::string folder;
  {
    const auto store = store::FolderStore::open_temporary();
    REQUIRE((*store)->sessions().add(session_record()).ok());
    folder = fs::path(put(**store, 0, test_audio()).value().path).parent_path().string();
    CHECK(fs::exists(folder));
  }
  CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("an unknown session is not found, by name") {
  const auto store = store::FolderStore::open_temporary();
  const auto session = (*store)->sessions().find("mfocus_ffffffffffff");
  CHECK(is_not_found(session.status()));
  CHECK(field_of(session.status()) == "session_id");
}

TEST_CASE("memory holds the very samples that a file would") {
  for (const audio::AudioFormat format :
       {audio::AudioFormat::flac16, audio::AudioFormat::flac24, audio::AudioFormat::wav}) {
    store::MemoryStore memory;
    const auto folder = store::FolderStore::open_temporary();
    store::SessionRecord session = session_record();
    session.request.format = format;
    for (store::Store* store :
         {static_cast<store::Store*>(&memory), static_cast<store::Store*>(folder->get())}) {
      REQUIRE(store->sessions().add(session).ok());
      REQUIRE(put(*store, claim_request(3), format, test_audio()).ok());
    }
    const audio::AudioBuffer from_memory = read_all(**memory.segments().open(session.id, 3));
    const audio::AudioBuffer from_file = read_all(**(*folder)->segments().open(session.id, 3));
    CHECK(same_samples(from_memory, from_file));
  }
}
