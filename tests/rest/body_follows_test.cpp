// SPDX-License-Identifier: MIT
// What is answered before the body of a request has come.
#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

int status_before_body(RestFixture& api, const char* method, const std::string& target,
                       const std::string& key) {
  rest::HttpRequest request;
  request.method = method;
  request.target = target;
  request.body_follows = true;
  if (!key.empty()) request.headers.emplace_back("X-API-Key", key);
  const rest::HttpResponse answer = api.rest->handle(request);
  if (answer.status == 100) {
    CHECK(answer.headers.empty());
    CHECK(answer.text.empty());
    CHECK(answer.caller == "alice");
  }
  return answer.status;
}

}  // namespace

TEST_CASE("nobody has to be waited for whose answer does not depend on the body", "[rest]") {
  RestFixture api;
  const std::string sessions = RestFixture::kSessions;
  CHECK(status_before_body(api, "POST", sessions, "") == 401);
  CHECK(status_before_body(api, "POST", sessions, "wrong") == 401);
  CHECK(status_before_body(api, "POST", sessions, "key_listener") == 403);
  CHECK(status_before_body(api, "POST", "/v1/music/org_b/focus/sessions", "key_a") == 403);
  CHECK(status_before_body(api, "POST", sessions + "s", "key_a") == 404);
  CHECK(status_before_body(api, "PUT", sessions, "key_a") == 405);
  CHECK(status_before_body(api, "POST", sessions, "key_a") == 100);
}

TEST_CASE("a request whose body is still to come starts and counts nothing", "[rest]") {
  RestFixture api;
  api.add_key("key_slow", "alice", {"org_a"}, {"USE_MUSIC_GENERATION"}, 2);
  for (int i = 0; i < 10; ++i) {
    CHECK(status_before_body(api, "POST", RestFixture::kSessions, "key_slow") == 100);
  }
  CHECK(api.service->tally().sessions_started == 0);
  CHECK(api.ask("GET", "/v1/music/org_a/engines", "key_slow").status == 200);
  CHECK(api.ask("GET", "/v1/music/org_a/engines", "key_slow").status == 200);
  CHECK(status_before_body(api, "POST", RestFixture::kSessions, "key_slow") == 429);
}
