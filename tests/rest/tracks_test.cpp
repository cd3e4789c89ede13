// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::test;

namespace {

constexpr const char* kTracks = "/v1/music/org_a/tracks";

std::string promote(RestFixture& api, const std::string& path, int segment) {
  const Reply reply = api.post(path + "/segments/" + std::to_string(segment) + "/promote");
  REQUIRE(reply.status == 201);
  return reply.json()["id"].GetString();
}

}  // namespace

TEST_CASE("a segment is promoted once, and is the same track ever after", "[tracks]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const Reply made = api.post(path + "/segments/1/promote", R"({"title":"Evening"})");
  CHECK(made.status == 201);
  const rapidjson::Document track = made.json();
  CHECK(track.MemberCount() == 9);
  CHECK(track["title"] == "Evening");
  CHECK(track["engine"] == "tone");
  CHECK(track["mode"] == "focus");
  CHECK(track["instrumental"].GetBool() == true);
  CHECK(track["licence_class"] == "unclear");
  CHECK(track["created_at"] == "2025-06-15T15:06:40Z");
  const Reply again = api.post(path + "/segments/1/promote");
  CHECK(again.status == 200);
  CHECK(again.body == made.body);
  CHECK(api.get(std::string(kTracks) + "/" + track["id"].GetString()).body == made.body);
}

TEST_CASE("what can not be promoted says why", "[tracks]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  const Reply early = api.post(path + "/segments/2/promote");
  CHECK(early.status == 409);
  CHECK(early.code() == "SEGMENT_NOT_READY");
  for (const char* index : {"3", "-1", "x", "00x", "99999999999", ""}) {
    CHECK(api.post(path + "/segments/" + index + "/promote").status == 404);
  }
  CHECK(api.post(path + "/segments/0/promote", R"({"name":1})").field() == "name");
}

TEST_CASE("a track outlives its session, audio and all", "[tracks]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const Reply segment = api.get(api.audio_target(path, 0), "");
  const std::string id = promote(api, path, 0);
  const std::string session_id = path.substr(path.rfind('/') + 1);
  REQUIRE(api.service->delete_session(session_id).ok());
  CHECK(api.get(path).status == 404);
  const Reply track = api.get(std::string(kTracks) + "/" + id);
  REQUIRE(track.status == 200);
  const std::string url = track.json()["playback_url"].GetString();
  const Reply audio = api.get(RestFixture::target_of(url), "");
  CHECK(audio.status == 200);
  CHECK(audio.body == segment.body);
  CHECK(audio.header("Content-Type") == "audio/flac");
}

TEST_CASE("a caller lists their own tracks, newest first, in pages", "[tracks]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string one = promote(api, path, 0);
  const std::string two = promote(api, path, 1);
  const std::string three = promote(api, path, 2);
  const auto ids = [&](const std::string& query, const std::string& key = "key_a") {
    std::string joined;
    const rapidjson::Document document = api.get(kTracks + query, key).json();
    for (const auto& track : document["tracks"].GetArray()) {
      joined += (joined.empty() ? "" : " ") + std::string(track["id"].GetString());
    }
    return joined;
  };
  CHECK(ids("") == three + " " + two + " " + one);
  CHECK(ids("?limit=2") == three + " " + two);
  CHECK(ids("?limit=2&before=" + two) == one);
  CHECK(ids("", "key_b") == "");
  CHECK(api.get(std::string(kTracks) + "/" + one, "key_b").status == 404);
  CHECK(api.get(std::string(kTracks) + "/mtrack_000000000000").status == 404);
  CHECK(api.get(std::string(kTracks) + "/..").status == 404);
  CHECK(api.get(std::string(kTracks) + "?limit=0").field() == "limit");
  CHECK(api.get(std::string(kTracks) + "?before=x").field() == "before");
}
