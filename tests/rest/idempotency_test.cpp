// SPDX-License-Identifier: MIT
#include "rest/idempotency.h"

#include <set>
#include <stdexcept>
#include <thread>

#include <catch2/catch.hpp>

#include "rest/request_json.h"
#include "rest/rest_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

Reply post(RestFixture& api, const std::string& target, const std::string& key,
           const std::string& body, const std::string& caller = "key_a") {
  return api.ask("POST", target, caller, body, {{"Idempotency-Key", key}});
}

Reply start(RestFixture& api, const std::string& key,
            const std::string& body = RestFixture::body_of()) {
  return post(api, RestFixture::kSessions, key, body);
}

std::string id_of(const Reply& reply) { return reply.json()["session_id"].GetString(); }

std::size_t sessions_in(RestFixture& api) { return api.service->store().sessions().ids()->size(); }

/// The body without what is signed, which may be another each time.
std::string without_signatures(const std::string& body) {
  std::string left = body;
  for (std::size_t at = 0; (at = left.find("?expires=", at)) != std::string::npos;) {
    left.erase(at, left.find('"', at) - at);
  }
  return left;
}

}  // namespace

TEST_CASE("a request that is sent again has the first answer", "[idempotency]") {
  RestFixture api;
  const Reply first = start(api, "a");
  REQUIRE(first.status == 202);
  CHECK(first.header("Idempotent-Replayed").empty());
  api.clock.advance(5);
  for (int k = 0; k < 3; ++k) {
    const Reply again = start(api, "a");
    CHECK(again.status == 202);
    CHECK(again.body == first.body);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(again.header("Content-Type") == "application/json");
    CHECK(again.header("Cache-Control") == "no-store");
  }
  CHECK(sessions_in(api) == 1);
  CHECK(id_of(start(api, "b")) != id_of(first));
  // Without a key every request is one of its own.
  CHECK(api.post(RestFixture::kSessions, RestFixture::body_of()).status == 202);
  CHECK(sessions_in(api) == 3);
}

TEST_CASE("a key belongs to one caller in one organization", "[idempotency]") {
  RestFixture api;
  const std::string first = id_of(start(api, "a"));
  const Reply of_bob = post(api, RestFixture::kSessions, "a", RestFixture::body_of(), "key_b");
  CHECK(of_bob.header("Idempotent-Replayed").empty());
  CHECK(id_of(of_bob) != first);
  const Reply elsewhere =
      post(api, "/v1/music/org_b/focus/sessions", "a", RestFixture::body_of(), "key_b");
  CHECK(elsewhere.status == 202);
  CHECK(id_of(elsewhere) != id_of(of_bob));
}

TEST_CASE("a key does not go with another request", "[idempotency]") {
  RestFixture api;
  const std::string path = std::string(RestFixture::kSessions) + "/" + id_of(start(api, "a"));
  for (const Reply& reply : {start(api, "a", RestFixture::body_of(R"(,"look_ahead":1)")),
                             post(api, std::string(RestFixture::kSessions) + "?include=analysis",
                                  "a", RestFixture::body_of()),
                             post(api, path + "/end", "a", "")}) {
    CHECK(reply.status == 422);
    CHECK(reply.field() == "Idempotency-Key");
    CHECK(reply.header("Idempotent-Replayed").empty());
  }
  CHECK(sessions_in(api) == 1);
  CHECK(api.get(path).json()["status"] == "active");
}

