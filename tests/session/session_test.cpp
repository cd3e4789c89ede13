// SPDX-License-Identifier: MIT
// One session without service, scheduler or threads: the test does what the workers do.
#include "session/session.h"

#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "session/replay.h"
#include "session/wrapped_store.h"
#include "support/tone_engine.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Two nodes may have the same session open on one store.
struct House {
  std::shared_ptr<WrappedStore> store = std::make_shared<WrappedStore>();
  std::shared_ptr<session::WorkSignals> work = std::make_shared<session::WorkSignals>();
  std::shared_ptr<ToneEngine> tone = std::make_shared<ToneEngine>();
  std::shared_ptr<ToneEngine> fallback = std::make_shared<ToneEngine>("fallback");
  ManualClock clock;
  store::SessionRecord record = [] {
    store::SessionRecord made;
    made.id = "mfocus_000000000001";
    made.plan_version = plan::Plan::kVersion;
    made.request.target_minutes = 2;
    made.request.segment_seconds = 20.0;
    made.request.sample_rate = 8000;
    made.request.format = audio::AudioFormat::wav;
    made.request.seed = 3;
    return made;
  }();

  House() { REQUIRE(store->sessions().add(record).ok()); }

  std::shared_ptr<session::Session> open(const std::string& node = "here") {
    session::SessionParts parts;
    parts.record = store->sessions().find(record.id).value();
    parts.plan = session::replay(parts.record);
    parts.store = store;
    parts.engine = tone;
    parts.fallback = fallback;
    parts.last_resort = fallback;
    parts.work = work;
    parts.clock = &clock;
    parts.node = node;
    auto session =
        session::Session::create(std::move(parts), store->segments().list(record.id).value());
    session->add_user();
    return session;
  }
};

store::SegmentRecord record_of(int index) {
  store::SegmentRecord record;
  record.index = index;
  record.engine = "tone";
  return record;
}

/// What a worker does with a claim, up to `keep`.
absl::StatusOr<store::SegmentRecord> make(session::SegmentWork& work, const session::Claim& claim) {
  if (absl::Status begun = work.begin(claim); session::SegmentWork::is_given_up(begun))
    return begun;
  store::SegmentRecord record;
  record.index = claim.index;
  record.engine = "tone";
  return work.keep(claim, record,
                   audio::AudioBuffer(2, claim.plan->length_frames(claim.index, 8000), 8000), {});
}

absl::Status finish(session::SegmentWork& work, const session::Claim& claim) {
  session::Payment payment = work.new_payment();
  auto made = make(work, claim);
  const absl::Status status = made.status();
  work.complete(claim, payment, std::move(made));
  return status;
}

absl::Status make_segment(session::Session& session, int index) {
  const auto claim = session.work().claim(index, 0.0);
  REQUIRE(claim);
  return finish(session.work(), *claim);
}

plan::Steering to(plan::Goal goal) {
  plan::Steering steering;
  steering.goal = goal;
  return steering;
}

