// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

struct Page {
  std::vector<std::string> paths;
  std::string next;  // "" at the end
};

Page page(RestFixture& api, const std::string& query = "", const std::string& key = "key_a") {
  const Reply reply = api.get(RestFixture::kSessions + query, key);
  INFO(reply.body);
  REQUIRE(reply.status == 200);
  const rapidjson::Document document = reply.json();
  Page found;
  for (const auto& session : document["sessions"].GetArray()) {
    found.paths.push_back(std::string(RestFixture::kSessions) + "/" +
                          session["session_id"].GetString());
  }
  const auto& next = document["next_before"];
  found.next = next.IsNull() ? "" : next.GetString();
  return found;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a caller's sessions are listed in pages, newest first", "[sessions]") {
  RestFixture api;
  CHECK(page(api).paths.empty());
  CHECK(page(api).next.empty());
  Paths all;
  for (int k = 0; k < 5; ++k) {
    all.insert(all.begin(), api.start());
    api.clock.advance(1);
  }
  api.start("", "key_b");
  CHECK(page(api).paths == all);
  const Page first = page(api, "?limit=2");
  CHECK(first.paths == Paths{all[0], all[1]});
  // The cursor also leads on where the session that it names is gone.
  CHECK(api.ask("DELETE", all[1]).status == 204);
  const Page second = page(api, "?limit=2&before=" + first.next);
  CHECK(second.paths == Paths{all[2], all[3]});
  const Page last = page(api, "?limit=2&before=" + second.next);
  CHECK(last.paths == Paths{all[4]});
  CHECK(last.next.empty());
  CHECK(page(api, "?before=" + all[3].substr(all[3].rfind('/') + 1)).paths == Paths{all[4]});
  CHECK(page(api, "", "key_listener").paths.empty());
}

TEST_CASE("a page that ends with the last session has no next", "[sessions]") {
  RestFixture api;
  api.start();
  api.start();
  CHECK(page(api, "?limit=2").next.empty());
  CHECK_FALSE(page(api, "?limit=1").next.empty());
}

TEST_CASE("the query of a list is checked", "[sessions]") {
  RestFixture api;
  for (const char* limit : {"0", "101", "-1", "x", "", "1.5"}) {
    const Reply refused = api.get(std::string(RestFixture::kSessions) + "?limit=" + limit);
    CHECK(refused.status == 422);
    CHECK(refused.field() == "limit");
  }
  for (const char* before :
       {"", "x", "mtrack_000000000000", "mfocus_00000000000g", "mfocus_000000000000.",
        "mfocus_000000000000.-1", "mfocus_000000000000.1x",
        "mfocus_000000000000.99999999999999999999"}) {
    const Reply refused = api.get(std::string(RestFixture::kSessions) + "?before=" + before);
    CHECK(refused.status == 422);
    CHECK(refused.field() == "before");
  }
  CHECK(api.get(std::string(RestFixture::kSessions) + "?include=all").field() == "include");
}

TEST_CASE("a listed session is what asking for it gives", "[sessions]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  for (const char* query : {"", "?include=analysis"}) {
    const Reply one = api.get(path + query);
    const Reply list = api.get(std::string(RestFixture::kSessions) + query);
    CHECK(list.body == R"({"sessions":[)" + one.body + R"(],"next_before":null})");
  }
}

TEST_CASE("looking at sessions opens none", "[sessions]") {
  const TempFolder folder;
  std::string complete;
  std::string waiting;
  {
    RestFixture api(session::Storage::folder, folder / "data");
    complete = api.start_and_wait();
    waiting = api.start(R"(,"look_ahead":0)");
    REQUIRE(eventually([&] { return api.get(waiting).json()["ready_count"].GetInt() > 0; }));
    REQUIRE(api.ask("DELETE", api.start()).status == 204);
  }
  RestFixture api(session::Storage::folder, folder / "data");
  const Reply list = api.get(RestFixture::kSessions);
  CHECK(api.service->load().open_sessions == 0);
  const rapidjson::Document document = list.json();
  REQUIRE(document["sessions"].Size() == 2);
  const auto& of_waiting = document["sessions"][0];
  CHECK(of_waiting["status"] == "active");
  CHECK(of_waiting["ready_count"].GetInt() == 1);
  CHECK(of_waiting["segments"].Size() == 1);
  CHECK(of_waiting["more_pending"].GetBool());
  CHECK(of_waiting["next_ready_at"].IsNull());
  CHECK(document["sessions"][1]["status"] == "ended");
  CHECK(document["sessions"][1]["ready_count"].GetInt() == 3);
  const std::string url = of_waiting["segments"][0]["playback_url"].GetString();
  CHECK(api.get(RestFixture::target_of(url), "").status == 200);
}

TEST_CASE("a session is deleted once, and then there is none", "[sessions]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string audio = api.audio_target(path, 0);
  REQUIRE(api.post(path + "/segments/1/promote").status == 201);
  CHECK(api.ask("DELETE", path, "key_b").status == 404);
  CHECK(api.ask("DELETE", path, "key_listener").status == 403);
  CHECK(api.ask("DELETE", path, "").status == 401);
  REQUIRE(api.get(path).status == 200);
  const Reply deleted = api.ask("DELETE", path);
  CHECK(deleted.status == 204);
  CHECK(deleted.body.empty());
  CHECK(deleted.header("Content-Length").empty());
  for (const Reply& gone : {api.ask("DELETE", path), api.get(path), api.get(audio, "")}) {
    CHECK(gone.status == 404);
  }
  CHECK(page(api).paths.empty());
  CHECK(api.get("/v1/music/org_a/tracks").json()["tracks"].Size() == 1);
  CHECK(api.ask("DELETE", std::string(RestFixture::kSessions) + "/x").status == 404);
  CHECK(api.ask("DELETE", RestFixture::kSessions).header("Allow") == "POST, GET, HEAD");
}
