// SPDX-License-Identifier: MIT
// Sessions whose workers get no memory for a moment, and what they are like afterwards.
#include <atomic>

#include <catch2/catch.hpp>

#include "session/session_fixture.h"
#include "session/work_signal.h"
#include "support/scarce_memory.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// From the engine's first segment on, the worker may allocate so often; then so many allocations
/// fail, and there is memory again.
std::shared_ptr<ToneEngine> engine_before_drought(int allowed, int refused) {
  auto engine = std::make_shared<ToneEngine>();
  auto has_begun = std::make_shared<std::atomic<bool>>(false);
  engine->before = [=](const plan::Brief&, engines::SegmentSink&) {
    if (!has_begun->exchange(true)) {
      allocations_refused = refused;
      allocations_left = allowed;
    }
    return absl::OkStatus();
  };
  return engine;
}

plan::Request small_request() {
  plan::Request request = tone_request(1);
  request.sample_rate = 8000;
  return request;
}

}  // namespace

TEST_CASE("a segment whose worker lacks memory for a moment is made a little later", "[whole]") {
  const int refused = GENERATE(1, 5);
  // A segment takes some 200 allocations after its engine has begun.
  for (int allowed = 0; allowed < 240; allowed += refused == 1 ? 9 : 17) {
    INFO(refused << " fail after " << allowed);
    const auto service =
        open_service(1, engine_before_drought(allowed, refused), session::Storage::memory);
    auto use = service->start(small_request());
    REQUIRE(use.ok());
    CHECK(all_ready(**use));
    CHECK((*use)->view().status != session::SessionStatus::stopped_cap);
    CHECK_FALSE(played_by_fallback(**use, 0));
  }
}

TEST_CASE("a mark that finds no memory is noted as missed") {
  session::WorkSignal signal;
  const auto before = signal.count();
  allocations_left = 0;
  signal.mark(1, {});
  allocations_left = -1;
  CHECK(signal.count() > before);
  CHECK_FALSE(signal.take());
  CHECK(signal.take_missed());
}

TEST_CASE("an event is never lost for want of memory; the oldest gives way at last") {
  session::EventLog log;
  std::uint64_t cursor = 0;
  allocations_left = 0;
  for (int index = 0; index < 20; ++index) {
    session::Event event;
    event.segment_index = index;
    log.add(std::move(event));
  }
  allocations_left = -1;
  const auto first = log.poll(cursor);
  REQUIRE(first);
  CHECK(first->segment_index == 4);  // it holds 16 without asking for more
  int last = 0;
  while (const auto event = log.poll(cursor)) last = event->segment_index;
  CHECK(last == 19);
}
