// SPDX-License-Identifier: MIT
#include "rest/rest.h"

#include <thread>

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
using focus::core::rest::HttpOptions;

TEST_CASE("a session is started, made and asked about", "[rest]") {
  RestFixture api;
  const Reply started = api.post(RestFixture::kSessions, RestFixture::body_of());
  CHECK(started.status == 202);
  CHECK(started.header("Content-Type") == "application/json");
  CHECK(started.header("Content-Length") == std::to_string(started.body.size()));
  const std::string path =
      std::string(RestFixture::kSessions) + "/" + started.json()["session_id"].GetString();
  REQUIRE(eventually([&] { return api.get(path).json()["ready_count"].GetInt() == 3; }));
  const rapidjson::Document session = api.get(path).json();
  CHECK(session["status"] == "ended");
  CHECK(session["more_pending"].GetBool() == false);
  CHECK(session["next_ready_at"].IsNull());
  CHECK(session["segments"].Size() == 3);
  CHECK_FALSE(session["segments"][0].HasMember("analysis"));
  CHECK(api.get(path + "?include=analysis").json()["segments"][0].HasMember("analysis"));
  CHECK(api.get(path + "?include=everything").field() == "include");
}

TEST_CASE("401 before 403 before 404 before 422", "[rest]") {
  RestFixture api;
  const std::string bad = "{";
  const std::string foreign = "/v1/music/org_x/focus/sessions";
  CHECK(api.post(foreign, bad, "").status == 401);
  CHECK(api.post(foreign, bad, "key_unknown").status == 401);
  CHECK(api.post(foreign, bad).status == 403);
  CHECK(api.post(RestFixture::kSessions, bad, "key_listener").status == 403);
  CHECK(api.get("/v1/music/org_x/nothing").status == 403);
  CHECK(api.get("/v1/music/org_a/nothing").status == 404);
  CHECK(api.post("/v1/music/org_a/focus/sessions/mfocus_000000000000/steer", bad).status == 404);
  CHECK(api.post(RestFixture::kSessions, bad).status == 422);
  CHECK(api.get("/v1/nothing", "").status == 401);
  CHECK(api.get("/nothing", "").status == 404);
  CHECK(api.get("/v1/%zz", "").status == 401);
  CHECK(api.get("/v1/%zz").status == 404);
  CHECK(api.get("/v1/audio/%zz", "").status == 404);
  CHECK(api.get("/%76%31/music/org_a/engines", "").status == 401);
}

TEST_CASE("errors have the contract's envelope", "[rest]") {
  RestFixture api;
  const Reply reply =
      api.post(RestFixture::kSessions, R"({"goal":"custom_prompt","target_minutes":5})");
  const rapidjson::Document document = reply.json();
  CHECK(document["success"].GetBool() == false);
  const auto& error = document["error"];
  CHECK(error["code"] == "VALIDATION_ERROR");
  CHECK(error["message"] == "The request contains invalid parameters.");
  CHECK(error["system_message"] == "custom_prompt is required when goal is custom_prompt");
  CHECK(error["type"] == "validation_error");
  CHECK(error["status"].GetInt() == 422);
  CHECK(error["details"]["field"] == "custom_prompt");
  CHECK(std::string(error["trace_id"].GetString()).size() == 16);
  CHECK(error["timestamp"] == "2025-06-15T15:06:40Z");
}

TEST_CASE("whose capability is missing is told which", "[rest]") {
  RestFixture api;
  const Reply reply = api.post(RestFixture::kSessions, RestFixture::body_of(), "key_listener");
  CHECK(reply.code() == "INSUFFICIENT_PERMISSIONS");
  CHECK(reply.text("system_message") == "USE_MUSIC_GENERATION capability required");
}

TEST_CASE("somebody else's session is one that never was", "[rest]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  const std::string never = std::string(RestFixture::kSessions) + "/mfocus_0123456789ab";
  for (const auto& [method, call] :
       {std::pair("GET", ""), std::pair("POST", "/end"), std::pair("GET", "/events"),
        std::pair("POST", "/segments/0/promote"), std::pair("POST", "/steer")}) {
    const Reply foreign = api.ask(method, path + call, "key_b");
    const Reply missing = api.ask(method, never + call, "key_b");
    CHECK(foreign.status == 404);
    const auto trace = [](const Reply& reply) { return reply.text("trace_id"); };
    std::string body = foreign.body;
    body.replace(body.find(trace(foreign)), trace(foreign).size(), trace(missing));
    CHECK(body == missing.body);
    CHECK(foreign.headers == missing.headers);
  }
  CHECK(api.get(path).json()["status"] == "active");  // nobody else could end it
}

TEST_CASE("two keys of one caller see the same session", "[rest]") {
  RestFixture api;
  api.add_key("key_a2", "alice", {"org_a"}, {});
  CHECK(api.get(api.start(), "key_a2").status == 200);
}

