// SPDX-License-Identifier: MIT
#include "engines/library/scanner.h"

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "engines/library/made_music.h"

using namespace focus::core;
using namespace focus::core::engines;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::minutes kPatience(5);

struct Scanned {
  explicit Scanned(const std::string& root, const std::string& file, int workers = 2) {
    auto opened = LibraryCatalogue::open(file, root);
    REQUIRE(opened.ok());
    catalogue = *std::move(opened);
    scanner = std::make_unique<LibraryScanner>(root, *catalogue, workers, [] {});
    again();
  }
  void again() {
    REQUIRE(scanner->begin().ok());
    REQUIRE(scanner->wait(kPatience).ok());
    REQUIRE(scanner->progress().trouble == "");
  }
  std::vector<Track> tracks() const {
    return (*catalogue->snapshot(catalogue->generation().value()))->tracks;
  }
  std::string reason_for(const std::string& path) const {
    const auto skipped = catalogue->skipped();
    for (const SkippedFile& file : *skipped) {
      if (file.path == path) return file.reason;
    }
    return {};
  }

  std::unique_ptr<LibraryCatalogue> catalogue;
  std::unique_ptr<LibraryScanner> scanner;
};

audio::FileTags tagged() {
  audio::FileTags tags;
  tags.add("TITLE", "Prelude");
  tags.add("ARTIST", "J. S. Bach");
  tags.add("GENRE", "Baroque");
  tags.loudness = audio::FileTags::Loudness{-20.0, 0.5};
  return tags;
}

}  // namespace

TEST_CASE("a folder is scanned once, and changes are noticed") {
  const TempFolder folder, cache;
  const std::string root = folder.path().string();
  const audio::AudioBuffer music = made_music({.seconds = 20.0, .bpm = 100.0, .lufs = -16.0});
  write_music(folder / "a.flac", music, audio::AudioFormat::flac16, tagged());
  write_music(folder / "b.wav", music, audio::AudioFormat::wav);
  const std::string file = cache / "deep/library.sqlite";
  {
    Scanned library(root, file);
    const std::vector<Track> tracks = library.tracks();
    REQUIRE(tracks.size() == 2);
    CHECK(tracks[0].place == "a.flac");
    CHECK(tracks[0].tags.title == "Prelude");
    CHECK(tracks[0].tags.artist == "J. S. Bach");
    CHECK(tracks[0].tags.genre == "Baroque");
    REQUIRE(tracks[0].tags.told_lufs.has_value());
    CHECK(*tracks[0].tags.told_lufs == Approx(-20.0).margin(0.02));
    CHECK(tracks[0].figures.integrated_lufs == Approx(-16.0).margin(0.1));
    CHECK(tracks[0].figures.bpm == Approx(100.0).epsilon(0.01));
    CHECK(tracks[1].name() == "b");
    CHECK(library.scanner->progress().analysed_seconds == Approx(40.0).margin(0.1));
    CHECK(library.catalogue->detail(tracks[1].id)->levels.size() == 200);
  }
  Scanned library(root, file);
  CHECK(library.scanner->progress().analysed_seconds == 0.0);
  CHECK(library.scanner->progress().tracks == 2);
  CHECK(library.tracks().size() == 2);

  const auto before = library.catalogue->generation();
  fs::remove(folder / "b.wav");
  write_music(folder / "c.wav", made_music({.seconds = 15.0}), audio::AudioFormat::wav);
  fs::last_write_time(folder / "a.flac", fs::file_time_type::clock::now() + std::chrono::hours(1));
  library.again();
  const std::vector<Track> tracks = library.tracks();
  REQUIRE(tracks.size() == 2);
  CHECK(tracks[1].place == "c.wav");
  CHECK(library.scanner->progress().analysed_seconds == Approx(35.0).margin(0.1));
  // What was is still known to those who began before, until nobody needs it.
  CHECK(library.catalogue->generation_of("late").value() ==
        library.catalogue->generation().value());
  CHECK((*library.catalogue->snapshot(*before))->tracks.size() <= 2);
}

