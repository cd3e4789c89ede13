// SPDX-License-Identifier: MIT
#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/clock.h"
#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;
using store::MessageKind;

namespace {

constexpr std::int64_t kNow = 1'750'000'000;
const std::string kId = session_record().id;
const std::string kHere = "https://here.example/hook";
const std::string kThere = "https://there.example/hook";

/// What is due, in the order in which it is due; it is taken for a minute.
std::vector<store::Message> due(store::Store& store, std::int64_t now = kNow) {
  std::vector<store::Message> messages;
  while (true) {
    auto message = store.messages().take(now, now + 60);
    REQUIRE(message.ok());
    if (!*message) return messages;
    messages.push_back(**std::move(message));
  }
}

std::vector<MessageKind> kinds_of(const std::vector<store::Message>& messages) {
  std::vector<MessageKind> kinds;
  for (const store::Message& message : messages) kinds.push_back(message.happening.kind);
  return kinds;
}

}  // namespace

TEMPLATE_TEST_CASE("nothing is kept while nobody wants to be told", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(store.messages().add({MessageKind::session_failed, kId, 0, "engine"}).ok());
  CHECK(*store.messages().count() == 0);
  CHECK(due(store).empty());
}

TEMPLATE_TEST_CASE("what happens to a session is kept as it happens", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::Store& store = house.store();
  REQUIRE(store.messages().set_addresses({kHere}, clock).ok());
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 2, test_audio(4800)).ok());
  const auto audio = store::MemoryAudioBytes::of("bytes", audio::AudioFormat::flac16);
  const auto track = track_record(2, "mtrack_0123456789ab");
  REQUIRE(store.tracks().add(track, *audio, 0).ok());
  plan::Change change;
  change.steering.divergence = 0.5;
  REQUIRE(store.sessions().add_change(kId, 0, change, 2).ok());
  REQUIRE(store.messages().add({MessageKind::session_failed, kId, 4, "engine"}).ok());
  REQUIRE(store.sessions().set_stopped_cap(kId).ok());
  REQUIRE(store.sessions().set_ended(kId).ok());
  REQUIRE(store.sessions().remove(kId).ok());

  const std::vector<store::Message> told = due(store);
  CHECK(kinds_of(told) == std::vector{MessageKind::session_started, MessageKind::segment_ready,
                                      MessageKind::track_kept, MessageKind::session_steered,
                                      MessageKind::session_failed, MessageKind::session_stopped,
                                      MessageKind::session_ended, MessageKind::session_deleted});
  std::set<std::int64_t> numbers;
  for (const store::Message& message : told) {
    numbers.insert(message.number);
    CHECK(message.address == kHere);
    CHECK(message.happening.session_id == kId);
    CHECK(message.organization == "org_1");
    CHECK(message.caller == "Zoë");
    CHECK(message.happened_at == kNow);
    CHECK(message.attempts == 1);
  }
  CHECK(numbers.size() == told.size());
  CHECK(told[1].happening.segment_index == 2);
  CHECK(told[1].happening.detail == "studio");
  CHECK(told[2].happening.detail == track.id);
  CHECK(told[3].happening.segment_index == 2);
  CHECK(told[4].happening.detail == "engine");
}

TEMPLATE_TEST_CASE("what did not happen is not told", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::Store& store = house.store();
  REQUIRE(store.messages().set_addresses({kHere}, clock).ok());
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(store.sessions().set_ended(kId).ok());
  REQUIRE(due(store).size() == 2);
  CHECK(store.sessions().set_ended(kId).ok());  // once more
  CHECK(is_conflict(store.sessions().add_change(kId, 5, {}, 0), "changes"));
  const auto late = store.segments().put(kId, 77, audio::AudioFormat::flac16, segment_record(0),
                                         test_audio(4800), {}, {});
  CHECK(is_conflict(late.status(), "claim"));
  CHECK(store.messages().add({MessageKind::session_failed, "mfocus_ffffffffffff"}).ok());
  CHECK(is_not_found(store.sessions().remove("mfocus_ffffffffffff")));
  CHECK(due(store).empty());
}