int steered_events(session::Session& session) {
  int count = 0;
  std::uint64_t cursor = 0;
  while (const auto event = session.events().poll(cursor)) {
    count += event->type == session::EventType::steered ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("a segment goes from planned over in flight to ready") {
  House house;
  const auto session = house.open();
  CHECK(session->readiness(0) == session::Readiness::pending);
  CHECK(has_fault(session->ready_segment(0).status(), Fault::not_ready));
  REQUIRE(make_segment(*session, 0).ok());
  CHECK(session->readiness(0) == session::Readiness::ready);
  CHECK(session->wait_ready(0).ok());
  CHECK(session->view().ready_count == 1);
  CHECK(session->ready_segment(0)->record->engine == "tone");
  CHECK(is_not_found(session->ready_segment(99).status()));
}

TEST_CASE("what a session was started with and what it is today have two names") {
  House house;
  const auto session = house.open();
  REQUIRE(session->steer(to(plan::Goal::relax)).ok());
  CHECK(session->started_with().goal == plan::Goal::focus);
  CHECK(session->plan()->request().goal == plan::Goal::relax);
  CHECK(session->view().record.request.goal == plan::Goal::relax);
}

TEST_CASE("a segment that was made before a steering is not kept after it") {
  House house;
  const auto session = house.open();
  const auto claim = session->work().claim(1, 0.0);
  REQUIRE(claim);
  REQUIRE(session->work().begin(*claim).ok());
  REQUIRE(session->steer(to(plan::Goal::relax)).ok());
  CHECK(claim->cancel.cancelled());
  session::Payment payment = session->work().new_payment();
  auto kept = session->work().keep(*claim, record_of(1), audio::AudioBuffer(2, 80, 8000), {});
  CHECK_FALSE(kept.ok());
  session->work().complete(*claim, payment, std::move(kept));
  CHECK(session->readiness(1) == session::Readiness::pending);
  CHECK(house.store->segments().list(session->id())->empty());
}

TEST_CASE("while the store takes a change, the session answers, plays on and makes nothing of it") {
  House house;
  const auto session = house.open();
  const int listener = session->audience().add(session::Listeners::Kind::live);
  const auto before = session->plan();
  bool was_asked = false;
  house.store->before_add_change = [&] {
    was_asked = true;
    CHECK(session->plan() == before);
    CHECK(session->view().status == session::SessionStatus::active);
    session->audience().move(listener, session::Hearing{});
    CHECK(session->readiness(0) == session::Readiness::pending);
    CHECK(session->work().need());
  };
  REQUIRE(session->steer(to(plan::Goal::relax)).ok());
  CHECK(was_asked);
  CHECK(session->plan() != before);
}

TEST_CASE("a segment that is claimed while the store takes a change is refused by the store") {
  House house;
  const auto session = house.open();
  std::optional<session::Claim> claim;
  house.store->before_add_change = [&] {
    claim = session->work().claim(2, 0.0);
    REQUIRE(session->work().begin(*claim).ok());
  };
  REQUIRE(session->steer(to(plan::Goal::relax)).ok());
  REQUIRE(claim);
  CHECK_FALSE(finish(session->work(), *claim).ok());
  CHECK(session->view().ready_count == 0);
  CHECK(session->view().status == session::SessionStatus::active);
}

TEST_CASE("a steering that loses against another node's is planned again after it") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  bool is_first = true;
  house.store->before_add_change = [&] {
    if (!std::exchange(is_first, false)) return;
    REQUIRE(there->steer(to(plan::Goal::sleep)).ok());
  };
  plan::Steering steering;
  steering.divergence = 0.7;
  REQUIRE(here->steer(steering).ok());
  CHECK(here->change_count() == 2);
  CHECK(here->plan()->request().goal == plan::Goal::sleep);
  CHECK(here->plan()->request().divergence == 0.7);
  CHECK(here->view().record.history.size() == 2);
  CHECK(steered_events(*here) == 2);
  CHECK(there->change_count() == 1);
}

TEST_CASE("a node that plans with an old history learns of the change when it claims") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  REQUIRE(there->steer(to(plan::Goal::sleep)).ok());
  const auto claim = here->work().claim(2, 0.0);
  REQUIRE(claim);
  CHECK(is_cancelled(finish(here->work(), *claim)));
  CHECK(here->plan()->request().goal == plan::Goal::sleep);
  CHECK(here->view().status == session::SessionStatus::active);
  CHECK(make_segment(*here, 0).ok());
}

TEST_CASE("a segment that another node makes is asked for again later") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  const auto theirs = there->work().claim(0, 0.0);
  REQUIRE(there->work().begin(*theirs).ok());
  const auto ours = here->work().claim(0, 0.0);
  REQUIRE(ours);
  CHECK(has_fault(finish(here->work(), *ours), Fault::conflict));
  CHECK_FALSE(here->work().claim(0, 0.0));
  CHECK(here->work().pending(1).front().index == 1);

  SECTION("and is ready where they have made it") {
    REQUIRE(finish(there->work(), *theirs).ok());
    here->work().look_again();
    CHECK(here->readiness(0) == session::Readiness::ready);
  }
  SECTION("and is made here once their lease has run out; then theirs comes too late") {
    house.clock.advance(31.0);
    here->work().look_again();
    REQUIRE(make_segment(*here, 0).ok());
    CHECK_FALSE(finish(there->work(), *theirs).ok());
    CHECK(there->view().status == session::SessionStatus::active);
  }
  SECTION("but not while they extend their lease") {
    house.clock.advance(25.0);
    there->work().extend(*theirs);
    house.clock.advance(25.0);
    here->work().look_again();
    CHECK(has_fault(make_segment(*here, 0), Fault::conflict));
  }
}

