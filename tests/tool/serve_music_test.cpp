// SPDX-License-Identifier: MIT
// Music over HTTP: started, heard, steered, followed, and there again after a restart.
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include "tool/running_server.h"

using focus::test::error_code;
using focus::test::HttpAnswer;
using focus::test::HttpClient;
using focus::test::RunningServer;
using focus::test::TempFolder;

namespace {

const std::string kSessions = "/v1/music/org_local/focus/sessions";
const std::string kShort =
    R"({"goal":"focus","target_minutes":1,"options":{"segment_seconds":20,"seed":7}})";

rapidjson::Document parsed(const HttpAnswer& answer) {
  rapidjson::Document document;
  document.Parse(answer.body.c_str());
  INFO(answer.body);
  REQUIRE_FALSE(document.HasParseError());
  REQUIRE(document.IsObject());
  return document;
}

std::string start(RunningServer& server, const std::string& body) {
  const HttpAnswer answer = server.ask("POST", kSessions, body);
  REQUIRE(answer.status == 202);
  return parsed(answer)["session_id"].GetString();
}

/// The session once it has `count` segments.
rapidjson::Document session_with(RunningServer& server, const std::string& id, int count) {
  for (int i = 0; i < 400; ++i) {
    rapidjson::Document session = parsed(server.ask("GET", kSessions + "/" + id));
    REQUIRE(session.HasMember("ready_count"));
    if (session["ready_count"].GetInt() >= count) return session;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  FAIL("the session has not come to " << count << " segments");
  return {};
}

/// Path and query of the first segment's audio.
std::string audio_target(RunningServer& server, const rapidjson::Document& session) {
  const std::string url = session["segments"][0]["playback_url"].GetString();
  const std::string base = "http://127.0.0.1:" + std::to_string(server.port());
  REQUIRE(url.rfind(base + "/v1/audio/", 0) == 0);
  return url.substr(base.size());
}

}  // namespace

TEST_CASE("audio is sent whole, in parts and not at all") {
  RunningServer server;

  const std::string id = start(server, kShort);
  const std::string target = audio_target(server, session_with(server, id, 1));
  server.use_key("");  // the signature is enough

  HttpAnswer whole = server.ask("GET", target);
  REQUIRE(whole.status == 200);
  CHECK(whole.header("content-type") == "audio/flac");
  CHECK(whole.body.rfind("fLaC", 0) == 0);
  const std::size_t size = whole.body.size();

  HttpAnswer part = server.ask("GET", target, "", "Range: bytes=100-70099\r\n");
  CHECK(part.status == 206);
  CHECK(part.body == whole.body.substr(100, 70000));
  CHECK(part.header("content-range") == "bytes 100-70099/" + std::to_string(size));

  HttpClient client = server.client();
  client.send(server.request("HEAD", target) +
              server.request("GET", target, "", "Range: bytes=-10\r\n"));
  HttpAnswer head = client.answer(true);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == std::to_string(size));
  CHECK(client.answer().body == whole.body.substr(size - 10));

  CHECK(server.ask("GET", target, "", "Range: bytes=99999999-\r\n").status == 416);
  const HttpAnswer known =
      server.ask("GET", target, "", "If-None-Match: " + whole.header("etag") + "\r\n");
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(server.ask("GET", target + "0").status == 403);

  // A client that goes in the middle of it does no harm.
  for (int i = 0; i < 20; ++i) {
    HttpClient leaving = server.client();
    leaving.send(server.request("GET", target));
    CHECK_FALSE(leaving.read_until("fLaC").empty());
  }
  CHECK(server.ask("GET", target).body == whole.body);
}