TEST_CASE("a method that a path does not know is answered with those it does", "[rest]") {
  RestFixture api;
  const Reply reply = api.get(api.start() + "/end");
  CHECK(reply.status == 405);
  CHECK(reply.code() == "METHOD_NOT_ALLOWED");
  CHECK(reply.header("Allow") == "POST");
  CHECK(api.post("/v1/music/org_a/engines").header("Allow") == "GET, HEAD");
  CHECK(api.ask("DELETE", "/healthz").status == 405);
}

TEST_CASE("a body over 64 KiB is too large, to the byte", "[rest]") {
  RestFixture api;
  const std::string blank(65'536 - RestFixture::body_of().size(), ' ');
  CHECK(api.post(RestFixture::kSessions, RestFixture::body_of() + blank).status == 202);
  const Reply reply = api.post(RestFixture::kSessions, RestFixture::body_of() + blank + " ");
  CHECK(reply.status == 413);
  CHECK(reply.code() == "PAYLOAD_TOO_LARGE");
}

TEST_CASE("a key that asks too often waits", "[rest]") {
  RestFixture api;
  api.add_key("key_slow", "dave", {"org_a"}, {}, 2);
  CHECK(api.get("/v1/music/org_a/engines", "key_slow").status == 200);
  CHECK(api.get("/v1/music/org_a/engines", "key_slow").status == 200);
  const Reply reply = api.get("/v1/music/org_a/engines", "key_slow");
  CHECK(reply.status == 429);
  CHECK(reply.code() == "RATE_LIMITED");
  CHECK(reply.header("Retry-After") == "60");
  CHECK(api.get("/v1/music/org_a/engines").status == 200);
  api.clock.advance(60.0);
  CHECK(api.get("/v1/music/org_a/engines", "key_slow").status == 200);
}

TEST_CASE("ending is final and can be said twice", "[rest]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  CHECK(api.post(path + "/end").json()["status"] == "ended");
  CHECK(api.post(path + "/end").json()["status"] == "ended");
  CHECK(api.get(path).json()["more_pending"].GetBool() == false);
  CHECK(api.post(path + "/steer", R"({"goal":"relax"})").field() == "session");
}

TEST_CASE("a session is steered", "[rest]") {
  RestFixture api;
  const std::string path = api.start();
  const Reply reply = api.post(path + "/steer", R"({"target_minutes":2})");
  CHECK(reply.status == 200);
  CHECK(reply.json()["target_minutes"].GetInt() == 2);
  CHECK(reply.json()["status"] == "active");
  CHECK(api.post(path + "/steer", "{}").field() == "body");
  CHECK(api.post(path + "/steer", R"({"at_seconds":30})").field() == "body");
  CHECK(api.post(path + "/steer", R"({"target_minutes":0})").field() == "target_minutes");
  CHECK(api.post(path + "/steer", R"({"bass_db":12.5})").field() == "bass_db");
  const Reply softer = api.post(path + "/steer?include=analysis", R"({"bass_db":-3.5})");
  REQUIRE(softer.status == 200);
  CHECK(softer.json()["analysis"]["request"]["options"]["bass_db"].GetDouble() == -3.5);
  CHECK(api.post(path + "/steer", R"({"goal":"relax"})", "key_listener").status == 403);
}

TEST_CASE("a request that is refused for its query has done nothing", "[rest]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  const std::string bad = "?include=everything";
  CHECK(api.post(path + "/end" + bad).field() == "include");
  CHECK(api.post(path + "/steer" + bad, R"({"target_minutes":2})").field() == "include");
  CHECK(api.post(std::string(RestFixture::kSessions) + bad, RestFixture::body_of()).status == 422);
  CHECK(api.get(path).json()["status"] == "active");
  CHECK(api.get(path).json()["target_minutes"].GetInt() == 1);
  CHECK(api.service->store().sessions().ids()->size() == 1);
}

TEST_CASE("an engine that is not known is the request's fault, one that is off is not", "[rest]") {
  RestFixture api;
  const auto with_engine = [](const std::string& engine) {
    return R"({"goal":"focus","target_minutes":5,"engine":")" + engine + "\"}";
  };
  CHECK(api.post(RestFixture::kSessions, with_engine("suno")).field() == "engine");
  api.engine->edit_info().enabled = false;
  const Reply reply = api.post(RestFixture::kSessions, with_engine("tone"));
  CHECK(reply.status == 503);
  CHECK(reply.code() == "ENGINE_UNAVAILABLE");
  CHECK(api.post(RestFixture::kSessions,
                 R"({"goal":"focus","target_minutes":5,"options":{"fallback":"x"}})")
            .field() == "options.fallback");
}

