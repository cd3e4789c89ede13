// SPDX-License-Identifier: MIT
#include "engines/host/host_engine.h"

#include <optional>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "base/cancel.h"
#include "base/error.h"
#include "support/host_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

struct Fixture {
  ManualClock clock;
  std::shared_ptr<Witness> witness = std::make_shared<Witness>();
  KeptSink sink;

  engines::HostEngine engine(FunctionGenerator::Play play,
                             const engines::HostTerms& terms = quick_terms()) {
    return engines::HostEngine(
        host_info(), terms, std::make_unique<FunctionGenerator>(witness, std::move(play)), clock);
  }
};

}  // namespace

TEST_CASE("a player's audio arrives whole, with its progress") {
  Fixture fixture;
  std::thread::id thread;
  std::atomic<bool> seen{false};
  const engines::HostEngine engine =
      fixture.engine([&](const plan::Brief& brief, int, engines::HostSink& sink) {
        thread = std::this_thread::get_id();
        REQUIRE(sink.report_progress(0.25).ok());
        eventually([&] { return seen.load(); });
        return play_ramp(brief, sink);
      });
  class WatchedSink final : public engines::SegmentSink {
   public:
    WatchedSink(KeptSink& kept, std::atomic<bool>& seen) : kept_(kept), seen_(seen) {}
    void write(audio::ConstAudioView block) override { kept_.write(block); }
    bool cancelled() const override { return false; }
    void report_progress(double fraction) override {
      kept_.report_progress(fraction);
      seen_ = true;
    }

   private:
    KeptSink& kept_;
    std::atomic<bool>& seen_;
  } sink(fixture.sink, seen);
  REQUIRE(engine.generate(short_brief(), sink).ok());
  CHECK(thread != std::this_thread::get_id());
  CHECK(fixture.sink.progress.front() == 0.25);
  REQUIRE(fixture.sink.samples[0].size() == 800);
  CHECK(fixture.sink.samples[0][400] == 0.5f);
  CHECK(fixture.sink.samples[1][400] == -0.5f);
}

TEST_CASE("it is told at its own rate, or at the session's") {
  Fixture fixture;
  const auto plays = [](const plan::Brief& brief, int, engines::HostSink& sink) {
    return play_ramp(brief, sink);
  };
  engines::HostTerms terms = quick_terms();
  CHECK(fixture.engine(plays, terms).playing_rate(44100) == 44100);
  terms.sample_rate = 32000;
  CHECK(fixture.engine(plays, terms).playing_rate(44100) == 32000);
}

TEST_CASE("a failure is tried again, and what the failed try has written is forgotten") {
  Fixture fixture;
  std::vector<int> attempts;
  const engines::HostEngine engine =
      fixture.engine([&](const plan::Brief& brief, int attempt, engines::HostSink& sink) {
        attempts.push_back(attempt);
        const std::vector<float> half(400, 1.0f);
        if (attempt < 3) {
          REQUIRE(sink.write_interleaved(half.data(), 400, 1).ok());
          return fault_error(Fault::io, "no answer");
        }
        return play_ramp(brief, sink);
      });
  REQUIRE(engine.generate(short_brief(), fixture.sink).ok());
  CHECK(attempts == std::vector<int>{1, 2, 3});
  REQUIRE(fixture.sink.samples[0].size() == 800);
  CHECK(fixture.sink.samples[0][400] == 0.5f);
}