TEST_CASE("what happens is seen as it happens, until the server stops") {
  RunningServer server;
  const std::string id = start(server, kShort);
  session_with(server, id, 3);
  HttpClient events = server.client();
  events.send(server.request("GET", kSessions + "/" + id + "/events"));
  const std::string head = events.read_until("\r\n\r\n");
  CHECK(head.find("200 OK") != std::string::npos);
  CHECK(head.find("Content-Type: text/event-stream") != std::string::npos);
  CHECK(head.find("Transfer-Encoding: chunked") != std::string::npos);
  CHECK_FALSE(events.read_until("event: session").empty());
  CHECK_FALSE(events.read_until(id).empty());

  CHECK(server.ask("POST", kSessions + "/" + id + "/steer", R"({"target_minutes":2})").status ==
        200);
  CHECK_FALSE(events.read_until("event: steer").empty());
  CHECK_FALSE(events.read_until("event: segment").empty());
  CHECK(server.stop() == 0);
  CHECK_FALSE(events.read_until("\r\n0\r\n\r\n").empty());
  CHECK(events.closed());
}

TEST_CASE("an old client follows a stream without chunks") {
  RunningServer server;
  const std::string id = start(server, kShort);
  HttpClient events = server.client();
  events.send("GET " + kSessions + "/" + id + "/events HTTP/1.0\r\nX-API-Key: " + server.key() +
              "\r\n\r\n");
  const std::string head = events.read_until("\r\n\r\n");
  CHECK(head.find("Transfer-Encoding") == std::string::npos);
  CHECK(head.find("Connection: close") != std::string::npos);
  CHECK_FALSE(events.read_until("event: session").empty());
}

TEST_CASE("streams are limited, so that other requests are answered") {
  RunningServer server({"--requests-per-minute", "-1", "--streams-per-key", "-1",
                        "--streams-per-organization", "-1", "--streams", "256"});
  const std::string events = kSessions + "/" + start(server, kShort) + "/events";
  std::vector<HttpClient> listeners;
  for (int i = 0; i < 256; ++i) {
    listeners.push_back(server.client());
    listeners.back().send(server.request("GET", events));
    REQUIRE(listeners.back().read_until("\r\n\r\n").find("200 OK") != std::string::npos);
  }
  const HttpAnswer busy = server.ask("GET", events);
  CHECK(busy.status == 503);
  CHECK(error_code(busy) == "SERVICE_BUSY");
  CHECK(busy.body.find("\"system_message\":\"streams: ") != std::string::npos);
  CHECK(busy.header("retry-after") == "5");
  CHECK(server.ask("PUT", kSessions).status == 405);
  listeners.clear();  // and when they go, there is room again
  int status = 503;
  for (int i = 0; i < 200 && status == 503; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    HttpClient one = server.client();
    one.send(server.request("GET", events));
    status = one.read_until("\r\n\r\n").find(" 200 ") != std::string::npos ? 200 : 503;
  }
  CHECK(status == 200);
}

TEST_CASE("after a restart a session is there and goes on") {
  const TempFolder folder;
  std::string id;
  std::string key;
  int ready = 0;
  {
    RunningServer server({"--data", folder / "data"});
    key = server.key();
    id = start(server, R"({"goal":"relax","target_minutes":60,"options":{"segment_seconds":20}})");
    ready = session_with(server, id, 1)["ready_count"].GetInt();
    CHECK(server.stop() == 0);
  }
  RunningServer server({"--data", folder / "data"}, RunningServer::Start::again);
  server.use_key(key);
  const rapidjson::Document session = session_with(server, id, ready);
  CHECK(std::string(session["status"].GetString()) == "active");
  const HttpAnswer audio = server.ask("GET", audio_target(server, session));
  CHECK(audio.status == 200);
  CHECK(audio.body.rfind("fLaC", 0) == 0);
  session_with(server, id, session["ready_count"].GetInt() + 1);
}

TEST_CASE("a session stops where it would pass its cap") {
  RunningServer server({"--price", "studio=1000", "--cap-session", "500"});
  const std::string id = start(server, kShort);
  const rapidjson::Document session = session_with(server, id, 1);
  CHECK(session["total_segments"].GetInt() == 3);
  for (int i = 0; i < 400; ++i) {
    const rapidjson::Document now = parsed(server.ask("GET", kSessions + "/" + id));
    if (std::string(now["status"].GetString()) == "stopped_cap") return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  FAIL("the session was not stopped");
}

TEST_CASE("an engine that is not there has no price") {
  const auto refused =
      focus::test::run(std::string(FOCUS_TOOL) + " serve --port 0 --price nobody=5");
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("--price: ") != std::string::npos);
}
