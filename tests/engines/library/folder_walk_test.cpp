// SPDX-License-Identifier: MIT
#include "engines/library/folder_walk.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "engines/library/playlist.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::core::engines;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

void put(const std::string& path, const std::string& text = "music") {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

FolderContent walked(const std::string& root) {
  auto content = walk_folder(root, [] { return false; });
  REQUIRE(content.ok());
  return *content;
}

std::string reason_for(const FolderContent& content, const std::string& path) {
  for (const SkippedFile& file : content.skipped) {
    if (file.path == path) return file.reason;
  }
  return {};
}

}  // namespace

TEST_CASE("all files of a folder are found, each once, in the order of their paths") {
  const TempFolder folder;
  put(folder / "b/two.flac");
  put(folder / "a/one.mp3");
  put(folder / "a/cover.jpg");
  put(folder / ".hidden/three.flac");
  fs::create_symlink(folder / "b/two.flac", folder / "a/link.flac");
  fs::create_directory_symlink(folder.path(), folder / "b/up");
  const FolderContent content = walked(folder.path().string());
  REQUIRE(content.files.size() == 2);
  CHECK(content.files[0].path == folder / "a/link.flac");
  CHECK(content.files[1].path == folder / "a/one.mp3");
  CHECK(content.files[0].bytes == 5);
  CHECK(content.skipped.empty());
}

TEST_CASE("what is no file of music is skipped with a reason, and never opened") {
  const TempFolder folder;
  put(folder / "empty.flac", "");
  put(folder / "film.m4a");
  REQUIRE(::mkfifo((folder / "pipe.wav").c_str(), 0600) == 0);
  fs::create_symlink(folder / "loop.wav", folder / "loop.wav");
  fs::create_symlink("nowhere.wav", folder / "dangling.wav");
  const FolderContent content = walked(folder.path().string());
  CHECK(content.files.empty());
  CHECK(content.skipped.size() == 5);
  CHECK(reason_for(content, folder / "empty.flac") == "is empty");
  CHECK(reason_for(content, folder / "pipe.wav").find("pipe") != std::string::npos);
  CHECK(reason_for(content, folder / "loop.wav").find("link") != std::string::npos);
  CHECK(reason_for(content, folder / "dangling.wav") == "is not there");
  CHECK(reason_for(content, folder / "film.m4a").find("m4a") != std::string::npos);
}

TEST_CASE("a playlist brings its files, however it is spelt") {
  const TempFolder folder;
  put(folder / "far/one.flac");
  put(folder / "far/\xC3\xA9t\xC3\xA9.flac");
  put(folder / "list/all.m3u",
      "#EXTM3U\r\n#EXTINF:1,One\r\n..\\far\\one.flac\r\n../far/\xE9t\xE9.flac\r\n"
      "http://radio.example/stream\r\n../far/gone.mp3\r\n");
  const FolderContent content = walked(folder / "list");
  REQUIRE(content.files.size() == 2);
  CHECK(content.files[0].path == folder / "far/one.flac");
  CHECK(reason_for(content, "http://radio.example/stream").find("address") != std::string::npos);
  CHECK(reason_for(content, folder / "far/gone.mp3") == "is not there");
  CHECK(walked(folder / "list/all.m3u").files.size() == 2);
}

TEST_CASE("a folder or playlist that can not be read is an error that names it") {
  const TempFolder folder;
  const auto refused = [](const std::string& path) {
    return walk_folder(path, [] { return false; }).status();
  };
  CHECK(has_fault(refused(folder / "none"), Fault::file_missing));
  put(folder / "a.txt");
  CHECK(has_fault(refused(folder / "a.txt"), Fault::argument));
  put(folder / "b.m3u", std::string("RIFF\0WAVE", 9));
  CHECK(has_fault(refused(folder / "b.m3u"), Fault::bad_data));
  CHECK(is_cancelled(walk_folder(folder.path().string(), [] { return true; }).status()));
}