TEST_CASE("a segment that another node has made is ready as soon as a claim for it is refused") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  REQUIRE(make_segment(*there, 0).ok());
  const auto ours = here->work().claim(0, 0.0);
  REQUIRE(ours);
  CHECK(is_cancelled(finish(here->work(), *ours)));
  CHECK(here->readiness(0) == session::Readiness::ready);
  int ready_events = 0;
  std::uint64_t cursor = 0;
  while (const auto event = here->events().poll(cursor)) {
    ready_events += event->type == session::EventType::segment_ready ? 1 : 0;
  }
  CHECK(ready_events == 1);
}

TEST_CASE("a claim that was lost is cancelled when its lease is extended") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  const auto ours = here->work().claim(0, 0.0);
  REQUIRE(here->work().begin(*ours).ok());
  house.clock.advance(31.0);
  REQUIRE(make_segment(*there, 0).ok());
  here->work().extend(*ours);
  CHECK(ours->cancel.cancelled());
}

TEST_CASE("a failure ends the session until it is opened again") {
  House house;
  const auto session = house.open();
  const auto claim = session->work().claim(0, 0.0);
  session::Payment payment = session->work().new_payment();
  session->work().complete(*claim, payment, engine_error("out of tune"));
  CHECK(session->readiness(1) == session::Readiness::never);
  CHECK(session->wait_ready(1).message() == "out of tune");
  CHECK(session->view().status == session::SessionStatus::ended);
  session->remove_user();
  session->add_user();
  CHECK(session->readiness(1) == session::Readiness::pending);
}

TEST_CASE("a failure that nobody has waited for is tried again when somebody listens") {
  House house;
  const auto session = house.open();
  const auto claim = session->work().claim(0, 0.0);
  session::Payment payment = session->work().new_payment();
  session->work().complete(*claim, payment, io_error("disk", "gone"));
  REQUIRE(session->readiness(0) == session::Readiness::never);
  const session::Listening listening(session->audience(), session::Listeners::Kind::live);
  CHECK(session->readiness(0) == session::Readiness::pending);
  CHECK(session->view().status == session::SessionStatus::active);
}

TEST_CASE("what may pass never ends the music of somebody who listens") {
  House house;
  const auto session = house.open();
  const session::Listening listening(session->audience(), session::Listeners::Kind::live);
  for (const absl::Status& passing :
       {out_of_memory("testing"), io_error("disk", "gone"), internal_error("not encoded")}) {
    const auto claim = session->work().claim(0, 0.0);
    REQUIRE(claim);
    session::Payment payment = session->work().new_payment();
    session->work().complete(*claim, payment, passing);
    CHECK(session->readiness(0) == session::Readiness::pending);
  }
  const auto claim = session->work().claim(0, 0.0);
  session::Payment payment = session->work().new_payment();
  session->work().complete(*claim, payment, engine_error("out of tune"));
  CHECK(session->readiness(0) == session::Readiness::never);
}

TEST_CASE("a read that fails for a moment is tried again, and the segment is not made again") {
  House house;
  const auto session = house.open();
  REQUIRE(make_segment(*session, 0).ok());
  audio::AudioBuffer some(2, 100, 8000);

  house.store->failing_opens = 2;
  auto reader = session->open_segment(0);
  REQUIRE(reader.ok());
  house.store->failing_reads = 2;
  const auto read = (*reader)->read(0, some.view());
  REQUIRE(read.ok());
  CHECK(*read == 100);

  house.store->failing_reads = 3;
  CHECK(has_fault((*reader)->read(0, some.view()).status(), Fault::io));
  house.store->failing_opens = 3;
  CHECK(has_fault(session->open_segment(0).status(), Fault::io));
}

TEST_CASE("a segment that was made again is not read in place of the one that failed") {
  House house;
  const auto session = house.open();
  REQUIRE(make_segment(*session, 0).ok());
  auto reader = session->open_segment(0);
  REQUIRE(reader.ok());
  session->lose_segment(0, io_error("disk", "gone"));
  REQUIRE(make_segment(*session, 0).ok());
  audio::AudioBuffer some(2, 100, 8000);
  house.store->failing_reads = 1;
  CHECK(has_fault((*reader)->read(0, some.view()).status(), Fault::io));
}

