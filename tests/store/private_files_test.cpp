// SPDX-License-Identifier: MIT
// What a store writes is read by its owner alone.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "base/private_file.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

void check_private(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    CAPTURE(entry.path().string());
    CHECK(mode_of(entry.path()) == (entry.is_directory() ? 0700u : 0600u));
  }
}

/// A store with a segment and a track.
void fill(const std::string& folder) {
  const auto store = store::FolderStore::open(folder);
  REQUIRE(store.ok());
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const auto segment = put(**store, 0, test_audio());
  REQUIRE(segment.ok());
  const auto audio = store::FileAudioBytes::open(segment->path, audio::AudioFormat::flac16);
  REQUIRE(audio.ok());
  REQUIRE((*store)->tracks().add(track_record(0, "mtrack_00000000000a"), **audio, 0).ok());
  check_private(folder);  // with the database's log
}

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

}  // namespace

TEST_CASE("a store's files are private, whatever the umask is") {
  for (const mode_t mask : {0000, 0022, 0077, 0477}) {
    const TempFolder folder;
    const std::string data = folder / "data";
    const Umask umask(mask);
    fill(data);
    CHECK(mode_of(data) == 0700);
    check_private(data);
  }
}

TEST_CASE("a folder that was there before becomes private, and so does all that is ours in it") {
  const TempFolder folder;
  const std::string data = folder / "data";
  const Umask umask(0022);
  fs::create_directory(data);
  REQUIRE(mode_of(data) == 0755);
  fill(data);
  CHECK(mode_of(data) == 0700);
  // As an older version has left it.
  std::ofstream(data + "/keys.json") << "{}";
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    ::chmod(entry.path().c_str(), entry.is_directory() ? 0755 : 0644);
  }
  ::chmod(data.c_str(), 0755);
  REQUIRE(store::FolderStore::open(data).ok());
  CHECK(mode_of(data) == 0700);
  check_private(data);
}

TEST_CASE("a folder that holds something else is left as it is, but for what is ours") {
  const TempFolder folder;
  const std::string data = folder / "data";
  const Umask umask(0022);
  fs::create_directory(data);
  std::ofstream(data + "/letter.txt") << "dear";
  fs::create_directory(data + "/photos");
  const auto store = store::FolderStore::open(data);
  REQUIRE(store.ok());
  REQUIRE((*store)->sessions().add(session_record()).ok());
  REQUIRE(put(**store, 0, test_audio()).ok());
  CHECK(mode_of(data) == 0755);
  CHECK(mode_of(data + "/letter.txt") == 0644);
  CHECK(mode_of(data + "/photos") == 0755);
  CHECK(mode_of(data + "/catalogue.sqlite") == 0600);
  CHECK(mode_of(data + "/sessions") == 0700);
  check_private(data + "/sessions");
  check_private(data + "/tracks");
}

TEST_CASE("a link is not followed, and what is there keeps its content") {
  const TempFolder folder;
  std::ofstream(folder / "target") << "text";
  ::chmod((folder / "target").c_str(), 0644);
  fs::create_symlink(folder / "target", folder / "link");
  make_private(folder / "link");
  CHECK(mode_of(folder / "target") == 0644);
  REQUIRE(create_private_file(folder / "target").ok());
  CHECK(mode_of(folder / "target") == 0600);
  CHECK(fs::file_size(folder / "target") == 4);
  make_private(folder / "missing");
  CHECK_FALSE(fs::exists(folder / "missing"));
  CHECK_FALSE(create_private_file(folder / "missing/file").ok());
}
