// SPDX-License-Identifier: MIT
#include "rest/webhooks.h"

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::chrono::milliseconds kAtOnce(0);
const std::string kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const std::string kUrl = "https://app.test/hook";

struct Told {
  RestFixture fixture;
  rest::Webhooks& hooks = fixture.rest->webhooks();

  Told() { REQUIRE(hooks.set_endpoints({{kUrl, kSecret}}).ok()); }

  /// The next request of this type; the others before it are received.
  rest::WebhookRequest next(const std::string& type) {
    for (int tries = 0; tries < 600; ++tries) {
      auto request = hooks.next(std::chrono::milliseconds(100)).value();
      if (request && name_of(request->message.happening.kind) == type) return *request;
      if (request) REQUIRE(hooks.settle(*request, 200, 0).ok());
    }
    FAIL("no " << type);
    return {};
  }
  bool has_none() { return !hooks.next(kAtOnce).value(); }
};

}  // namespace

TEST_CASE("a webhook is signed as the specification has it") {
  // The example of the specification's reference libraries.
  const auto secret = rest::WebhookSecret::read(kSecret);
  REQUIRE(secret.ok());
  CHECK(secret->sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("two secrets both sign") {
  const std::string other = rest::WebhookSecret::generate(Entropy::system());
  const std::string both = rest::WebhookSecret::read(kSecret + " " + other)->sign("msg_1", 1, "{}");
  CHECK(both == rest::WebhookSecret::read(kSecret)->sign("msg_1", 1, "{}") + " " +
                    rest::WebhookSecret::read(other)->sign("msg_1", 1, "{}"));
}

TEST_CASE("what is no secret is refused without being repeated") {
  const std::string long_one = "whsec_" + std::string(88, 'A');
  for (const std::string& text :
       {std::string(), std::string("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        std::string("whsec_MfKQ9r8G"), std::string("whsec_not base64 at all, is it, now that"),
        long_one, kSecret + " " + kSecret + " " + kSecret}) {
    CAPTURE(text);
    const auto secret = rest::WebhookSecret::read(text);
    REQUIRE_FALSE(secret.ok());
    CHECK(field_of(secret.status()) == "secret");
    if (text.size() > 8) {
      CHECK(secret.status().message().find(text) == absl::string_view::npos);
    }
  }
  CHECK(rest::WebhookSecret::read(rest::WebhookSecret::generate(Entropy::system())).ok());
}

TEST_CASE("endpoints are checked, all of them or none") {
  RestFixture fixture;
  rest::Webhooks& hooks = fixture.rest->webhooks();
  const auto field = [&](const std::vector<rest::WebhookEndpoint>& endpoints) {
    return field_of(hooks.set_endpoints(endpoints));
  };
  CHECK(field({{"ftp://app.test", kSecret}}) == "url");
  CHECK(field({{"https://", kSecret}}) == "url");
  CHECK(field({{"https://app.test/a b", kSecret}}) == "url");
  CHECK(field({{kUrl, "open sesame"}}) == "secret");
  CHECK(field({{kUrl, kSecret}, {kUrl, kSecret}}) == "url");
  CHECK(field(std::vector<rest::WebhookEndpoint>(17)) == "endpoint_count");
  fixture.start();
  CHECK_FALSE(hooks.next(kAtOnce).value());
}

TEST_CASE("a session tells how it goes") {
  Told told;
  const std::string path = told.fixture.start();
  const std::string id = path.substr(path.rfind('/') + 1);
  const auto started = told.next("session.started");
  CHECK(started.message.address == kUrl);
  CHECK(started.id.substr(0, 4) == "msg_");
  CHECK(started.body == R"({"type":"session.started","timestamp":"2025-06-15T15:06:40Z",)"
                        R"("data":{"organization":"org_a","session_id":")" +
                            id + R"("}})");
  CHECK(started.signature ==
        rest::WebhookSecret::read(kSecret)->sign(started.id, started.timestamp, started.body));
  REQUIRE(told.hooks.settle(started, 204, 0).ok());
  const auto ready = told.next("segment.ready");
  CHECK(ready.body.find(R"("segment_index":)") != std::string::npos);
  CHECK(ready.body.find(R"("engine":"tone")") != std::string::npos);
  REQUIRE(told.hooks.settle(ready, 200, 0).ok());
  const auto complete = told.next("session.complete");
  REQUIRE(told.hooks.settle(complete, 200, 0).ok());
  CHECK(told.has_none());
}

