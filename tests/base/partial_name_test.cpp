// SPDX-License-Identifier: MIT
#include "base/partial_name.h"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "base/atomic_file.h"
#include "support/temp_folder.h"

using namespace focus::core;
using Durability = AtomicFile::Durability;

namespace {

namespace fs = std::filesystem;

/// The number of a process that has ended.
::pid_t ended_process() {
  const ::pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

void touch(const std::string& path) { std::ofstream(path) << "partial"; }

}  // namespace

TEST_CASE("a name as long as the file system allows can be written") {
  const focus::test::TempFolder folder;
  for (const std::size_t length : {200U, 231U, 240U, 255U}) {
    CAPTURE(length);
    const std::string name = std::string(length - 4, 'n') + ".wav";
    const std::string partial = new_partial_path(folder / name);
    CHECK(fs::path(partial).filename().string().size() <= 255);
    CHECK(partial.ends_with(".wav"));
    CHECK(is_partial_name(fs::path(partial).filename().string()));
    CHECK(write_file(folder / name, "x", Durability::renamed).ok());
  }
}

TEST_CASE("a long name is not cut within a character") {
  const focus::test::TempFolder folder;
  for (std::size_t before = 0; before < 3; ++before) {
    std::string name(before, 'n');
    while (name.size() + 3 <= 251) name += "\xE9\x9F\xB3";
    const std::string partial =
        fs::path(new_partial_path(folder / (name + ".wav"))).filename().string();
    const std::size_t mark = partial.find(".partial");
    REQUIRE(mark != std::string::npos);
    CHECK((mark - 1 - before) % 3 == 0);
  }
}

TEST_CASE("what a killed process has left is swept by the next attempt") {
  const focus::test::TempFolder folder;
  const std::string left = folder / (".mix.partial-" + std::to_string(ended_process()) + "-0.wav");
  touch(left);
  std::string longer = ".wav";
  longer.insert(0, 251, 'n');
  std::string left_longer = fs::path(new_partial_path(folder / longer)).filename().string();
  const std::string own = "-" + std::to_string(::getpid()) + "-";
  left_longer.replace(left_longer.find(own), own.size(),
                      "-" + std::to_string(ended_process()) + "-");
  touch(folder / left_longer);
  CHECK(sweep_partials(folder / "mix.wav") == 1);
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(folder / left_longer));
  CHECK(sweep_partials(folder / longer) == 1);
  CHECK_FALSE(fs::exists(folder / left_longer));
}

TEST_CASE("no file of another name, process or program is swept") {
  const focus::test::TempFolder folder;
  const std::string ended = std::to_string(ended_process());
  const ::pid_t running = ::fork();
  if (running == 0) {
    ::pause();
    ::_exit(0);
  }
  std::vector<std::string> kept;
  for (const std::string& name :
       {".other.partial-" + ended + "-0.wav", ".mix.partial-" + ended + "-0.flac",
        ".mix.partial-" + ended + ".wav", ".mix.partial-" + ended + "-x.wav",
        ".mix.partial-" + ended + "-0-1.wav", std::string(".mix.partial.wav"),
        std::string(".mix.partial-notes.wav"), "mix.partial-" + ended + "-0.wav",
        ".mix.partial-" + std::to_string(running) + "-0.wav"}) {
    kept.push_back(folder / name);
    touch(kept.back());
  }
  fs::create_directory(folder / (".mix.partial-" + ended + "-7.wav"));
  kept.push_back(folder / (".mix.partial-" + ended + "-7.wav"));
  fs::create_symlink(folder / ".mix.partial.wav", folder / (".mix.partial-" + ended + "-8.wav"));
  kept.push_back(folder / (".mix.partial-" + ended + "-8.wav"));

  CHECK(sweep_partials(folder / "mix.wav") == 0);
  for (const std::string& path : kept) {
    CAPTURE(path);
    CHECK(fs::exists(path));
  }
  ::kill(running, SIGKILL);
  ::waitpid(running, nullptr, 0);
}

TEST_CASE("what is still being written is not swept, in this process or another") {
  const focus::test::TempFolder folder;
  const AtomicFile first(folder / "mix.wav");
  const AtomicFile second(folder / "mix.wav");
  second.sweep_leftovers();
  CHECK(fs::exists(first.partial_path()));
  CHECK(fs::exists(second.partial_path()));

  // The number of an ended process, but somebody holds the file: a container has its own numbers.
  const std::string held = folder / (".mix.partial-" + std::to_string(ended_process()) + "-0.wav");
  const int descriptor = ::open(held.c_str(), O_CREAT | O_RDWR, 0600);
  REQUIRE(::flock(descriptor, LOCK_EX) == 0);
  second.sweep_leftovers();
  CHECK(fs::exists(held));
  ::close(descriptor);
  second.sweep_leftovers();
  CHECK_FALSE(fs::exists(held));
}
