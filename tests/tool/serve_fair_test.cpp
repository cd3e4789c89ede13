// SPDX-License-Identifier: MIT
// What a greedy client takes is given to the others when they ask for it.
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/temp_folder.h"
#include "tool/running_server.h"

using namespace focus::test;

namespace {

constexpr char kSessions[] = "/v1/music/org_local/focus/sessions";

rapidjson::Document json_of(const HttpAnswer& answer) {
  rapidjson::Document document;
  document.Parse(answer.body.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string reason_of(const HttpAnswer& answer) {
  const rapidjson::Document document = json_of(answer);
  return document["error"]["system_message"].GetString();
}

/// The target of a playback URL of a segment that is far larger than what a socket takes.
std::string large_audio(const RunningServer& server) {
  const HttpAnswer started = server.ask(
      "POST", kSessions,
      R"({"goal":"focus","target_minutes":1,"options":{"format":"wav","segment_seconds":60}})");
  REQUIRE(started.status == 202);
  const std::string path =
      std::string(kSessions) + "/" + json_of(started)["session_id"].GetString();
  for (int i = 0; i < 600; ++i) {
    const rapidjson::Document session = json_of(server.ask("GET", path));
    if (session["ready_count"].GetInt() > 0) {
      const std::string url = session["segments"][0]["playback_url"].GetString();
      return url.substr(url.find("/v1/"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  FAIL("no segment was made");
  return {};
}

std::string chunked(const RunningServer& server, const std::string& key, const std::string& rest) {
  return "POST " + std::string(kSessions) +
         " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n" +
         (key.empty() ? "" : "X-API-Key: " + key + "\r\n") + "Transfer-Encoding: chunked\r\n\r\n" +
         rest;
}

}  // namespace

TEST_CASE("clients that never read give way to one that does") {
  RunningServer server({"--unread-bytes-per-key", "3M"});
  const std::string audio = large_audio(server);
  std::vector<HttpClient> silent;
  for (int i = 0; i < 6; ++i) {  // half a megabyte each
    silent.push_back(server.client());
    silent.back().send(server.request("GET", audio));
  }
  // Those that have only begun are no less worth than a newcomer.
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const HttpAnswer busy = server.ask("GET", audio);
  CHECK(busy.status == 503);
  CHECK(error_code(busy) == "SERVICE_BUSY");
  CHECK(busy.header("retry-after") == "5");
  CHECK(reason_of(busy).rfind("unread_bytes_per_key: ", 0) == 0);
  // After a while they are.
  std::this_thread::sleep_for(std::chrono::milliseconds(2200));
  const HttpAnswer fair = server.ask("GET", audio);
  CHECK(fair.status == 200);
  CHECK(fair.body.size() > 1'000'000);
  CHECK(server.stop() == 0);
}

TEST_CASE("a body is waited for only where the answer depends on it") {
  RunningServer server;
  std::vector<HttpClient> unknown;
  for (int i = 0; i < 300; ++i) {
    unknown.push_back(server.client());
    unknown.back().send(chunked(server, i % 2 == 0 ? "" : "fsk_wrong", "5\r\nab"));
  }
  for (HttpClient& client : unknown) CHECK(client.answer().status == 401);
  HttpClient known = server.client();
  known.send(chunked(server, server.key(), "2\r\n{}\r\n0\r\n\r\n"));
  CHECK(known.answer().status == 422);
}

TEST_CASE("beyond the connections of an address its longest silent one has to go") {
  RunningServer server({"--connections-per-address", "20"});
  std::vector<HttpClient> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(server.client());
  CHECK(server.ask("GET", "/healthz").status == 200);
  CHECK(silent.front().closed());
}

TEST_CASE("an address whose clients are all being answered is told which bound it has reached") {
  RunningServer server({"--connections-per-address", "2"});
  const HttpAnswer started =
      server.ask("POST", kSessions, R"({"goal":"focus","target_minutes":60})");
  const std::string events =
      std::string(kSessions) + "/" + json_of(started)["session_id"].GetString() + "/events";
  std::vector<HttpClient> streams;
  for (int i = 0; i < 2; ++i) {
    streams.push_back(server.client());
    streams.back().send(server.request("GET", events));
    CHECK(streams.back().read_until("event: session").find("200 OK") != std::string::npos);
  }
  const HttpAnswer turned_away = server.client().answer();
  CHECK(turned_away.status == 503);
  CHECK(error_code(turned_away) == "SERVICE_BUSY");
  CHECK(reason_of(turned_away).rfind("connections_per_address: ", 0) == 0);
  CHECK(turned_away.header("retry-after") == "5");
}

TEST_CASE("the bounds of serve reach the library, and an answer names the one that is reached") {
  RunningServer server({"--sessions-per-key", "1", "--streams-per-key", "1"});
  const std::string hour = R"({"goal":"focus","target_minutes":60})";
  const HttpAnswer started = server.ask("POST", kSessions, hour);
  REQUIRE(started.status == 202);
  const HttpAnswer refused = server.ask("POST", kSessions, hour);
  CHECK(refused.status == 429);
  CHECK(error_code(refused) == "RATE_LIMITED");
  CHECK(reason_of(refused).rfind("sessions_per_key: ", 0) == 0);
  CHECK_FALSE(refused.header("retry-after").empty());
}

TEST_CASE("/metrics needs a key unless it is opened") {
  const auto status = [](const RunningServer& server) {
    HttpClient client = server.client();
    client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    return client.answer().status;
  };
  RunningServer closed;
  CHECK(status(closed) == 401);
  CHECK(closed.ask("GET", "/metrics").status == 200);
  const RunningServer open({"--open-metrics"});
  CHECK(status(open) == 200);
}

TEST_CASE("a page of an allowed origin may ask") {
  RunningServer server({"--allow-origin", "https://app.example"});
  HttpClient browser = server.client();
  browser.send("OPTIONS " + std::string(kSessions) +
               " HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example\r\n"
               "Access-Control-Request-Method: POST\r\n\r\n");
  const HttpAnswer answer = browser.answer(true);
  CHECK(answer.status == 204);
  CHECK(answer.header("access-control-allow-origin") == "https://app.example");
  CHECK(answer.header("content-length").empty());
  const HttpAnswer engines =
      server.ask("GET", "/v1/music/org_local/engines", "", "Origin: https://app.example\r\n");
  CHECK(engines.header("access-control-allow-origin") == "https://app.example");
  RunningTool wrong(RunningTool::On::pipes,
                    {"serve", "--port", "0", "--allow-origin", "https://app.example/"});
  CHECK(wrong.exit_code() == 2);
}

TEST_CASE("a key file that others may read is mended when the server starts") {
  const TempFolder folder;
  const std::string file = folder / "keys.json";
  { RunningServer server({"--keys", file}); }
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  { RunningServer server({"--keys", file}, RunningServer::Start::again); }
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}
