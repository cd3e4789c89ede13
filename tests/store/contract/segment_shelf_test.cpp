// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

const std::string kId = session_record().id;

}  // namespace

TEMPLATE_TEST_CASE("ready segments are listed in order and opened", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  CHECK(is_not_found(store.segments().list(kId).status()));
  CHECK(is_not_found(store.segments().open(kId, 0).status()));
  REQUIRE(store.sessions().add(session_record()).ok());
  CHECK(store.segments().list(kId)->empty());
  REQUIRE(put(store, 2, test_audio(9600)).ok());
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  const auto listed = store.segments().list(kId);
  REQUIRE(listed->size() == 2);
  CHECK(listed->at(0).index == 0);
  CHECK(listed->at(0).frames == 4800);
  CHECK(listed->at(1).index == 2);
  CHECK(listed->at(1).engine == "studio");
  CHECK(listed->at(1).mastering.cue.cue_in == 480);
  CHECK(read_all(**store.segments().open(kId, 2)).frames() == 9600);
  const auto missing = store.segments().open(kId, 1);
  CHECK(is_not_found(missing.status()));
  CHECK(field_of(missing.status()) == "index");
}

TEMPLATE_TEST_CASE("what is forgotten is gone, and what is held of it stays readable", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  const std::string path = put(store, 0, test_audio(4800))->path;
  const auto held = store.segments().open(kId, 0);
  REQUIRE(store.segments().forget(kId, 0).ok());
  CHECK(store.segments().list(kId)->empty());
  CHECK(is_not_found(store.segments().open(kId, 0).status()));
  if (!path.empty()) CHECK_FALSE(fs::exists(path));
  CHECK(read_all(**held).frames() == 4800);
  CHECK(store.segments().forget(kId, 0).ok());
  REQUIRE(put(store, 0, test_audio(9600)).ok());
  CHECK(read_all(**store.segments().open(kId, 0)).frames() == 9600);
}

TEMPLATE_TEST_CASE("what a claim that was cancelled brings is not kept", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  const CancelToken open;
  CancelToken cancelled;
  cancelled.cancel();
  CHECK(is_cancelled(
      put(store, claim_request(0), audio::AudioFormat::flac16, test_audio(4800), cancelled)
          .status()));
  CHECK(store.segments().list(kId)->empty());
  audio::AudioBuffer audio = test_audio(4800);
  const auto refused = store.segments().put(kId, 77, audio::AudioFormat::flac16, segment_record(0),
                                            std::move(audio), {}, open);
  CHECK(is_conflict(refused.status(), "claim"));
  CHECK(audio.frames() == 4800);  // not taken
  const auto both = store.segments().put(kId, 77, audio::AudioFormat::flac16, segment_record(0),
                                         test_audio(4800), {}, cancelled);
  CHECK(is_cancelled(both.status()));
}

TEMPLATE_TEST_CASE("a late completion touches nothing of the claim that came after it", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int round = 0; round < 20; ++round) {
    store::ClaimRequest request = claim_request(0);
    request.take_over = true;
    const auto late = store.board().claim(request);
    REQUIRE(late.ok());
    // The two write at the same time; only the newer claim may win, whichever is done first.
    std::thread other([&] {
      const auto kept = store.segments().put(kId, late->epoch, audio::AudioFormat::flac16,
                                             segment_record(0), test_audio(4800), {}, {});
      static_cast<void>(kept);
    });
    const auto claimed = store.board().claim(request);
    if (claimed.ok()) {
      CHECK(store.segments()
                .put(kId, claimed->epoch, audio::AudioFormat::flac16, segment_record(0),
                     test_audio(9600), {}, {})
                .ok());
    }
    other.join();
    const auto listed = store.segments().list(kId);
    REQUIRE(listed->size() == 1);
    const std::int64_t expected = claimed.ok() ? 9600 : 4800;
    CHECK(listed->front().frames == expected);
    CHECK(read_all(**store.segments().open(kId, 0)).frames() == expected);
    REQUIRE(store.segments().forget(kId, 0).ok());
  }
}