TEST_CASE("a webhook is sent again, the same but for its time, until it is received") {
  Told told;
  told.fixture.start();
  const auto first = told.next("session.started");
  REQUIRE(told.hooks.settle(first, 500, 0).ok());
  REQUIRE(told.next("session.complete").message.attempts == 1);
  told.fixture.clock.advance(4);
  CHECK(told.has_none());
  told.fixture.clock.advance(2);
  const auto second = told.next("session.started");
  CHECK(second.id == first.id);
  CHECK(second.body == first.body);
  CHECK(second.timestamp == first.timestamp + 6);
  CHECK(second.signature != first.signature);
  CHECK(second.message.attempts == 2);
  REQUIRE(told.hooks.settle(second, 429, 1000).ok());  // asks for more than the schedule's 300
  told.fixture.clock.advance(999);
  CHECK(told.next("session.complete").message.attempts == 2);  // nobody had settled it
  CHECK(told.has_none());
  told.fixture.clock.advance(1);
  CHECK(told.next("session.started").message.attempts == 3);
}

TEST_CASE("after ten attempts in three days a webhook is given up, and the log tells") {
  Told told;
  told.fixture.start();
  auto request = told.next("session.started");
  auto complete = told.next("session.complete");
  REQUIRE(told.hooks.settle(complete, 200, 0).ok());
  std::int64_t seconds = 0;
  for (int attempt = 1; attempt < 10; ++attempt) {
    REQUIRE(request.message.attempts == attempt);
    const auto delay = rest::Webhooks::retry_delay(attempt, request.id);
    REQUIRE(delay);
    REQUIRE(told.hooks.settle(request, 0, 0).ok());
    told.fixture.clock.advance(static_cast<double>(*delay));
    seconds += *delay;
    request = told.next("session.started");
  }
  CHECK(seconds > 3 * kSecondsPerDay);
  CHECK(seconds < 4 * kSecondsPerDay);
  REQUIRE(told.hooks.settle(request, 503, 0).ok());
  told.fixture.clock.advance(7 * kSecondsPerDay);
  CHECK(told.has_none());
  CHECK(*told.hooks.waiting() == 0);
  CHECK(told.hooks.given_up() == 1);
  CHECK(told.fixture.log().find("is given up after 10 attempts: the answer was 503") !=
        std::string::npos);
}

TEST_CASE("delays are scattered by the id, a tenth at most") {
  std::set<std::int64_t> delays;
  for (int message = 0; message < 100; ++message) {
    const auto delay = rest::Webhooks::retry_delay(4, "msg_" + std::to_string(message));
    REQUIRE(delay);
    CHECK(*delay >= 7200);
    CHECK(*delay <= 7920);
    delays.insert(*delay);
  }
  CHECK(delays.size() > 30);
  CHECK_FALSE(rest::Webhooks::retry_delay(10, "msg_1"));
}

TEST_CASE("a receiver that is gone is told nothing more, the others are") {
  Told told;
  const std::string other = "https://other.test/hook?token=hush";
  REQUIRE(told.hooks.set_endpoints({{kUrl, kSecret}, {other, kSecret}}).ok());
  told.fixture.start();
  auto request = told.next("session.started");
  const std::string gone = request.message.address;
  REQUIRE(told.hooks.settle(request, 410, 0).ok());
  const auto left = told.next("session.complete");
  CHECK(left.message.address != gone);
  CHECK(told.fixture.log().find("the answer was 410") != std::string::npos);
  CHECK(told.fixture.log().find("hush") == std::string::npos);
}

TEST_CASE("/metrics counts what waits") {
  Told told;
  told.fixture.add_key("key_ops", "ops", {"org_ops"}, {"READ_METRICS"});
  told.fixture.start();
  told.next("session.complete");
  const std::string metrics = told.fixture.get("/metrics", "key_ops").body;
  CHECK(metrics.find("focus_webhooks_waiting 1\n") != std::string::npos);
  CHECK(metrics.find("focus_webhooks_given_up_total 0\n") != std::string::npos);
}
