// SPDX-License-Identifier: MIT
// Calls that do not come back, players that are taken away, and how many calls there may be.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/cancel.h"
#include "base/error.h"
#include "support/host_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A player that hangs until it is let go, and what it leaves to see.
struct Hanging {
  ManualClock clock;
  std::shared_ptr<Witness> witness = std::make_shared<Witness>();
  std::unique_ptr<engines::HostEngine> engine;

  explicit Hanging(int concurrency = 1) {
    engines::HostTerms terms = quick_terms();
    terms.timeout_seconds = 10.0;
    engine = std::make_unique<engines::HostEngine>(
        host_info(concurrency), terms,
        std::make_unique<FunctionGenerator>(
            witness,
            [witness = witness](const plan::Brief& brief, int, engines::HostSink& sink) {
              if (brief.index == 0) return hang(witness);
              return play_ramp(brief, sink);
            }),
        clock);
  }
  /// Whatever a test has found, nothing hangs on.
  ~Hanging() {
    witness->lets_go = true;
    eventually([&] { return witness->under_way == 0; });
  }

  absl::Status generate(int index, KeptSink& sink) const {
    plan::Brief brief = short_brief();
    brief.index = index;
    return engine->generate(brief, sink);
  }
  absl::Status generate(int index) const {
    KeptSink sink;
    return generate(index, sink);
  }
  /// A call that hangs, given up after its time.
  void leave_one_alone() {
    const int before = witness->under_way;
    Worker worker([&] { return generate(0); });
    REQUIRE(eventually([&] { return witness->under_way == before + 1; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    clock.advance(10.1);
    CHECK(has_fault(worker.result(), Fault::engine));
    CHECK(worker.result().message() == "it took longer than its timeout of 10 s");
  }
};

}  // namespace

TEST_CASE("a call that takes too long is left alone, and not tried again") {
  Hanging hanging;
  hanging.leave_one_alone();
  CHECK(hanging.witness->calls == 1);
  CHECK(hanging.witness->under_way == 1);
}

TEST_CASE("while it is not back the engine fails at once, and plays again when it is") {
  Hanging hanging;
  hanging.leave_one_alone();
  const absl::Status failed = hanging.generate(1);
  CHECK(has_fault(failed, Fault::engine));
  CHECK(std::string(failed.message()).find("has not come back") != std::string::npos);
  CHECK(hanging.witness->calls == 1);
  hanging.witness->lets_go = true;
  CHECK(eventually([&] { return hanging.generate(1).ok(); }));
}

TEST_CASE("a call that ignores that it was cancelled is left alone too") {
  Hanging hanging;
  KeptSink sink;
  Worker worker([&] { return hanging.generate(0, sink); });
  REQUIRE(eventually([&] { return hanging.witness->under_way == 1; }));
  sink.cancel = true;
  CHECK(is_cancelled(worker.result()));
  CHECK(hanging.witness->under_way == 1);
}

TEST_CASE("of several places the ones that are left alone are missing, the others go on") {
  Hanging hanging(2);
  hanging.leave_one_alone();
  CHECK(hanging.generate(1).ok());
  hanging.leave_one_alone();
  CHECK_FALSE(hanging.generate(1).ok());
  CHECK(hanging.witness->calls == 3);
}

TEST_CASE("no more calls are under way than there are places, and each gets its turn") {
  for (const int places : {1, 3}) {
    ManualClock clock;
    const auto witness = std::make_shared<Witness>();
    const engines::HostEngine engine(
        host_info(places), quick_terms(),
        std::make_unique<FunctionGenerator>(
            witness,
            [](const plan::Brief& brief, int, engines::HostSink& sink) {
              std::this_thread::sleep_for(std::chrono::milliseconds(2));
              return play_ramp(brief, sink);
            }),
        clock);
    std::vector<std::thread> workers;
    std::atomic<int> played{0};
    for (int i = 0; i < 12; ++i) {
      workers.emplace_back([&] {
        KeptSink sink;
        if (engine.generate(short_brief(), sink).ok()) ++played;
      });
    }
    for (std::thread& worker : workers) worker.join();
    CHECK(played == 12);
    CHECK(witness->most_at_once <= places);
  }
}

TEST_CASE("a player goes with its engine, once") {
  Hanging hanging;
  CHECK(hanging.generate(1).ok());
  CHECK(hanging.witness->released == 0);
  hanging.engine.reset();
  CHECK(hanging.witness->released == 1);
}

TEST_CASE("an engine goes before a call that hangs is back, the player after it") {
  Hanging hanging;
  hanging.leave_one_alone();
  hanging.engine.reset();
  CHECK(hanging.witness->released == 0);
  hanging.witness->lets_go = true;
  CHECK(eventually([&] { return hanging.witness->released == 1; }));
}

TEST_CASE("a player that is taken away goes at once where it is not called") {
  Hanging hanging;
  CHECK(hanging.engine->retire(std::chrono::milliseconds(0)).ok());
  CHECK(hanging.witness->released == 1);
  CHECK(hanging.engine->retire(std::chrono::milliseconds(0)).ok());
  const absl::Status failed = hanging.generate(1);
  CHECK(is_not_found(failed));
  CHECK(failed.message() == "engine 'mine' was taken away");
  hanging.engine.reset();
  CHECK(hanging.witness->released == 1);
}

TEST_CASE("taking a player away gives up its calls under way, and waits for them") {
  ManualClock clock;
  const auto witness = std::make_shared<Witness>();
  engines::HostTerms terms = quick_terms();
  terms.grace = std::chrono::milliseconds(5000);
  engines::HostEngine engine(
      host_info(), terms,
      std::make_unique<FunctionGenerator>(witness,
                                          [](const plan::Brief&, int, engines::HostSink& sink) {
                                            eventually([&] { return !sink.check().ok(); });
                                            return sink.check();
                                          }),
      clock);
  KeptSink sink;
  Worker worker([&] { return engine.generate(short_brief(), sink); });
  REQUIRE(eventually([&] { return witness->under_way == 1; }));
  CHECK(engine.retire(std::chrono::milliseconds(10000)).ok());
  CHECK(witness->released == 1);
  CHECK(worker.result().message() == "engine 'mine' was taken away");
}

TEST_CASE("a player that hangs is taken away all the same, and goes when it is back") {
  Hanging hanging;
  Worker worker([&] { return hanging.generate(0); });
  REQUIRE(eventually([&] { return hanging.witness->under_way == 1; }));
  const absl::Status waiting = hanging.engine->retire(std::chrono::milliseconds(1));
  CHECK(has_fault(waiting, Fault::not_ready));
  CHECK(is_not_found(worker.result()));
  CHECK(hanging.witness->released == 0);
  hanging.witness->lets_go = true;
  CHECK(hanging.engine->retire(std::chrono::milliseconds(10000)).ok());
  CHECK(hanging.witness->released == 1);
}

TEST_CASE("a result outlives the call that gave it") {
  ManualClock clock;
  std::atomic<engines::HostEngine*> itself{nullptr};
  std::atomic<bool> was_read{false};
  std::atomic<bool> gone{false};
  // The host takes its engine away from within a call, which then fails. Its generator takes its
  // time to go, and with it the thread that holds the other copy of the result.
  struct Answering final : engines::HostGenerator {
    std::atomic<engines::HostEngine*>& engine;
    std::atomic<bool>& was_read;
    std::atomic<bool>& gone;
    Answering(std::atomic<engines::HostEngine*>& e, std::atomic<bool>& r, std::atomic<bool>& g)
        : engine(e), was_read(r), gone(g) {}
    // Relaxed, so that a sanitizer sees no order between the threads but the one in question.
    ~Answering() override {
      eventually([&] { return was_read.load(std::memory_order_relaxed); });
      gone.store(true, std::memory_order_relaxed);
    }
    absl::Status generate(const plan::Brief&, int, engines::HostSink&) override {
      engine.load()->retire(std::chrono::milliseconds(0)).IgnoreError();
      return cancelled_error();
    }
  };
  auto engine = std::make_unique<engines::HostEngine>(
      host_info(), quick_terms(), std::make_unique<Answering>(itself, was_read, gone), clock);
  itself = engine.get();
  {
    KeptSink sink;
    Worker worker([&] { return engine->generate(short_brief(), sink); });
    const absl::Status& failed = worker.result();
    engine.reset();
    CHECK_FALSE(gone.load(std::memory_order_relaxed));
    // The second one where the worker was so slow that it has seen first that the engine had gone.
    CHECK((failed.message() == "cancelled" || failed.message() == "engine 'mine' was taken away"));
  }
  was_read.store(true, std::memory_order_relaxed);
  CHECK(eventually([&] { return gone.load(std::memory_order_relaxed); }));
}