TEST_CASE("after its retries the last failure says why, and how often it was tried") {
  Fixture fixture;
  const engines::HostEngine engine =
      fixture.engine([](const plan::Brief&, int attempt, engines::HostSink& sink) {
        if (attempt == 2) sink.explain("the model is not there; run fetch_model");
        return fault_error(Fault::io, "no answer");
      });
  absl::Status failed = engine.generate(short_brief(), fixture.sink);
  CHECK(has_fault(failed, Fault::io));
  CHECK(failed.message() == "no answer (after 3 tries)");
  CHECK(fixture.witness->calls == 3);
  CHECK(engine.retry_count() == 2);
  CHECK(fixture.sink.samples[0].empty());

  engines::HostTerms terms = quick_terms();
  terms.retries = 1;
  failed = fixture
               .engine(
                   [](const plan::Brief&, int, engines::HostSink& sink) {
                     sink.explain("the model is not there; run fetch_model");
                     return fault_error(Fault::io, "no answer");
                   },
                   terms)
               .generate(short_brief(), fixture.sink);
  CHECK(failed.message() == "the model is not there; run fetch_model (after 2 tries)");
}

TEST_CASE("what it is no use to try again is tried once") {
  for (const Fault fault :
       {Fault::argument, Fault::unsupported, Fault::not_found, Fault::file_missing}) {
    Fixture fixture;
    const engines::HostEngine engine =
        fixture.engine([fault](const plan::Brief&, int, engines::HostSink&) {
          return fault_error(fault, "never");
        });
    const absl::Status failed = engine.generate(short_brief(), fixture.sink);
    CHECK(fault_of(failed) == fault);
    CHECK(failed.message() == "never");
    CHECK(fixture.witness->calls == 1);
  }
  Fixture fixture;
  engines::HostTerms terms = quick_terms();
  terms.retries = 0;
  const engines::HostEngine engine = fixture.engine(
      [](const plan::Brief&, int, engines::HostSink&) { return internal_error("broken"); }, terms);
  CHECK(engine.generate(short_brief(), fixture.sink).message() == "broken");
  CHECK(fixture.witness->calls == 1);
}

TEST_CASE("between tries it waits twice as long each time") {
  Fixture fixture;
  engines::HostTerms terms = quick_terms();
  terms.retry_delay_seconds = 3.0;
  const engines::HostEngine engine = fixture.engine(
      [](const plan::Brief&, int, engines::HostSink&) { return internal_error("broken"); }, terms);
  Worker worker([&] { return engine.generate(short_brief(), fixture.sink); });
  const auto calls_become = [&](int count) {
    return eventually(
        [&] { return fixture.witness->calls == count && fixture.witness->under_way == 0; });
  };
  const auto stays_at = [&](int count) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return fixture.witness->calls == count;
  };
  CHECK(calls_become(1));
  CHECK(stays_at(1));  // and with it, in the engine, the wait has begun
  fixture.clock.advance(2.9);
  CHECK(stays_at(1));
  fixture.clock.advance(0.2);
  CHECK(calls_become(2));
  CHECK(stays_at(2));
  fixture.clock.advance(5.9);
  CHECK(stays_at(2));
  fixture.clock.advance(0.2);
  CHECK(calls_become(3));
  CHECK(worker.result().message() == "broken (after 3 tries)");
}

TEST_CASE("the delays and the time limit are as declared") {
  engines::HostTerms terms;
  CHECK(terms.delay_after(1) == 1.0);
  CHECK(terms.delay_after(4) == 8.0);
  plan::Brief brief = short_brief();
  brief.frames = 10 * 8000;
  CHECK(terms.timeout_for(brief) == 70.0);
  terms.timeout_seconds = 5.0;
  CHECK(terms.timeout_for(brief) == 5.0);
}