TEST_CASE("engines are listed with the contract's keys", "[rest]") {
  RestFixture api;
  const rapidjson::Document document = api.get("/v1/music/org_a/engines").json();
  REQUIRE(document["engines"].Size() == 3);  // the built-in ones and the fixture's
  const auto& engine = document["engines"][0];
  CHECK(engine["engine_key"] == "studio");
  CHECK(engine["licence_class"] == "commercial_cleared");
  CHECK(engine["supported_languages"].IsArray());
  CHECK(engine.MemberCount() == 10);
  const auto& soundscape = document["engines"][1];
  CHECK(std::string(soundscape["engine_key"].GetString()) == "soundscape");
  CHECK(soundscape["max_duration_seconds"].GetInt() == 1200);
  CHECK(soundscape.MemberCount() == 10);
}

TEST_CASE("HEAD is GET without its body", "[rest]") {
  RestFixture api;
  const Reply get = api.get("/healthz", "");
  const Reply head = api.ask("HEAD", "/healthz", "");
  CHECK(get.body == R"({"status":"ok"})");
  CHECK(head.body.empty());
  CHECK(head.headers == get.headers);
}

TEST_CASE("what is open to all needs no key", "[rest]") {
  RestFixture api;
  CHECK(api.get("/openapi.json", "").json()["openapi"] == "3.1.0");
  api.start_and_wait();
  const std::string metrics = api.get("/metrics").body;
  CHECK(metrics.find("focus_segments_ready_total{engine=\"tone\"} 3\n") != std::string::npos);
  CHECK(metrics.find("focus_sessions_started_total 1\n") != std::string::npos);
}

TEST_CASE("public URLs begin as the host says", "[rest]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  rest::HttpOptions options;
  options.public_base_url = "https://music.example.com/api/";
  REQUIRE(api.rest->set_options(options).ok());
  const std::string url = api.get(path).json()["segments"][0]["playback_url"].GetString();
  CHECK(url.find("https://music.example.com/api/v1/audio/sessions/") == 0);
  options.public_base_url = "music.example.com";
  CHECK_FALSE(api.rest->set_options(options).ok());
}

TEST_CASE("a Host header can not put anything else into a URL", "[rest]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  focus::core::rest::HttpRequest request;
  request.method = "GET";
  request.target = path;
  request.headers = {{"X-API-Key", "key_a"}, {"Host", "evil.test/\"><script>"}};
  CHECK(api.rest->handle(request).text.find("evil") == std::string::npos);
}

TEST_CASE("a session whose engine is missing now can still be heard", "[rest]") {
  const focus::test::TempFolder folder;
  std::string path;
  std::string audio;
  {
    RestFixture api(focus::core::session::Storage::folder, folder / "data");
    path = api.start_and_wait();
    audio = api.audio_target(path, 0);
  }
  RestFixture api(focus::core::session::Storage::folder, folder / "data");
  api.engine->edit_info().enabled = false;
  for (const Reply& reply :
       {api.get(path), api.get(audio, ""), api.get(path + "/events"), api.post(path + "/end")}) {
    CHECK(reply.status == 200);
  }
  CHECK(api.get(path, "key_b").status == 404);
}

TEST_CASE("many threads may ask at once", "[rest]") {
  RestFixture api;
  const std::string path = api.start();
  std::vector<std::thread> clients;
  std::atomic<int> right{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&, i] {
      for (int k = 0; k < 50; ++k) {
        focus::core::rest::HttpRequest request;
        request.method = "GET";
        request.target = path;
        request.headers = {{"X-API-Key", i % 2 == 0 ? "key_a" : "key_b"}};
        right += api.rest->handle(request).status == (i % 2 == 0 ? 200 : 404);
      }
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(right == 400);
}

TEST_CASE("segments longer than an engine plays are refused, which names the field") {
  RestFixture api;
  api.engine->edit_info().max_duration_seconds = 20;
  const Reply reply = api.post(RestFixture::kSessions, RestFixture::body_of());
  REQUIRE(reply.status == 422);
  CHECK(reply.field() == "options.segment_seconds");
}

TEST_CASE("URLs begin with what the host says of the request, unless it has said so for all",
          "[rest]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const auto url_at = [&](const std::string& base_url) {
    rest::HttpRequest request;
    request.method = "GET";
    request.target = path;
    request.headers = {{"Host", "music.test"}, {"X-API-Key", "key_a"}};
    request.base_url = base_url;
    const rest::HttpResponse answer = api.rest->handle(request);
    REQUIRE(answer.status == 200);
    return answer.text.substr(answer.text.find("http"), 36);
  };
  CHECK(url_at("") == "http://music.test/v1/audio/sessions/");
  CHECK(url_at("https://a.example/m") == "https://a.example/m/v1/audio/session");
  CHECK(url_at("https://a.example/m/") == "https://a.example/m/v1/audio/session");
  rest::HttpOptions options;
  options.public_base_url = "https://b.example";
  REQUIRE(api.rest->set_options(options).ok());
  CHECK(url_at("https://a.example/m") == "https://b.example/v1/audio/sessions/");
}