TEST_CASE("the URLs in an answer that is given again are signed anew", "[idempotency]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const Reply first = post(api, path + "/end", "a", "");
  api.clock.advance(1000);
  const auto url_in = [](const Reply& reply) {
    return RestFixture::target_of(reply.json()["segments"][0]["playback_url"].GetString());
  };
  CHECK(api.get(url_in(first), "").status == 403);
  const Reply again = post(api, path + "/end", "a", "");
  REQUIRE(again.header("Idempotent-Replayed") == "true");
  CHECK(again.json()["segments"].Size() == 3);
  CHECK(without_signatures(again.body) == without_signatures(first.body));
  CHECK(api.get(url_in(again), "").status == 200);
  const auto kept =
      api.service->store().answers().begin({"org_a", "alice", "a"}, "", 1'750'001'000);
  CHECK(kept->body.find("signature") == std::string::npos);
}

TEST_CASE("no text of a client's is signed when an answer is given again", "[idempotency]") {
  RestFixture api;
  const std::string text = R"(a \"x_url\":\"/v1/audio/tracks/mtrack_000000000000\" b)";
  const std::string body =
      R"({"goal":"custom_prompt","custom_prompt":")" + text + R"(","target_minutes":1})";
  const std::string target = std::string(RestFixture::kSessions) + "?include=analysis";
  const Reply first = post(api, target, "a", body);
  REQUIRE(first.status == 202);
  REQUIRE(first.body.find(text) != std::string::npos);
  const Reply again = post(api, target, "a", body);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.body == first.body);
  CHECK(api.service->delete_session(id_of(first)).ok());
}

TEST_CASE("a refusal is kept where sending again can not change it", "[idempotency]") {
  RestFixture api;
  const Reply refused = start(api, "a", R"({"goal":"focus"})");
  CHECK(refused.status == 422);
  CHECK(refused.field() == "target_minutes");
  const Reply again = start(api, "a", R"({"goal":"focus"})");
  CHECK(again.status == 422);
  CHECK(again.body == refused.body);
  CHECK(again.header("Idempotent-Replayed") == "true");
}

TEST_CASE("a refusal that may pass is not kept", "[idempotency]") {
  RestFixture api;
  rest::HttpOptions options;
  options.bounds.sessions_per_key = 1;
  REQUIRE(api.rest->set_options(options).ok());
  const std::string waiting = api.start(R"(,"look_ahead":0)");
  CHECK(start(api, "a").status == 429);
  CHECK(post(api, waiting + "/segments/2/promote", "b", "").status == 409);
  REQUIRE(api.post(waiting + "/end").status == 200);
  const Reply later = start(api, "a");
  CHECK(later.status == 202);
  CHECK(later.header("Idempotent-Replayed").empty());
  const std::string path = std::string(RestFixture::kSessions) + "/" + id_of(later);
  REQUIRE(eventually([&] { return api.get(path).json()["status"] == "ended"; }));
  const Reply made = post(api, path + "/segments/2/promote", "c", "");
  CHECK(made.status == 201);
  const Reply again = post(api, path + "/segments/2/promote", "c", "");
  CHECK(again.status == 201);  // and not 200, as a new request would have
  CHECK(without_signatures(again.body) == without_signatures(made.body));
}

TEST_CASE("an answer is given again for a day", "[idempotency]") {
  RestFixture api;
  const Reply first = start(api, "a");
  api.clock.advance(86'399);
  CHECK(start(api, "a").header("Idempotent-Replayed") == "true");
  api.clock.advance(1);
  const Reply next = start(api, "a");
  CHECK(next.header("Idempotent-Replayed").empty());
  CHECK(id_of(next) != id_of(first));
}

TEST_CASE("a key is 1 to 255 visible characters, given once", "[idempotency]") {
  RestFixture api;
  CHECK(start(api, std::string(255, '~')).status == 202);
  for (const std::string& key :
       {std::string(), std::string(256, 'a'), std::string("a b"), std::string("a\tb"),
        std::string("schl\xC3\xBCssel"), std::string("a\x7F")}) {
    const Reply refused = start(api, key);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "INVALID_HEADER");
    CHECK(refused.field() == "Idempotency-Key");
  }
  const Reply twice = api.ask("POST", RestFixture::kSessions, "key_a", RestFixture::body_of(),
                              {{"Idempotency-Key", "a"}, {"idempotency-key", "b"}});
  CHECK(twice.status == 400);
  CHECK(sessions_in(api) == 1);
  // Other methods have no use for it.
  CHECK(api.ask("GET", "/healthz", "", "", {{"Idempotency-Key", ""}}).status == 200);
}