TEST_CASE("a session keeps the generation in which it began") {
  const TempFolder folder, cache;
  write_music(folder / "a.wav", made_music({.seconds = 15.0}), audio::AudioFormat::wav);
  const std::string file = cache / "library.sqlite";
  Scanned library(folder.path().string(), file);
  const std::int64_t begun = library.catalogue->generation_of("one").value();
  fs::rename(folder / "a.wav", folder / "b.wav");
  library.again();
  CHECK(library.catalogue->generation_of("one").value() == begun);
  CHECK((*library.catalogue->snapshot(begun))->tracks.front().place == "a.wav");
  CHECK(library.tracks().front().place == "b.wav");
  library.scanner.reset();
  library.catalogue.reset();
  const Scanned reopened(folder.path().string(), file);
  CHECK(reopened.catalogue->generation_of("one").value() == begun);
  CHECK((*reopened.catalogue->snapshot(begun))->tracks.front().place == "a.wav");
}

TEST_CASE("a file that can not be played costs that file alone") {
  const TempFolder folder, cache;
  const audio::AudioBuffer music = made_music({.seconds = 20.0});
  write_music(folder / "good.flac", music);
  write_music(folder / "lies.mp3", music, audio::AudioFormat::wav);  // is a WAV file
  std::ofstream(folder / "text.flac") << "this is no music at all";
  write_music(folder / "cut.flac", music);
  fs::resize_file(folder / "cut.flac", fs::file_size(folder / "cut.flac") / 2);
  write_music(folder / "short.wav", made_music({.seconds = 3.0}), audio::AudioFormat::wav);
  audio::AudioBuffer silent(2, 44100 * 20, 44100);
  write_music(folder / "silent.wav", silent, audio::AudioFormat::wav);
  Scanned library(folder.path().string(), cache / "library.sqlite");
  CHECK(library.tracks().size() == 2);
  CHECK(library.reason_for(folder / "text.flac") != "");
  CHECK(library.reason_for(folder / "cut.flac").find("breaks off") != std::string::npos);
  CHECK(library.reason_for(folder / "short.wav").find("12 s") != std::string::npos);
  CHECK(library.reason_for(folder / "silent.wav") == "is silent");
  CHECK(library.scanner->progress().skipped == 4);
  // They are not read again, and heard of again.
  library.again();
  CHECK(library.scanner->progress().analysed_seconds == 0.0);
  CHECK(library.scanner->progress().skipped == 4);
}

TEST_CASE("a catalogue is a cache: what is damaged is made anew, what is something else stays") {
  const TempFolder folder, cache;
  write_music(folder / "a.wav", made_music({.seconds = 15.0}), audio::AudioFormat::wav);
  const std::string root = folder.path().string();
  const std::string file = cache / "library.sqlite";
  { const Scanned library(root, file); }
  {
    std::fstream damage(file, std::ios::binary | std::ios::in | std::ios::out);
    damage.seekp(100);
    damage << std::string(20'000, 'x');
  }
  const Scanned library(root, file);
  CHECK(library.tracks().size() == 1);
  CHECK(fs::exists(file + ".damaged"));

  std::ofstream(cache / "letter.txt") << "Dear friend, this is no catalogue, and it is dear to me.";
  CHECK(has_fault(LibraryCatalogue::open(cache / "letter.txt", root).status(), Fault::argument));
  CHECK(fs::file_size(cache / "letter.txt") == 56);
  CHECK(has_fault(LibraryCatalogue::open(cache.path().string(), root).status(), Fault::argument));
}

TEST_CASE("a scan can be stopped at any time, and goes on where it was") {
  const TempFolder folder, cache;
  const audio::AudioBuffer music = made_music({.seconds = 20.0});
  for (int k = 0; k < 12; ++k) {
    write_music(folder / (std::to_string(k) + ".wav"), music, audio::AudioFormat::wav);
  }
  const std::string root = folder.path().string();
  {
    auto catalogue = LibraryCatalogue::open(cache / "library.sqlite", root);
    REQUIRE(catalogue.ok());
    LibraryScanner scanner(root, **catalogue, 1, [] {});
    REQUIRE(scanner.begin().ok());
  }
  const Scanned library(root, cache / "library.sqlite");
  CHECK(library.tracks().size() == 12);
}

TEST_CASE("a folder that is not there is told as the scan's trouble") {
  const TempFolder cache;
  auto catalogue = LibraryCatalogue::open(cache / "library.sqlite", cache / "none");
  REQUIRE(catalogue.ok());
  LibraryScanner scanner(cache / "none", **catalogue, 1, [] {});
  REQUIRE(scanner.begin().ok());
  REQUIRE(scanner.wait(kPatience).ok());
  CHECK(scanner.progress().trouble.find("no such folder") != std::string::npos);
}
