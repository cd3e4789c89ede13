// SPDX-License-Identifier: MIT
#include "store/database.h"

#include <csignal>
#include <cstdint>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/row.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

std::int64_t count_rows(store::Database& database) {
  auto select = database.prepare("SELECT COUNT(*) FROM note");
  REQUIRE(select.ok());
  REQUIRE(select->step().value());
  return select->integer(0);
}

}  // namespace

TEST_CASE("a transaction that is not committed is rolled back") {
  const TempFolder folder;
  const auto database = store::Database::open(folder / "notes.sqlite").value();
  REQUIRE(database->execute("CREATE TABLE note (text TEXT)").ok());
  {
    auto transaction = store::Transaction::begin(*database);
    REQUIRE(transaction.ok());
    REQUIRE(database->execute("INSERT INTO note VALUES ('lost')").ok());
    CHECK(database->in_transaction());
  }
  CHECK_FALSE(database->in_transaction());
  CHECK(count_rows(*database) == 0);
}

TEST_CASE(
    "a transaction that a failed rollback has left open does not keep the next from beginning") {
  const TempFolder folder;
  const auto database = store::Database::open(folder / "notes.sqlite").value();
  REQUIRE(database->execute("CREATE TABLE note (text TEXT)").ok());
  REQUIRE(database->execute("BEGIN; INSERT INTO note VALUES ('lost')").ok());  // as it is left then
  auto transaction = store::Transaction::begin(*database);
  REQUIRE(transaction.ok());
  REQUIRE(database->execute("INSERT INTO note VALUES ('kept')").ok());
  REQUIRE(transaction->commit().ok());
  CHECK(count_rows(*database) == 1);
}

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