TEST_CASE("a session that another node has removed is noticed, and fails nobody") {
  House house;
  const auto session = house.open();
  const auto claim = session->work().claim(0, 0.0);
  REQUIRE(house.store->sessions().remove(session->id()).ok());
  CHECK(is_cancelled(finish(session->work(), *claim)));
  CHECK(session->is_removed());
  CHECK(is_not_found(session->wait_ready(0)));
}

TEST_CASE("work that is given up frees its claim in the store") {
  House house;
  const auto here = house.open("here");
  const auto there = house.open("there");
  const auto claim = here->work().claim(0, 0.0);
  REQUIRE(here->work().begin(*claim).ok());
  session::Payment payment = here->work().new_payment();
  here->work().complete(*claim, payment, cancelled_error());
  CHECK(make_segment(*there, 0).ok());
}

TEST_CASE("where no claim can be written, a live listener still hears the segment, from memory") {
  House house;
  const auto session = house.open();
  const int listener = session->audience().add(session::Listeners::Kind::live);
  house.store->claims_fail_with = io_error("catalogue", "the disk is gone");
  REQUIRE(make_segment(*session, 0).ok());
  CHECK(session->readiness(0) == session::Readiness::ready);
  CHECK(session->open_segment(0).ok());
  CHECK(house.store->segments().list(session->id())->empty());
  SECTION("and a segment that nobody listens to fails with the store's error") {
    session->audience().remove(listener);
    CHECK(has_fault(make_segment(*session, 1), Fault::io));
  }
  SECTION("and segments are kept again once claims can be written") {
    house.store->claims_fail_with = absl::OkStatus();
    REQUIRE(make_segment(*session, 1).ok());
    CHECK(house.store->segments().list(session->id())->size() == 1);
  }
}

TEST_CASE("a bounded store drops what was heard, but never what was made again") {
  House house;
  const auto session = house.open();
  for (const int index : {0, 1, 2}) REQUIRE(make_segment(*session, index).ok());
  const int listener = session->audience().add();
  session->audience().move(listener, session::Hearing{.segment = 2, .begun = true});
  CHECK(house.store->segments().list(session->id())->size() == 1);
  session->audience().send(listener, 0, 0);
  CHECK(session->readiness(1) == session::Readiness::pending);
  REQUIRE(make_segment(*session, 1).ok());
  CHECK(session->open_segment(1).ok());
}

TEST_CASE("a listener that goes back again and again leaves nothing behind in a bounded store") {
  House house;
  const auto session = house.open();
  const int bound = *house.store->segments().look_ahead_bound();
  const int last = session->plan()->segment_count() - 1;
  REQUIRE(last > bound);
  const int listener = session->audience().add();
  for (int at = last; at >= 0; --at) {
    session->audience().send(listener, at, 0);
    for (int k = at; k <= std::min(at + bound, last); ++k) {
      if (session->readiness(k) == session::Readiness::pending) {
        REQUIRE(make_segment(*session, k).ok());
      }
    }
    CHECK(house.store->segments().list(session->id())->size() <=
          static_cast<std::size_t>(bound) + 1);
  }
  CHECK(session->readiness(last) == session::Readiness::pending);
  // Another listener further on keeps what lies ahead of it.
  const int other = session->audience().add();
  session->audience().send(other, last, 0);
  REQUIRE(make_segment(*session, last).ok());
  session->audience().send(listener, 0, 0);
  CHECK(session->open_segment(last).ok());
}

TEST_CASE("what is being made far ahead while a listener goes back is there, or is made again") {
  House house;
  const auto session = house.open();
  const int last = session->plan()->segment_count() - 1;
  const int listener = session->audience().add();
  session->audience().send(listener, last, 0);
  house.store->after_put = [&](int) { session->audience().send(listener, 0, 0); };
  REQUIRE(make_segment(*session, last).ok());
  CHECK(session->readiness(last) == session::Readiness::ready);
  CHECK(session->open_segment(last).ok());
}
