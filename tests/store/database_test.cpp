// SPDX-License-Identifier: MIT
#include "store/database.h"

#include <csignal>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/temp_folder.h"

using namespace focus::core;

TEST_CASE("a database beyond the limit of its process is a full disk, and the process lives") {
  const focus::test::TempFolder folder;
  const std::string path = folder / "catalogue.sqlite";
  const ::pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_DFL);
    const rlimit limit = {100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto database = store::Database::open(path);
    if (!database.ok()) ::_exit(2);
    if (!(*database)->execute("CREATE TABLE big (bytes BLOB)").ok()) ::_exit(3);
    const absl::Status full = (*database)->execute("INSERT INTO big VALUES (randomblob(1000000))");
    ::_exit(has_fault(full, Fault::no_space) ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
