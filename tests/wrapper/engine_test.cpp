// SPDX-License-Identifier: MIT
// An engine of the host's own in C++.
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "support/patience.h"
#include <focus_session/focus_session.hpp>

namespace {

constexpr std::chrono::seconds kPatience(FOCUS_TEST_PATIENCE_SECONDS);

using Play = std::function<focus::ErrorCode(const focus::Brief&, focus::Sink&)>;

/// An engine that is whatever `play` makes of it.
class FunctionEngine final : public focus::Engine {
 public:
  explicit FunctionEngine(Play play, std::atomic<int>* gone = nullptr)
      : play_(std::move(play)), gone_(gone) {}
  ~FunctionEngine() override {
    if (gone_ != nullptr) ++*gone_;
  }
  focus::EngineDescription description() const override {
    return focus::EngineDescription{}
        .with_key("mine")
        .with_display_name("Mine")
        .with_licence(focus::LicenceClass::personal_only, false, true)
        .with_retries(FOCUS_NO_RETRIES)
        .with_price_micros_per_minute(9);
  }
  focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
    return play_(brief, sink);
  }

 private:
  Play play_;
  std::atomic<int>* gone_;
};

focus::ErrorCode play_tone(const focus::Brief& brief, focus::Sink& sink) {
  std::vector<float> block(960);
  for (std::int64_t frame = 0; frame < brief.frames; frame += 480) {
    for (std::size_t i = 0; i < 480; ++i) {
      const double t = static_cast<double>(frame + static_cast<std::int64_t>(i)) / 8000.0;
      block[2 * i] = block[2 * i + 1] = static_cast<float>(0.3 * std::sin(1400.0 * t));
    }
    sink.write(block.data(), 480);
    sink.report_progress(static_cast<double>(frame) / static_cast<double>(brief.frames));
  }
  return focus::ErrorCode::ok;
}

struct House {
  focus::Service service{focus::ServiceOptions{}.with_storage(focus::Storage::memory)};
  focus::Session session;
  std::vector<focus::Event> fallbacks;

  focus::SegmentInfo first_segment(Play play) {
    service.add_engine(std::make_shared<FunctionEngine>(std::move(play)));
    session = service.start(focus::Request{}
                                .with_goal(focus::Goal::focus)
                                .with_target_minutes(1)
                                .with_segment_seconds(20)
                                .with_sample_rate(8000)
                                .with_look_ahead(0)
                                .with_engine("mine"));
    while (const focus::Event event = session.wait_event(kPatience)) {
      if (event.type == focus::EventType::fallback) fallbacks.push_back(event);
      if (event.type == focus::EventType::segment_ready) break;
    }
    return session.snapshot().segment(0);
  }
};

}  // namespace

TEST_CASE("an engine in C++ plays, is listed, and goes when it was removed") {
  std::atomic<int> gone{0};
  House house;
  focus::Brief told;
  const focus::SegmentInfo segment =
      house.first_segment([&told](const focus::Brief& brief, focus::Sink& sink) {
        told = brief;
        return play_tone(brief, sink);
      });
  CHECK(segment.engine == "mine");
  CHECK(house.fallbacks.empty());
  CHECK(told.frames == segment.frames);
  CHECK(told.key == segment.key);
  CHECK(told.goal == focus::Goal::focus);
  CHECK(told.section == focus::Section::opening);
  CHECK(told.attempt == 1);
  const focus::EngineInfo info = house.service.engines().back();
  CHECK(info.key == "mine");
  CHECK(info.display_name == "Mine");
  CHECK(info.licence_class == focus::LicenceClass::personal_only);
  CHECK(info.requires_attribution);
  CHECK(info.price_micros_per_minute == 9);
  CHECK(house.service.remove_engine("mine", kPatience));
  for (const focus::EngineInfo& left : house.service.engines()) CHECK(left.key != "mine");

  auto own = std::make_unique<FunctionEngine>(play_tone, &gone);
  CHECK(house.service.add_engine(std::move(own)));
  CHECK(gone == 0);
  CHECK(house.service.remove_engine("mine", kPatience));
  CHECK(gone == 1);
}

TEST_CASE("an engine that is refused is given back, and the error names the field") {
  std::atomic<int> gone{0};
  focus::Service service;
  class Nameless final : public focus::Engine {
   public:
    explicit Nameless(std::atomic<int>& gone) : gone_(gone) {}
    ~Nameless() override { ++gone_; }
    focus::EngineDescription description() const override { return {}; }
    focus::ErrorCode generate(const focus::Brief&, focus::Sink&) override {
      return focus::ErrorCode::ok;
    }

   private:
    std::atomic<int>& gone_;
  };
  try {
    service.add_engine(std::make_shared<Nameless>(gone));
    FAIL("nothing was thrown");
  } catch (const focus::Error& error) {
    CHECK(error.code() == focus::ErrorCode::invalid_argument);
    CHECK(error.field() == "key");
  }
  CHECK(gone == 1);
}

TEST_CASE("what an engine in C++ throws is why it is stood in for") {
  SECTION("an exception") {
    House house;
    CHECK(house
              .first_segment([](const focus::Brief&, focus::Sink&) -> focus::ErrorCode {
                throw std::runtime_error("the strings are broken");
              })
              .fallback);
    REQUIRE(house.fallbacks.size() == 1);
    CHECK(house.fallbacks[0].message == "engine 'mine' failed: the strings are broken");
    CHECK(house.fallbacks[0].code == focus::ErrorCode::engine);
  }
  SECTION("an error with a code") {
    House house;
    CHECK(house
              .first_segment([](const focus::Brief& brief, focus::Sink& sink) {
                const float bad = std::nanf("");
                sink.write(&bad, 1, 1);
                return play_tone(brief, sink);
              })
              .fallback);
    REQUIRE(house.fallbacks.size() == 1);
    CHECK(house.fallbacks[0].message.find("frame 0 of the segment") != std::string::npos);
    CHECK(house.fallbacks[0].code == focus::ErrorCode::invalid_argument);
  }
  SECTION("something else") {
    House house;
    CHECK(
        house.first_segment([](const focus::Brief&, focus::Sink&) -> focus::ErrorCode { throw 7; })
            .fallback);
    REQUIRE(house.fallbacks.size() == 1);
    CHECK(house.fallbacks[0].code == focus::ErrorCode::engine);
  }
}

TEST_CASE("removing an engine waits for its call, which learns that it is wanted no more") {
  House house;
  std::atomic<bool> is_playing{false};
  std::atomic<bool> was_cancelled{false};
  house.service.add_engine(
      std::make_shared<FunctionEngine>([&](const focus::Brief&, focus::Sink& sink) {
        is_playing = true;
        while (!sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        was_cancelled = true;
        sink.report_progress(0.5);  // throws
        return focus::ErrorCode::ok;
      }));
  house.session = house.service.start(focus::Request{}
                                          .with_goal(focus::Goal::focus)
                                          .with_target_minutes(1)
                                          .with_sample_rate(8000)
                                          .with_engine("mine"));
  while (!is_playing) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK(house.service.remove_engine("mine", kPatience));
  CHECK(was_cancelled);
  while (house.session.snapshot().info().more_pending) {
    house.session.wait_event(std::chrono::seconds(1));
  }
  CHECK(house.session.snapshot().segment(0).fallback);
  CHECK_THROWS_AS(house.service.remove_engine("mine", std::chrono::seconds(0)), focus::Error);
}
