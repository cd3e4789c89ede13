// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr const char* kPrompts = "/v1/music/org_a/focus/prompts";

std::string body_of(const std::string& prompt) {
  return R"({"custom_prompt":")" + prompt + R"("})";
}

}  // namespace

TEST_CASE("a prompt is read as the session that is started with it tells", "[rest]") {
  RestFixture api;
  const std::string prompt = "slow rain, felt piano, no drums, zorb";
  const std::string start = R"({"goal":"custom_prompt","target_minutes":1,"engine":"tone",)"
                            R"("options":{"segment_seconds":20,"sample_rate":8000},)"
                            R"("custom_prompt":")" +
                            prompt + R"("})";
  const Reply started = api.post(RestFixture::kSessions, start);
  REQUIRE(started.status == 202);
  const std::string path =
      std::string(RestFixture::kSessions) + "/" + started.json()["session_id"].GetString();
  REQUIRE(eventually([&] { return api.get(path).json()["ready_count"].GetInt() > 0; }));
  const rapidjson::Document session = api.get(path + "?include=analysis").json();

  const Reply reply = api.post(kPrompts, body_of(prompt));
  CHECK(reply.status == 200);
  CHECK(reply.header("Content-Type") == "application/json");
  CHECK(reply.json() == session["segments"][0]["analysis"]["prompt"]);
  CHECK(reply.json()["not_understood"][0] == "zorb");
}

TEST_CASE("whoever may listen may have a prompt read, and nothing is started", "[rest]") {
  RestFixture api;
  CHECK(api.post(kPrompts, body_of("calm"), "key_listener").status == 200);
  CHECK(api.post(kPrompts, body_of("calm"), "").status == 401);
  CHECK(api.post("/v1/music/org_x/focus/prompts", body_of("calm")).status == 403);
  CHECK(api.get(RestFixture::kSessions).json()["sessions"].Empty());
}

TEST_CASE("a prompt that could start nothing is refused in the same words", "[rest]") {
  RestFixture api;
  for (const std::string& prompt : {std::string(), std::string("  "), std::string(R"(a\u0000b)"),
                                    std::string("\xff"), std::string(60'001, 'a')}) {
    const Reply reply = api.post(kPrompts, body_of(prompt));
    const Reply start = api.post(
        RestFixture::kSessions,
        R"({"goal":"custom_prompt","target_minutes":1,"custom_prompt":")" + prompt + R"("})");
    INFO(prompt.substr(0, 20));
    CHECK(reply.status == 422);
    CHECK(reply.field() == start.field());
    CHECK(reply.text("system_message") == start.text("system_message"));
  }
  CHECK(api.post(kPrompts, "{}").field() == "custom_prompt");
  CHECK(api.post(kPrompts, R"({"custom_prompt":"a","goal":"focus"})").field() == "goal");
  CHECK(api.post(kPrompts, R"({"custom_prompt":7})").field() == "custom_prompt");
  CHECK(api.post(kPrompts, "nothing").field() == "body");
}

TEST_CASE("a reading counts for the rate limit", "[rest]") {
  RestFixture api;
  api.add_key("key_slow", "dora", {"org_a"}, {}, 2);
  CHECK(api.post(kPrompts, body_of("calm"), "key_slow").status == 200);
  CHECK(api.post(kPrompts, body_of("calm"), "key_slow").status == 200);
  CHECK(api.post(kPrompts, body_of("calm"), "key_slow").status == 429);
}