TEST_CASE("work that is wanted no more ends wherever it is") {
  enum class When { before_it, in_a_call, between_tries, while_it_waits_for_a_place };
  for (const When when :
       {When::before_it, When::in_a_call, When::between_tries, When::while_it_waits_for_a_place}) {
    CAPTURE(static_cast<int>(when));
    Fixture fixture;
    engines::HostTerms terms = quick_terms();
    terms.retry_delay_seconds = 3600.0;  // on a clock that stands still
    terms.grace = std::chrono::milliseconds(5000);
    const engines::HostEngine engine = fixture.engine(
        [&](const plan::Brief&, int, engines::HostSink& sink) {
          if (when == When::between_tries) return internal_error("broken");
          eventually([&] { return !sink.check().ok(); });
          return sink.check();
        },
        terms);
    KeptSink holding;
    std::optional<Worker> holder;
    if (when == When::while_it_waits_for_a_place) {
      holder.emplace([&] { return engine.generate(short_brief(), holding); });
      REQUIRE(eventually([&] { return fixture.witness->under_way == 1; }));
    }
    if (when == When::before_it) fixture.sink.cancel = true;
    Worker worker([&] { return engine.generate(short_brief(), fixture.sink); });
    if (when == When::in_a_call || when == When::between_tries) {
      REQUIRE(eventually([&] { return fixture.witness->calls == 1; }));
    }
    fixture.sink.cancel = true;
    CHECK(is_cancelled(worker.result()));
    CHECK(fixture.witness->calls == (when == When::before_it ? 0 : 1));
    holding.cancel = true;
    if (holder) CHECK(is_cancelled(holder->result()));
    CHECK(fixture.sink.samples[0].empty());
  }
}

TEST_CASE("audio that was all there when the work was cancelled has its price, and is taken") {
  Fixture fixture;
  engines::HostTerms terms = quick_terms();
  terms.grace = std::chrono::milliseconds(5000);
  const engines::HostEngine engine = fixture.engine(
      [&](const plan::Brief& brief, int, engines::HostSink& sink) {
        REQUIRE(play_ramp(brief, sink).ok());
        fixture.sink.cancel = true;
        eventually([&] { return !sink.check().ok(); });
        return absl::OkStatus();
      },
      terms);
  CHECK(engine.generate(short_brief(), fixture.sink).ok());
  CHECK(fixture.sink.samples[0].size() == 800);
}

TEST_CASE("one that stops though nobody asked it to has failed") {
  Fixture fixture;
  engines::HostTerms terms = quick_terms();
  terms.retries = 0;
  const engines::HostEngine engine = fixture.engine(
      [](const plan::Brief&, int, engines::HostSink&) { return absl::OkStatus(); }, terms);
  const absl::Status failed = engine.generate(short_brief(), fixture.sink);
  CHECK(has_fault(failed, Fault::engine));
  CHECK(failed.message() == "delivered 0 of 800 frames");
}

TEST_CASE("samples that are no numbers fail the call, whatever it returns") {
  Fixture fixture;
  const engines::HostEngine engine =
      fixture.engine([](const plan::Brief& brief, int, engines::HostSink& sink) {
        const float bad = NAN;
        sink.write_interleaved(&bad, 1, 1).IgnoreError();
        play_ramp(brief, sink).IgnoreError();
        return absl::OkStatus();
      });
  const absl::Status failed = engine.generate(short_brief(), fixture.sink);
  CHECK(has_fault(failed, Fault::argument));
  CHECK(std::string(failed.message()).find("frame 0 of the segment") != std::string::npos);
  CHECK(fixture.witness->calls == 1);
}

TEST_CASE("what a player throws is its failure") {
  Fixture fixture;
  const engines::HostEngine engine =
      fixture.engine([](const plan::Brief&, int attempt, engines::HostSink&) -> absl::Status {
        if (attempt == 3) throw std::runtime_error("out of ideas");
        throw 7;
      });
  CHECK(engine.generate(short_brief(), fixture.sink).message() == "out of ideas (after 3 tries)");
}

TEST_CASE("a player whose thread is ended under it has failed, and is not called to be let go") {
  static Fixture fixture;  // so that a leak checker finds what is kept
  engines::HostTerms terms = quick_terms();
  terms.retries = 0;
  {
    const engines::HostEngine engine =
        fixture.engine([](const plan::Brief&, int,
                          engines::HostSink&) -> absl::Status { ::pthread_exit(nullptr); },
                       terms);
    CHECK(engine.generate(short_brief(), fixture.sink).message() ==
          "its thread was ended by the host");
  }
  CHECK(fixture.witness->released == 0);
}