TEMPLATE_TEST_CASE("a session is complete once for what it is", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::Store& store = house.store();
  REQUIRE(store.messages().set_addresses({kHere}, clock).ok());
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(due(store).size() == 1);
  for (const int changes : {0, 0, 1, 0, 1}) {
    REQUIRE(store.messages().add_complete(kId, changes).ok());
  }
  CHECK(kinds_of(due(store)) == std::vector(2, MessageKind::session_complete));
}

TEMPLATE_TEST_CASE("a message that was taken is due again unless it was removed or put off", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::MessageShelf& messages = house.store().messages();
  REQUIRE(messages.set_addresses({kHere, kThere}, clock).ok());
  REQUIRE(house.store().sessions().add(session_record()).ok());
  auto taken = due(house.store());
  REQUIRE(taken.size() == 2);  // one for each address
  CHECK(taken[0].address != taken[1].address);
  CHECK(due(house.store(), kNow + 59).empty());
  REQUIRE(messages.remove(taken[0].number).ok());
  REQUIRE(messages.put_off(taken[1].number, kNow + 300).ok());
  CHECK(due(house.store(), kNow + 299).empty());
  const auto again = due(house.store(), kNow + 300);
  REQUIRE(again.size() == 1);
  CHECK(again[0].number == taken[1].number);
  CHECK(again[0].attempts == 2);
  CHECK(due(house.store(), kNow + 359).empty());
  CHECK(due(house.store(), kNow + 360).size() == 1);
  CHECK(*messages.count() == 1);
}

TEMPLATE_TEST_CASE("what goes to an address that is gone is forgotten", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::MessageShelf& messages = house.store().messages();
  REQUIRE(messages.set_addresses({kHere, kThere}, clock).ok());
  REQUIRE(house.store().sessions().add(session_record()).ok());
  REQUIRE(messages.set_addresses({kThere}, clock).ok());
  const auto left = due(house.store());
  REQUIRE(left.size() == 1);
  CHECK(left[0].address == kThere);
  REQUIRE(messages.set_addresses({}, clock).ok());
  CHECK(*messages.count() == 0);
}

TEMPLATE_TEST_CASE("who waits is woken by a message", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  const ManualClock clock(kNow);
  store::Store& store = house.store();
  REQUIRE(store.messages().set_addresses({kHere}, clock).ok());
  std::thread waiter([&] {
    store.messages().wait(std::chrono::minutes(10));
    CHECK(due(store).size() == 1);
  });
  REQUIRE(store.sessions().add(session_record()).ok());
  waiter.join();
}

TEST_CASE("every kind of message has a name of its own") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(MessageKind::track_kept); ++kind) {
    const auto one = static_cast<MessageKind>(kind);
    CHECK(store::message_kind_named(name_of(one)) == one);
    names.insert(name_of(one));
  }
  CHECK(names.size() == 9);
  CHECK_FALSE(store::message_kind_named("session.unheard_of"));
}

#if !defined(FOCUS_MINIMAL) && !defined(FOCUS_CLUSTER_HOUSE)
TEST_CASE("messages outlive the store") {
  const TempFolder folder;
  const ManualClock clock(kNow);
  {
    const auto store = store::FolderStore::open(folder / "data").value();
    REQUIRE(store->messages().set_addresses({kHere}, clock).ok());
    REQUIRE(store->sessions().add(session_record()).ok());
    REQUIRE(store->messages().add_complete(kId, 0).ok());
    REQUIRE(store->messages().take(kNow, kNow + 60).value());
  }
  const auto store = store::FolderStore::open(folder / "data").value();
  REQUIRE(store->messages().set_addresses({kHere}, clock).ok());
  REQUIRE(store->messages().add_complete(kId, 0).ok());  // told before
  const auto left = due(*store, kNow + 60);
  REQUIRE(left.size() == 2);
  CHECK(left[0].happening.kind == MessageKind::session_complete);
  CHECK(left[1].attempts == 2);
}
#endif
