// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kTrack = "mtrack_00000000000a";

}  // namespace

TEMPLATE_TEST_CASE("a track of a segment that was steered away meanwhile is refused", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  Store& store = house.store();
  const auto audio = MemoryAudioBytes::of("audio", AudioFormat::flac16);
  CHECK(is_not_found(store.tracks().add(track_record(0, kTrack), *audio, 0).status()));
  REQUIRE(store.sessions().add(session_record()).ok());
  Steering steering;
  steering.divergence = 0.5;
  REQUIRE(store.sessions().add_change(session_record().id, 0, {steering, 0}, 0).ok());
  CHECK(is_conflict(store.tracks().add(track_record(0, kTrack), *audio, 0).status(), "changes"));
  CHECK(store.tracks().list()->empty());
  const auto added = store.tracks().add(track_record(0, kTrack), *audio, 1);
  REQUIRE(added.ok());
  CHECK(added->bytes == 5);
  CHECK(store.tracks().find(kTrack)->title == "Regen, Teil 3");
  CHECK(content_of(**store.tracks().open(kTrack)) == "audio");
}

TEMPLATE_TEST_CASE("a track outlives its session", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  const auto audio = MemoryAudioBytes::of("audio", AudioFormat::flac16);
  REQUIRE(store.tracks().add(track_record(0, kTrack), *audio, 0).ok());
  REQUIRE(store.sessions().remove(session_record().id).ok());
  CHECK(content_of(**store.tracks().open(kTrack)) == "audio");
  REQUIRE(store.tracks().remove(kTrack).ok());
  CHECK(is_not_found(store.tracks().open(kTrack).status()));
}
