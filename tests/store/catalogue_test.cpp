// SPDX-License-Identifier: MIT
#include "store/catalogue.h"

#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// The schema before there were claims, with money spent and a session that was steered twice.
constexpr char kBeforeClaims[] = R"sql(
  DROP TABLE message;
  ALTER TABLE session DROP COLUMN told_complete;
  DROP TABLE answer;
  DROP INDEX session_of_owner;
  DROP TABLE claim;
  DROP TABLE hold;
  DROP TABLE settled_by_session;
  DROP TABLE settled_on_day;
  DROP TABLE session_option;
  ALTER TABLE session DROP COLUMN changes;
  ALTER TABLE session DROP COLUMN next_epoch;
  ALTER TABLE session DROP COLUMN revision;
  ALTER TABLE session DROP COLUMN names_loudness;
  ALTER TABLE segment DROP COLUMN epoch;
  ALTER TABLE segment DROP COLUMN digest;
  ALTER TABLE track DROP COLUMN digest;
  ALTER TABLE change DROP COLUMN pads_db;
  ALTER TABLE change DROP COLUMN bass_db;
  ALTER TABLE change DROP COLUMN melody_db;
  ALTER TABLE change DROP COLUMN percussion_db;
  ALTER TABLE change DROP COLUMN ambience_db;
  ALTER TABLE change DROP COLUMN scenes;
  CREATE TABLE spend (
    hold INTEGER PRIMARY KEY, session_id TEXT NOT NULL, segment INTEGER NOT NULL,
    organization TEXT NOT NULL, day INTEGER NOT NULL, micros INTEGER NOT NULL,
    settled INTEGER NOT NULL
  ) STRICT;
  INSERT INTO spend VALUES
    (1, 'a', 0, 'org', 20000, 10, 1), (2, 'a', 1, 'org', 20000, 5, 1),
    (3, 'a', 2, 'org', 20001, 7, 1), (4, 'b', 0, 'org', 20001, 100, 1),
    (5, 'a', 3, 'org', 20001, 60, 0);
  INSERT INTO change (session_id, number, from_hundredths, divergence) VALUES
    ('mfocus_0123456789ab', 0, 100, 0.5), ('mfocus_0123456789ab', 1, 200, 0.25);
  PRAGMA user_version = 7;
)sql";

}  // namespace

TEST_CASE("a catalogue from before there were claims keeps its money and its changes") {
  const TempFolder folder;
  {
    const auto opened = store::FolderStore::open(folder / "data");
    REQUIRE((*opened)->sessions().add(session_record()).ok());
    REQUIRE(put(**opened, 0, test_audio(4800)).ok());
  }
  {
    const auto old = store::Database::open(folder / "data/catalogue.sqlite");
    REQUIRE(old.ok());
    REQUIRE((*old)->execute(kBeforeClaims).ok());
  }
  const auto opened = store::FolderStore::open(folder / "data");
  REQUIRE(opened.ok());
  store::SpendLedger& ledger = (*opened)->ledger();
  CHECK(ledger.spent_by("a")->settled == 22);
  CHECK(ledger.spent_on("org", 20'000)->settled == 15);
  CHECK(ledger.spent_on("org", 20'001)->settled == 107);
  // What a process held then came back when the folder was opened.
  CHECK(ledger.spent_by("a")->held == 0);
  CHECK(ledger.spent_on("org", 20'001)->held == 0);
  store::ReserveRequest request;
  request.session_id = "a";
  request.segment = 3;
  request.organization = "org";
  request.day = 20'001;
  request.micros = 70;
  request.node = "n";
  request.caps.session_micros = 92;  // 22 and 70
  const auto reserved = ledger.reserve(request);
  REQUIRE(reserved->answer == store::SpendAnswer::held);
  CHECK(reserved->hold > 5);
  CHECK(ledger.spent_by("a")->held == 70);

  const std::string id = session_record().id;
  CHECK((*opened)->segments().list(id)->size() == 1);
  CHECK((*opened)->sessions().find(id)->history.size() == 2);
  CHECK(has_fault((*opened)->sessions().add_change(id, 1, {}, 1), Fault::conflict));
  CHECK((*opened)->sessions().add_change(id, 2, {}, 1).ok());
  CHECK((*opened)->board().claim(claim_request(1, 3)).ok());
}
