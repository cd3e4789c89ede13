// SPDX-License-Identifier: MIT
// Every endpoint, asked by everybody: who gets what, and what nobody but the owner sees.
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"
#include "rest/routes.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr char kSeed[] = "4711471147114711";

/// In the order of a row's statuses.
const std::vector<std::string> kAskers = {
    "",               // no key
    "wrong",          // a key that is not known
    "key_other",      // of another organization
    "key_colleague",  // of another caller of the organization
    "key_reader",     // read-only, of another caller
    "key_a_reads",    // read-only, of the owner
    "key_a",          // the owner
};

struct Row {
  const char* method;
  std::string target;
  std::string body;
  std::vector<int> statuses;
};

}  // namespace

TEST_CASE("every endpoint shows everybody what is theirs, and no more", "[who_may_read]") {
  RestFixture api;
  const std::string data = "focus-session-";  // what the name of its temporary folder begins with
  api.add_key("key_other", "zoe", {"org_z"}, {"USE_MUSIC_GENERATION"});
  api.add_key("key_colleague", "colin", {"org_a"}, {"USE_MUSIC_GENERATION"});
  api.add_key("key_reader", "rita", {"org_a"}, {});
  api.add_key("key_a_reads", "alice", {"org_a"}, {});
  REQUIRE(api.service->set_engine_price("tone", 700'100).ok());
  const std::string start =
      std::string(R"({"goal":"focus","target_minutes":1,"engine":"tone",)") +
      R"("options":{"segment_seconds":20,"look_ahead":9,"sample_rate":8000,"seed":)" + kSeed + "}}";
  const Reply started = api.post(RestFixture::kSessions, start);
  REQUIRE(started.status == 202);
  const std::string session =
      std::string(RestFixture::kSessions) + "/" + started.json()["session_id"].GetString();
  REQUIRE(eventually([&] { return api.get(session).json()["status"] == "ended"; }));
  const std::string track_id = api.post(session + "/segments/0/promote").json()["id"].GetString();
  const std::string audio = api.audio_target(session, 0);
  const std::string track = "/v1/music/org_a/tracks/" + track_id;
  const std::string track_audio =
      RestFixture::target_of(api.get(track).json()["playback_url"].GetString());
  const auto spend = api.service->spend_today();
  REQUIRE(spend.ok());
  const std::string spent = std::to_string(spend->settled);
  REQUIRE(spent.size() > 4);

  const rapidjson::Document whole = api.get(session + "?include=analysis").json();
  const auto link = [&](const char* name) {
    return RestFixture::target_of(whole["analysis"][name].GetString());
  };
  const std::string nothing = audio.substr(0, audio.find('?'));
  const std::vector<Row> table = {
      // none, wrong, other organization, colleague, reader, reads for the owner, owner
      {"POST", RestFixture::kSessions, "{}", {401, 401, 403, 422, 403, 403, 422}},
      {"GET", RestFixture::kSessions, "", {401, 401, 403, 200, 200, 200, 200}},
      {"GET", session, "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "?include=analysis", "", {401, 401, 403, 404, 404, 200, 200}},
      {"POST", session + "/steer", "{}", {401, 401, 403, 404, 403, 403, 422}},
      {"GET", session + "/events", "", {401, 401, 403, 404, 404, 200, 200}},
      {"POST", session + "/segments/1/promote", "[]", {401, 401, 403, 404, 404, 422, 422}},
      {"POST", "/v1/music/org_a/focus/prompts", "{}", {401, 401, 403, 422, 422, 422, 422}},
      {"GET", "/v1/music/org_a/engines", "", {401, 401, 403, 200, 200, 200, 200}},
      {"GET", "/v1/music/org_a/tracks", "", {401, 401, 403, 200, 200, 200, 200}},
      {"GET", track, "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", audio, "", {200, 200, 200, 200, 200, 200, 200}},  // the signature is the right
      {"GET", nothing, "", {403, 403, 403, 403, 403, 403, 403}},
      {"GET", session + "/stream.mp3", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "/stream.opus", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "/stream.flac", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "/stream.wav", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "/hls/index.m3u8", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", session + "/hls/flac.m3u8", "", {401, 401, 403, 404, 404, 200, 200}},
      {"GET", link("stream_url"), "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", link("stream_opus_url"), "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", link("stream_flac_url"), "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", link("stream_wav_url"), "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", link("hls_url"), "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", track_audio, "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", "/openapi.json", "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", "/healthz", "", {200, 200, 200, 200, 200, 200, 200}},
      {"GET", "/metrics", "", {401, 401, 200, 200, 200, 200, 200}},
      {"GET", "/nothing", "", {404, 404, 404, 404, 404, 404, 404}},
      {"POST", session + "/end", "", {401, 401, 403, 404, 404, 200, 200}},
      {"DELETE", session, "", {401, 401, 403, 404, 403, 403, 204}},
  };
  for (const Row& row : table) {
    for (std::size_t i = 0; i < kAskers.size(); ++i) {
      for (const bool head : {false, true}) {
        if (head && row.method != std::string("GET")) continue;
        const Reply reply = api.ask(head ? "HEAD" : row.method, row.target, kAskers[i], row.body);
        CAPTURE(row.method, row.target, kAskers[i], head, reply.body.substr(0, 400));
        CHECK(reply.status == row.statuses[i]);
        if (reply.header("Content-Type") == "audio/flac") continue;
        std::string told = reply.body;
        for (const auto& [name, value] : reply.headers) told += name + ": " + value + "\n";
        const bool is_owner = kAskers[i].rfind("key_a", 0) == 0;
        CHECK(told.find(data) == std::string::npos);
        CHECK((is_owner || told.find(kSeed) == std::string::npos));
        CHECK((is_owner || told.find(track_id) == std::string::npos));
        const bool may_spend = kAskers[i] == "key_a" || kAskers[i] == "key_colleague";
        CHECK((may_spend || told.find(spent) == std::string::npos));
      }
    }
  }

  // The table has all routes.
  for (const rest::Route& route : rest::all_routes()) {
    const auto matches = [&](const Row& row) {
      std::string path = row.target.substr(0, row.target.find('?'));
      std::string_view pattern = route.pattern;
      if (row.method != route.method) return false;
      while (!pattern.empty() && !path.empty()) {
        const std::string_view part = pattern.substr(1, pattern.find('/', 1) - 1);
        const std::string own = path.substr(1, path.find('/', 1) - 1);
        if (part != "*" && part != own) return false;
        pattern.remove_prefix(1 + part.size());
        path.erase(0, 1 + own.size());
      }
      return pattern.empty() && path.empty();
    };
    CAPTURE(std::string(route.method), std::string(route.pattern));
    CHECK(std::any_of(table.begin(), table.end(), matches));
  }
}

TEST_CASE("money is told to those who may spend it, and its sum to the operator of the service",
          "[who_may_read]") {
  RestFixture api;
  api.add_key("key_runs", "prometheus", {"org_ops"}, {"READ_METRICS"});
  REQUIRE(api.service->set_engine_price("tone", 700'100).ok());
  api.start_and_wait(R"(,"look_ahead":9)");
  const auto tells = [&](const std::string& key, const std::string& text) {
    const Reply reply = api.get("/metrics", key);
    REQUIRE(reply.status == 200);
    CHECK(reply.body.find("focus_sessions_started_total 1\n") != std::string::npos);
    return reply.body.find(text) != std::string::npos;
  };
  CHECK(tells("key_runs", "focus_spend_micros{state=\"settled\"}"));
  CHECK_FALSE(tells("key_runs", "focus_organization_spend_micros"));
  CHECK(tells("key_a", "focus_organization_spend_micros{organization=\"org_a\",state="));
  CHECK_FALSE(tells("key_a", "focus_spend_micros"));
  CHECK(tells("key_b", "{organization=\"org_b\",state=\"settled\"} 0\n"));
  CHECK_FALSE(tells("key_listener", "spend_micros"));

  CHECK(api.get("/metrics", "").status == 401);
  rest::HttpOptions options;
  options.open_metrics = true;
  REQUIRE(api.rest->set_options(options).ok());
  CHECK_FALSE(tells("", "spend_micros"));
  CHECK_FALSE(tells("wrong", "spend_micros"));
  CHECK(tells("key_runs", "focus_spend_micros{state=\"settled\"}"));
}

TEST_CASE("a message of an engine names no file of the server", "[who_may_read]") {
  CHECK(rest::without_paths("the command ended with 1: File \"/srv/engine/run.py\", line 7") ==
        "the command ended with 1: File \"(a file of the service)\", line 7");
  CHECK(rest::without_paths("/opt/x: not found") == "(a file of the service) not found");
  CHECK(rest::without_paths("cwd=/home/me, (/tmp/a)") ==
        "cwd=(a file of the service), ((a file of the service))");
  for (const char* plain : {"4/4 at 70 bpm", "and/or", "http://example.com/a", "a / b", "", "/"}) {
    CHECK(rest::without_paths(plain) == plain);
  }
}
