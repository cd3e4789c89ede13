// SPDX-License-Identifier: MIT
// Pages of other origins that ask from a browser.
#include <string>

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr char kApp[] = "https://app.example.com";

void allow(RestFixture& api, const std::vector<std::string>& origins) {
  rest::HttpOptions options;
  options.allowed_origins = origins;
  REQUIRE(api.rest->set_options(options).ok());
}

Reply preflight(RestFixture& api, const std::string& origin, const Headers& more = {}) {
  Headers headers = {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}};
  headers.insert(headers.end(), more.begin(), more.end());
  return api.ask("OPTIONS", RestFixture::kSessions, "", "", headers);
}

bool names(const std::string& list, const std::string& word) {
  return (", " + list + ",").find(", " + word + ",") != std::string::npos;
}

}  // namespace

TEST_CASE("nothing is said to other origins unless the host allows them", "[cross_origin]") {
  RestFixture api;
  CHECK(preflight(api, kApp).status == 401);
  const Reply reply = api.ask("GET", "/v1/music/org_a/engines", "key_a", "", {{"Origin", kApp}});
  CHECK(reply.header("Access-Control-Allow-Origin").empty());
  CHECK(reply.header("Vary").empty());
}

TEST_CASE("a browser's question is answered without a key", "[cross_origin]") {
  RestFixture api;
  allow(api, {kApp, "http://localhost:5173"});
  for (const std::string origin : {kApp, "http://localhost:5173"}) {
    const Reply reply = preflight(api, origin);
    CHECK(reply.status == 204);
    CHECK(reply.body.empty());
    CHECK(reply.header("Access-Control-Allow-Origin") == origin);
    CHECK(reply.header("Vary") == "Origin");
    CHECK(reply.header("Content-Length").empty());
    for (const char* header : {"X-API-Key", "Content-Type", "Range", "Last-Event-ID",
                               "Idempotency-Key", "traceparent"}) {
      CHECK(names(reply.header("Access-Control-Allow-Headers"), header));
    }
    for (const char* method : {"GET", "HEAD", "POST", "DELETE"}) {
      CHECK(names(reply.header("Access-Control-Allow-Methods"), method));
    }
    CHECK(reply.header("Access-Control-Allow-Private-Network").empty());
  }
  const Reply local = preflight(api, kApp, {{"Access-Control-Request-Private-Network", "true"}});
  CHECK(local.header("Access-Control-Allow-Private-Network") == "true");
  for (const char* other : {"https://evil.example", "https://app.example.com.evil.example",
                            "http://app.example.com", "null", ""}) {
    const Reply reply = preflight(api, other);
    CHECK(reply.status == 401);
    CHECK(reply.header("Access-Control-Allow-Origin").empty());
    CHECK(reply.header("Vary") == "Origin");
  }
}

TEST_CASE("answers, errors and audio can be read by the page that asked", "[cross_origin]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string audio = api.audio_target(path, 0);
  allow(api, {kApp});
  const auto readable_by = [&](const std::string& target, const std::string& key,
                               const std::string& origin) {
    const Reply reply = api.ask("GET", target, key, "", {{"Origin", origin}});
    CHECK(reply.header("Vary") == "Origin");
    const std::string shown = reply.header("Access-Control-Expose-Headers");
    if (!shown.empty()) CHECK((names(shown, "Retry-After") && names(shown, "Content-Range")));
    return reply.header("Access-Control-Allow-Origin");
  };
  for (const auto& [target, key] : {std::pair<std::string, std::string>{path, "key_a"},
                                    {path, ""},
                                    {path, "key_b"},
                                    {path + "/events", "key_a"},
                                    {audio, ""},
                                    {audio + "x", ""},
                                    {"/nothing", ""}}) {
    CAPTURE(target, key);
    CHECK(readable_by(target, key, kApp) == kApp);
    CHECK(readable_by(target, key, "https://evil.example").empty());
  }
}

TEST_CASE("where any origin is allowed the answer names the one that asked", "[cross_origin]") {
  RestFixture api;
  allow(api, {"*"});
  CHECK(preflight(api, "https://one.example").header("Access-Control-Allow-Origin") ==
        "https://one.example");
  // OPTIONS that is no preflight is a method like any other.
  CHECK(api.ask("OPTIONS", RestFixture::kSessions, "key_a").status == 405);
}

TEST_CASE("what is no origin is refused", "[cross_origin]") {
  RestFixture api;
  for (const char* odd : {"app.example.com", "https://app.example.com/", "https://", "null",
                          "https://App.example.com", "https://a b", "ftp://a.example"}) {
    rest::HttpOptions options;
    options.allowed_origins = {odd};
    const absl::Status status = api.rest->set_options(options);
    CAPTURE(odd);
    CHECK(std::string(status.message()).rfind("allowed_origins: ", 0) == 0);
  }
}