TEST_CASE("a hundred who send one request at once make one session", "[idempotency]") {
  RestFixture api;
  std::mutex mutex;
  std::set<std::string> bodies;
  std::set<int> others;
  std::vector<std::thread> threads;
  for (int t = 0; t < 100; ++t) {
    threads.emplace_back([&] {
      while (true) {
        rest::HttpRequest request;
        const std::string body = RestFixture::body_of();
        request.method = "POST";
        request.target = RestFixture::kSessions;
        request.body = body;
        request.headers = {
            {"Host", "music.test"}, {"X-API-Key", "key_a"}, {"Idempotency-Key", "a"}};
        const rest::HttpResponse answer = api.rest->handle(request);
        const std::lock_guard guard(mutex);
        if (answer.status == 202) {
          bodies.insert(answer.text);
          return;
        }
        others.insert(answer.status);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(bodies.size() == 1);
  CHECK((others.empty() || others == std::set<int>{409}));
  CHECK(sessions_in(api) == 1);
}

namespace {

/// A request to start a session, on its way through the layer under test alone.
struct Begun {
  explicit Begun(RestFixture& api) : context(api.service) {
    rest::Caller caller;
    caller.name = "alice";
    call.caller = std::make_shared<const rest::Caller>(caller);
  }

  rest::RestContext context;
  const std::string body = RestFixture::body_of();
  rest::HttpRequest request{"POST", RestFixture::kSessions, {{"Host", "music.test"}}, body, false};
  rest::Target target;
  rest::Call call{request, target, nullptr, {"org_a"}};
};

}  // namespace

TEST_CASE("a request that still runs is told so", "[idempotency]") {
  RestFixture api;
  Begun begun(api);
  rest::HttpResponse within;
  rest::HttpResponse other;
  const auto run = [&](const rest::Call&) {
    within = rest::answer_once(begun.context, begun.call, "a",
                               [](const rest::Call&) { return rest::HttpResponse(); });
    Begun another(api);
    another.request.body = "{}";
    other = rest::answer_once(begun.context, another.call, "a",
                              [](const rest::Call&) { return rest::HttpResponse(); });
    return rest::json_response(200, "{}");
  };
  CHECK(rest::answer_once(begun.context, begun.call, "a", run).status == 200);
  CHECK(within.status == 409);
  CHECK(within.text.find("IDEMPOTENCY_IN_PROGRESS") != std::string::npos);
  CHECK(within.headers.back() == std::pair<std::string, std::string>("Retry-After", "1"));
  CHECK(other.status == 422);
  CHECK(rest::answer_once(begun.context, begun.call, "a", run).headers.back().first ==
        "Idempotent-Replayed");
}

TEST_CASE("a request that was killed before its answer finds the session that it has started",
          "[idempotency]") {
  const TempFolder folder;
  std::string id;
  {
    RestFixture api(session::Storage::folder, folder / "data");
    Begun begun(api);
    const auto start_and_die = [&](const rest::Call& call) -> rest::HttpResponse {
      auto request = rest::read_start(call.request.body);
      const auto use = api.service->start(*std::move(request), call.owner(), call.request_key);
      REQUIRE(use.ok());
      id = (*use)->id();
      throw std::runtime_error("killed");
    };
    CHECK_THROWS(rest::answer_once(begun.context, begun.call, "a", start_and_die));
  }
  RestFixture api(session::Storage::folder, folder / "data");
  const Reply again = start(api, "a");
  CHECK(again.status == 202);
  CHECK(id_of(again) == id);
  CHECK(start(api, "a").body == again.body);
  CHECK(sessions_in(api) == 1);
}

TEST_CASE("an answer is given again after a restart", "[idempotency]") {
  const TempFolder folder;
  std::string body;
  {
    RestFixture api(session::Storage::folder, folder / "data");
    body = start(api, "a").body;
  }
  RestFixture api(session::Storage::folder, folder / "data");
  const Reply again = start(api, "a");
  CHECK(again.body == body);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(sessions_in(api) == 1);
}
