// SPDX-License-Identifier: MIT
#include "store/request_columns.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "plan/request_fields.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A database with a table of sessions as it was before any option had a column.
std::unique_ptr<store::Database> old_database(const std::string& path) {
  auto database = store::Database::open(path);
  REQUIRE(database.ok());
  REQUIRE((*database)
              ->execute("CREATE TABLE session (id TEXT PRIMARY KEY, goal TEXT NOT NULL) STRICT;"
                        "CREATE TABLE session_option (column_name TEXT PRIMARY KEY);"
                        "INSERT INTO session VALUES ('old', 'sleep')")
              .ok());
  return *std::move(database);
}

absl::StatusOr<plan::Request> request_of(store::Database& database, const std::string& id) {
  auto select =
      database.prepare("SELECT " + store::request_columns() + " FROM session WHERE id = :id");
  REQUIRE(select.ok());
  REQUIRE(*select->bind(":id", id).step());
  store::Row row(*select);
  return store::read_request(row);
}

/// Every field with a value that is not its default.
plan::Request unusual_request() {
  plan::Request request = session_record().request;
  request.intensity = plan::Intensity::high;
  request.format = audio::AudioFormat::flac24;
  request.sample_rate = 44100;
  request.segment_seconds = 33.25;
  request.stem_db = {-1.0, -3.5, 12.0, plan::kStemOff, 1.0};
  request.scenes = "rain=-3, fire";
  request.programme = "0: train; 180/10: sea";
  // Whatever fields come later, at the ends of their ranges.
  for (const plan::RequestField& field : plan::request_fields()) {
    visit_value(field, request, [&]<typename Value>(const Value& value) {
      if constexpr (plan::NumberValue<Value>) {
        if (value == 0) plan::set_number(field, field.range.high, request);
      }
    });
  }
  return request;
}

}  // namespace

TEST_CASE("every field of a request comes back from its column") {
  const TempFolder folder;
  const auto database = old_database(folder / "a.sqlite");
  REQUIRE(store::add_request_columns(*database).ok());
  const plan::Request wrote = unusual_request();
  auto insert = database->prepare("INSERT INTO session (id, " + store::request_columns() +
                                  ") VALUES (:id, " + store::request_parameters() + ")");
  REQUIRE(insert.ok());
  insert->bind(":id", "new");
  store::bind_request(*insert, wrote);
  REQUIRE(insert->run().ok());
  const auto read = request_of(*database, "new");
  REQUIRE(read.ok());
  const plan::Request unasked;
  for (const plan::RequestField& field : plan::request_fields()) {
    CAPTURE(field.name);
    visit_value(field, wrote, [&]<typename Value>(const Value& value) {
      const auto as_same = [&]<typename Other>(const Other& other) {
        if constexpr (std::same_as<Other, Value>) return other == value;
        return false;
      };
      CHECK(visit_value(field, *read, as_same));
      CHECK_FALSE(visit_value(field, unasked, as_same));  // else the check above says little
    });
  }
}

TEST_CASE("a column that an older catalogue lacks is added, and nothing is asked of it") {
  const TempFolder folder;
  const auto database = old_database(folder / "a.sqlite");
  REQUIRE(store::add_request_columns(*database).ok());
  REQUIRE(database->execute("UPDATE session SET target_minutes = 60").ok());
  const auto read = request_of(*database, "old");
  REQUIRE(read.ok());
  CHECK(read->goal == plan::Goal::sleep);
  CHECK(read->target_minutes == 60);
  CHECK(read->intensity == plan::Intensity::medium);
  CHECK(read->sample_rate == 48000);
  CHECK(read->segment_seconds == 120.0);
  CHECK(read->tempo_bpm == 0.0);
  CHECK_FALSE(read->look_ahead.has_value());
  CHECK(read->fallback.empty());
  REQUIRE(store::add_request_columns(*database).ok());  // and not a second time
}

TEST_CASE("a catalogue with an option that nobody knows is of a newer library") {
  const TempFolder folder;
  const auto database = old_database(folder / "a.sqlite");
  REQUIRE(database->execute("INSERT INTO session_option VALUES ('tempo_of_light')").ok());
  const absl::Status status = store::add_request_columns(*database);
  REQUIRE_FALSE(status.ok());
  CHECK(std::string(status.message()).find("tempo_of_light") != std::string::npos);
  // Nothing was changed.
  CHECK_FALSE(database->prepare("SELECT target_minutes FROM session").ok());
}

TEST_CASE("a row that no request can have is refused") {
  const TempFolder folder;
  const auto database = old_database(folder / "a.sqlite");
  REQUIRE(store::add_request_columns(*database).ok());
  for (const std::string change :
       {"target_minutes = 0", "target_minutes = 60, goal = 'work'",
        "goal = 'sleep', divergence = 2", "divergence = 0, tempo_bpm = 29"}) {
    CAPTURE(change);
    REQUIRE(database->execute("UPDATE session SET " + change).ok());
    CHECK_FALSE(request_of(*database, "old").ok());
  }
  REQUIRE(database->execute("UPDATE session SET tempo_bpm = 30").ok());
  CHECK(request_of(*database, "old").ok());
}

TEST_CASE("a name that a statement lacks is an error and not another column") {
  const TempFolder folder;
  const auto database = old_database(folder / "a.sqlite");
  auto select = database->prepare("SELECT goal FROM session WHERE id = :id");
  REQUIRE(select.ok());
  CHECK_FALSE(select->bind(":name", "old").step().ok());
  auto again = database->prepare("SELECT goal FROM session WHERE id = :id");
  REQUIRE(*again->bind(":id", "old").step());
  store::Row row(*again);
  CHECK(row.text("goal") == "sleep");
  CHECK(row.status().ok());
  CHECK(row.integer("target_minutes") == 0);
  CHECK(row.is_null("id"));
  CHECK_FALSE(row.status().ok());
}
