// SPDX-License-Identifier: MIT
#include "engines/registry.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "engines/built_in.h"
#include "engines/check/description.h"
#include "engines/studio/studio_engine.h"

using namespace focus::core;

namespace {

class NamedEngine final : public engines::MusicEngine {
 public:
  explicit NamedEngine(std::string key, bool enabled = true, bool of_host = false)
      : of_host_(of_host) {
    info_.key = std::move(key);
    info_.enabled = enabled;
  }
  const engines::EngineInfo& info() const override { return info_; }
  engines::EngineInfo& edit_info() { return info_; }
  absl::Status generate(const plan::Brief&, engines::SegmentSink&) const override {
    return absl::OkStatus();
  }
  bool is_of_host() const override { return of_host_; }

 private:
  const bool of_host_;
  engines::EngineInfo info_;
};

}  // namespace

TEST_CASE("engines are found by key and listed in the order in which they came") {
  engines::EngineRegistry registry;
  REQUIRE(registry.add(std::make_shared<NamedEngine>("host")).ok());
  REQUIRE(registry.add(std::make_shared<engines::StudioEngine>()).ok());
  REQUIRE(registry.find("studio").ok());
  CHECK((*registry.find("host"))->info().key == "host");
  const auto engines = registry.list();
  REQUIRE(engines.size() == 2);
  CHECK(engines[0]->info().key == "host");
}

TEST_CASE("an unknown engine is an error that names the field and what there is") {
  engines::EngineRegistry registry;
  REQUIRE(registry.add(std::make_shared<engines::StudioEngine>()).ok());
  const auto missing = registry.find("x");
  REQUIRE_FALSE(missing.ok());
  CHECK(field_of(missing.status()) == "engine");
  CHECK(missing.status().message() == "engine: unknown engine 'x'; available: studio");
}

TEST_CASE("the default engine is studio, or else the first that is enabled") {
  engines::EngineRegistry registry;
  CHECK(registry.default_engine() == nullptr);
  CHECK_FALSE(registry.find("").ok());
  REQUIRE(registry.add(std::make_shared<NamedEngine>("asleep", false)).ok());
  REQUIRE(registry.add(std::make_shared<NamedEngine>("awake")).ok());
  CHECK(registry.default_engine()->info().key == "awake");
  CHECK_FALSE(registry.find("asleep").ok());
  REQUIRE(registry.add(std::make_shared<engines::StudioEngine>()).ok());
  CHECK((*registry.find(""))->info().key == "studio");
}

TEST_CASE("a key is taken once") {
  engines::EngineRegistry registry;
  REQUIRE(registry.add(std::make_shared<NamedEngine>("a")).ok());
  const absl::Status taken = registry.add(std::make_shared<NamedEngine>("a"));
  CHECK(has_fault(taken, Fault::argument));
  CHECK(field_of(taken) == "key");
  CHECK_FALSE(registry.add(std::make_shared<NamedEngine>("")).ok());
}

TEST_CASE("what a host has brought can be taken out, with its price, and its key is free again") {
  engines::EngineRegistry registry;
  const auto own = std::make_shared<NamedEngine>("own", true, true);
  REQUIRE(registry.add(std::make_shared<engines::StudioEngine>()).ok());
  REQUIRE(registry.add(own).ok());
  REQUIRE(registry.set_price("own", 5).ok());
  CHECK(has_fault(registry.remove("studio").status(), Fault::unsupported));
  CHECK(is_not_found(registry.remove("other").status()));
  const auto removed = registry.remove("own");
  REQUIRE(removed.ok());
  CHECK(*removed == own);
  CHECK_FALSE(registry.find("own").ok());
  CHECK(registry.price_of("own") == 0);
  CHECK(registry.list().size() == 1);
  CHECK(registry.add(own).ok());
  CHECK(has_fault((*registry.find("studio"))->retire(std::chrono::seconds(0)), Fault::unsupported));
}

TEST_CASE("an engine costs what it says, until the host says otherwise") {
  engines::EngineRegistry registry;
  const auto engine = std::make_shared<NamedEngine>("a");
  engine->edit_info().price_micros_per_minute = 70;
  REQUIRE(registry.add(engine).ok());
  CHECK(registry.price_of("a") == 70);
  CHECK(registry.price_of("b") == 0);
  REQUIRE(registry.set_price("a", 1'000'000'000'000).ok());
  CHECK(registry.price_of("a") == 1'000'000'000'000);
  CHECK(field_of(registry.set_price("b", 1)) == "engine_key");
  CHECK(field_of(registry.set_price("", 1)) == "engine_key");
  CHECK(field_of(registry.set_price("a", -1)) == "micros_per_minute");
  CHECK(field_of(registry.set_price("a", 1'000'000'000'001)) == "micros_per_minute");
  CHECK(registry.price_of("a") == 1'000'000'000'000);
  CHECK(field_of(registry.find("b", "fallback").status()) == "fallback");
}

TEST_CASE("the engines that the library brings are whole descriptions, studio the default") {
  engines::EngineRegistry registry;
  REQUIRE(engines::add_built_in(registry).ok());
  CHECK(registry.default_engine()->info().key == "studio");
  for (const auto& engine : registry.list()) {
    INFO(engine->info().key);
    CHECK(engines::description_fault(engine->info()).empty());
    CHECK(has_fault(registry.remove(engine->info().key).status(), Fault::unsupported));
  }
}

TEST_CASE("studio says what may be done with its music") {
  const engines::StudioEngine studio;
  CHECK(name_of(studio.info().licence_class) == "commercial_cleared");
  CHECK(studio.info().commercial_use);
  CHECK_FALSE(studio.info().requires_attribution);
  CHECK(studio.playing_rate(44100) == 44100);
  CHECK(studio.playing_rate(48000) == 48000);
  CHECK(studio.playing_rate(88200) == 44100);
  CHECK(studio.playing_rate(32000) == 48000);
  CHECK_FALSE(NamedEngine("a").score_as_midi(plan::Brief()).ok());
}
