// SPDX-License-Identifier: MIT
// Below a path of another web server, which may take the path away or pass it on.
#include <filesystem>
#include <string>
#include <thread>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "tool/running_server.h"

using focus::test::error_code;
using focus::test::HttpAnswer;
using focus::test::RunningServer;

namespace {

const std::string kUrl = "https://music.example/focus";
const std::string kSessions = "/v1/music/org_local/focus/sessions";

std::string first_url(const RunningServer& server, const std::string& session) {
  for (int i = 0; i < 400; ++i) {
    rapidjson::Document document;
    document.Parse(server.ask("GET", session).body.c_str());
    REQUIRE_FALSE(document.HasParseError());
    if (!document["segments"].Empty()) {
      return document["segments"][0]["playback_url"].GetString();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  FAIL("no segment was made");
  return {};
}

}  // namespace

TEST_CASE("a server below a path answers there and at the root") {
  RunningServer server({"--public-url", kUrl + "/"});
  for (const std::string path : {"", "/focus"}) {
    CHECK(server.ask("GET", path + "/healthz").status == 200);
    CHECK(server.ask("GET", path + "/v1/music/org_local/engines?a=b").status == 200);
    CHECK(server.ask("POST", path + kSessions, "{}").status == 422);
  }
  CHECK(server.ask("GET", "/focus/focus/healthz").status == 404);
  CHECK(server.ask("GET", "/focusing/healthz").status == 404);
  CHECK(server.ask("GET", "/other/healthz").status == 404);
}

TEST_CASE("playback URLs have the path, and work with and without it") {
  RunningServer server({"--public-url", kUrl});
  const HttpAnswer started =
      server.ask("POST", "/focus" + kSessions,
                 R"({"goal":"focus","target_minutes":1,"options":{"segment_seconds":20}})");
  REQUIRE(started.status == 202);
  rapidjson::Document document;
  document.Parse(started.body.c_str());
  const std::string session = kSessions + "/" + document["session_id"].GetString();
  const std::string url = first_url(server, session);
  REQUIRE(url.rfind(kUrl + "/v1/audio/", 0) == 0);
  const std::string target = url.substr(url.find("/focus/"));
  CHECK(server.ask("GET", target).status == 200);
  CHECK(server.ask("GET", target.substr(6)).status == 200);
  CHECK(server.ask("GET", target + "0").status == 403);
}

TEST_CASE("the page is below the path too, and its path without a slash leads there") {
  RunningServer server({"--public-url", kUrl});
  const HttpAnswer moved = server.ask("GET", "/focus?a=b");
  CHECK(moved.status == 308);
  CHECK(moved.header("location") == "/focus/?a=b");
  CHECK(moved.header("content-length") == "0");
  CHECK(server.ask("HEAD", "/focus").status == 308);
  CHECK(server.ask("POST", "/focus", "{}").status == 404);
  if (!std::filesystem::exists(FOCUS_PAGE "/index.html")) return;
  const HttpAnswer page = server.ask("GET", "/");
  CHECK(page.status == 200);
  CHECK(server.ask("GET", "/focus/").body == page.body);
  CHECK(server.ask("GET", "/focus/main.js").body == server.ask("GET", "/main.js").body);
}

TEST_CASE("a server that is not below a path knows none") {
  RunningServer server({"--public-url", "https://music.example"});
  CHECK(server.ask("GET", "/focus").status == 404);
  CHECK(server.ask("GET", "/focus/healthz").status == 404);
  CHECK(server.ask("GET", "//healthz").status == 404);
}
