// SPDX-License-Identifier: MIT
#include "base/output_target.h"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/file_signals.h"
#include "support/temp_folder.h"

using namespace focus::core;
using Durability = AtomicFile::Durability;

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Reads all that is written to a named pipe.
class PipeReader {
 public:
  explicit PipeReader(const std::string& path)
      : thread_([this, path] { bytes_ = bytes_of(path); }) {}
  std::string all() {
    thread_.join();
    return bytes_;
  }

 private:
  std::string bytes_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a symbolic link stays one, and the file that it leads to is replaced") {
  const focus::test::TempFolder folder;
  fs::create_directory(folder / "disk");
  REQUIRE(write_file(folder / "disk/real", "old", Durability::renamed).ok());
  fs::create_symlink("disk/real", folder / "link");
  fs::create_symlink(folder / "link", folder / "link to the link");
  REQUIRE(write_file(folder / "link to the link", "new", Durability::synced).ok());
  CHECK(fs::is_symlink(folder / "link to the link"));
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(bytes_of(folder / "disk/real") == "new");
}

TEST_CASE("a link that leads to nothing yet leads to the new file") {
  const focus::test::TempFolder folder;
  fs::create_directory(folder / "disk");
  fs::create_symlink("disk/new", folder / "link");
  REQUIRE(write_file(folder / "link", "x", Durability::renamed).ok());
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(bytes_of(folder / "disk/new") == "x");
}

TEST_CASE("another name of a file keeps what it had") {
  const focus::test::TempFolder folder;
  REQUIRE(write_file(folder / "kept", "old", Durability::renamed).ok());
  fs::create_hard_link(folder / "kept", folder / "out");
  REQUIRE(write_file(folder / "out", "new", Durability::renamed).ok());
  CHECK(bytes_of(folder / "kept") == "old");
  CHECK(bytes_of(folder / "out") == "new");
}

TEST_CASE("a file that is replaced keeps its permissions") {
  const focus::test::TempFolder folder;
  REQUIRE(write_file(folder / "a", "old", Durability::renamed).ok());
  fs::permissions(folder / "a", fs::perms::owner_read | fs::perms::owner_write);
  REQUIRE(write_file(folder / "a", "new", Durability::renamed).ok());
  CHECK(fs::status(folder / "a").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a pipe stays one and its reader gets the bytes") {
  const focus::test::TempFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string content(300'000, 'x');
  PipeReader reader(pipe);
  REQUIRE(write_file(pipe, content, Durability::synced).ok());
  CHECK(reader.all() == content);
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a device stays one, also where a link leads to it") {
  const focus::test::TempFolder folder;
  fs::create_symlink("/dev/null", folder / "null");
  REQUIRE(write_file(folder / "null", "x", Durability::synced).ok());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(fs::is_symlink(folder / "null"));
  if (fs::exists("/dev/full")) {
    CHECK(has_fault(write_file("/dev/full", "x", Durability::synced), Fault::no_space));
    CHECK(fs::is_character_file("/dev/full"));
  }
}

TEST_CASE("the path of an open descriptor is written to where that one stands") {
  const focus::test::TempFolder folder;
  const int file = ::open((folder / "a").c_str(), O_CREAT | O_RDWR, 0600);
  REQUIRE(file >= 0);
  REQUIRE(::write(file, "begun ", 6) == 6);
  const OutputTarget target = find_output_target("/dev/fd/" + std::to_string(file));
  CHECK(target.descriptor == file);
  CHECK(target.kind == OutputTarget::Kind::stream);
  {
    OutputStream stream(target);
    CHECK(stream.write("0000", 4) == 0);
    CHECK(stream.rewrite(0, "12", 2));
  }
  ::close(file);
  CHECK(bytes_of(folder / "a") == "begun 1200");
  CHECK(find_output_target("/dev/stdout").descriptor == 1);
  CHECK(find_output_target(folder / "stdout").descriptor == -1);
  CHECK(find_output_target("/dev/fd/x").descriptor == -1);
}

TEST_CASE("what can not be written is refused before any work") {
  const focus::test::TempFolder folder;
  REQUIRE(write_file(folder / "file", "x", Durability::renamed).ok());
  const auto refused = [](const std::string& path) {
    return check_output(find_output_target(path), path);
  };
  CHECK(refused(folder / "new").ok());
  CHECK(refused(folder / "file").ok());
  CHECK(path_of(refused(folder.path())) == folder.path());
  CHECK(std::string(refused(folder.path()).message()).find("is a folder") != std::string::npos);
  CHECK(path_of(refused(folder / "file/new")) == folder / "file/new");
  CHECK_FALSE(refused(folder / std::string(256, 'n')).ok());
}

TEST_CASE("an output that is the input is found by whatever name") {
  const focus::test::TempFolder folder;
  REQUIRE(write_file(folder / "a", "x", Durability::renamed).ok());
  fs::create_symlink(folder / "a", folder / "symlink");
  fs::create_hard_link(folder / "a", folder / "hard link");
  fs::create_directory(folder / "sub");
  for (const std::string& name :
       {folder / "a", folder / "symlink", folder / "hard link", folder / "sub/../a"}) {
    CAPTURE(name);
    const absl::Status status = check_not_input(name, folder / "a", "path");
    CHECK(has_fault(status, Fault::argument));
    CHECK(field_of(status) == "path");
    CHECK(std::string(status.message()).find("choose another name") != std::string::npos);
  }
  CHECK(check_not_input(folder / "b", folder / "a", "path").ok());
  CHECK(check_not_input("/dev/null", "/dev/null", "path").ok());
  CHECK(field_of(copy_file(folder / "a", folder / "symlink", Durability::renamed)) == "path");
  CHECK(bytes_of(folder / "a") == "x");
}

TEST_CASE(
    "a file beyond the limit of its process is a full disk, and a pipe without reader an error") {
  const focus::test::TempFolder folder;
  const ::pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_DFL);
    ::signal(SIGPIPE, SIG_DFL);
    const rlimit limit = {1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const absl::Status full =
        write_file(folder / "big", std::string(5000, 'x'), Durability::renamed);
    int ends[2] = {};
    if (::pipe(ends) != 0) ::_exit(3);
    ::close(ends[0]);
    const absl::Status broken =
        write_file("/dev/fd/" + std::to_string(ends[1]), "x", Durability::renamed);
    sigset_t pending;
    ::sigpending(&pending);
    const bool clean = sigismember(&pending, SIGXFSZ) == 0 && sigismember(&pending, SIGPIPE) == 0;
    ::_exit(has_fault(full, Fault::no_space) && has_fault(broken, Fault::io) && clean ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK_FALSE(fs::exists(folder / "big"));
}
