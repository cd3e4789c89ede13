// SPDX-License-Identifier: MIT
#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kId = session_record().id;

plan::Change change_from(std::int64_t hundredths) {
  plan::Steering steering;
  steering.divergence = 0.5;
  return {steering, hundredths};
}

}  // namespace

TEMPLATE_TEST_CASE("sessions are found and listed, oldest first", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SessionShelf& sessions = house.store().sessions();
  CHECK(sessions.ids()->empty());
  REQUIRE(sessions.add(session_record("mfocus_ba9876543210")).ok());
  REQUIRE(sessions.add(session_record()).ok());
  CHECK(sessions.ids().value() == std::vector<std::string>{"mfocus_ba9876543210", kId});
  CHECK(sessions.find(kId)->caller == "Zoë");
  CHECK_FALSE(sessions.find(kId)->ended);
  REQUIRE(sessions.set_ended(kId).ok());
  CHECK(sessions.find(kId)->ended);
  REQUIRE(sessions.set_stopped_cap(kId).ok());
  CHECK(sessions.find(kId)->stopped_cap);
}

TEMPLATE_TEST_CASE("a session that is not there is not found", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SessionShelf& sessions = house.store().sessions();
  for (const absl::Status& status :
       {sessions.find(kId).status(), sessions.set_ended(kId), sessions.set_stopped_cap(kId),
        sessions.add_change(kId, 0, change_from(0), 0), sessions.remove(kId),
        sessions.revision(kId).status()}) {
    CHECK(is_not_found(status));
    CHECK(field_of(status) == "session_id");
  }
  CHECK(sessions.touch(kId, 5).ok());
}

TEMPLATE_TEST_CASE("the second of two changes with one number loses and changes nothing", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  store::SessionShelf& sessions = store.sessions();
  REQUIRE(sessions.add(session_record()).ok());
  for (int k = 0; k < 3; ++k) REQUIRE(put(store, k, test_audio(4800)).ok());
  CHECK(is_conflict(sessions.add_change(kId, 1, change_from(100), 0), "changes"));
  REQUIRE(sessions.add_change(kId, 0, change_from(100), 2).ok());
  const std::int64_t revision = sessions.revision(kId).value();
  CHECK(is_conflict(sessions.add_change(kId, 0, change_from(200), 0), "changes"));
  CHECK(sessions.revision(kId).value() == revision);
  CHECK(store.segments().list(kId)->size() == 2);
  REQUIRE(sessions.add_change(kId, 1, change_from(300), 2).ok());
  const auto history = sessions.find(kId)->history;
  REQUIRE(history.size() == 2);
  CHECK(history[0].from == 100);
  CHECK(history[1].from == 300);
}

TEMPLATE_TEST_CASE("of many who steer at once each change has a number of its own", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SessionShelf& sessions = house.store().sessions();
  REQUIRE(sessions.add(session_record()).ok());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int done = 0; done < 10 && wrong == 0;) {
        const int number = static_cast<int>(sessions.find(kId)->history.size());
        const absl::Status added = sessions.add_change(kId, number, change_from(t), 0);
        if (added.ok()) ++done;
        if (!added.ok() && !is_conflict(added, "changes")) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(sessions.find(kId)->history.size() == 40);
  CHECK(sessions.add_change(kId, 40, change_from(0), 0).ok());
}

TEMPLATE_TEST_CASE("the revision grows with what others may want to see, and with nothing else", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  store::SessionShelf& sessions = store.sessions();
  REQUIRE(sessions.add(session_record()).ok());
  REQUIRE(sessions.add(session_record("mfocus_ba9876543210")).ok());
  const std::int64_t of_other = sessions.revision("mfocus_ba9876543210").value();
  std::int64_t before = sessions.revision(kId).value();
  const auto has_grown = [&] {
    const std::int64_t now = sessions.revision(kId).value();
    return now > std::exchange(before, now);
  };
  CHECK_FALSE(has_grown());
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  CHECK(has_grown());
  REQUIRE(store.segments().forget(kId, 0).ok());
  CHECK(has_grown());
  REQUIRE(store.segments().forget(kId, 0).ok());
  CHECK_FALSE(has_grown());
  REQUIRE(sessions.add_change(kId, 0, change_from(0), 0).ok());
  CHECK(has_grown());
  REQUIRE(sessions.touch(kId, 2'000'000'000).ok());
  REQUIRE(store.board().claim(claim_request(0, 1)).ok());
  CHECK_FALSE(has_grown());
  REQUIRE(sessions.set_stopped_cap(kId).ok());
  CHECK(has_grown());
  REQUIRE(sessions.set_ended(kId).ok());
  CHECK(has_grown());
  CHECK(sessions.revision("mfocus_ba9876543210").value() == of_other);
}

TEMPLATE_TEST_CASE("an owner's sessions are found in pages, newest first", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SessionShelf& sessions = house.store().sessions();
  const auto add = [&](const std::string& id, const std::string& caller, std::int64_t created_at) {
    store::SessionRecord record = session_record(id);
    record.caller = caller;
    record.created_at = created_at;
    REQUIRE(sessions.add(record).ok());
  };
  add("mfocus_000000000001", "alice", 100);
  add("mfocus_000000000002", "alice", 100);
  add("mfocus_00000000000b", "bob", 150);
  add("mfocus_000000000003", "alice", 200);
  add("mfocus_000000000004", "alice", 300);
  const auto page = [&](const std::string& before, std::int64_t created_at, int limit) {
    std::string digits;
    const auto ids = sessions.ids_of({"org_1", "alice", before, created_at, limit});
    for (const std::string& id : ids.value()) digits += id.back();
    return digits;
  };
  CHECK(page("", 0, 100) == "4321");
  CHECK(page("", 0, 2) == "43");
  CHECK(page("mfocus_000000000003", 200, 2) == "21");
  CHECK(page("mfocus_000000000001", 100, 2).empty());
  CHECK(sessions.ids_of({"org_2", "alice", "", 0, 9})->empty());
  // A page goes on behind a session that is gone.
  REQUIRE(sessions.remove("mfocus_000000000003").ok());
  CHECK(page("mfocus_000000000003", 200, 9) == "21");
  CHECK(page("mfocus_000000000003", 99, 9).empty());
  // Behind a session of somebody else there is nothing to learn of that session.
  CHECK(page("mfocus_00000000000b", 0, 9).empty());
}
