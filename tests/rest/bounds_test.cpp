// SPDX-License-Identifier: MIT
// What one owner may have at a time, so that there is something left for the others.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr char kOfB[] = "/v1/music/org_b/focus/sessions";
/// A session that stays active: nobody hears it, and nothing is made ahead.
constexpr char kWaits[] = R"(,"look_ahead":0)";

class BoundedApi : public RestFixture {
 public:
  explicit BoundedApi(const rest::HttpOptions::Bounds& bounds) {
    add_key("key_a2", "alice", {"org_a"}, {"USE_MUSIC_GENERATION"});
    add_key("key_eve", "eve", {"org_a"}, {"USE_MUSIC_GENERATION"});
    rest::HttpOptions options;
    options.bounds = bounds;
    REQUIRE(rest->set_options(options).ok());
  }
  Reply try_to_start(const std::string& key = "key_a", const char* sessions = kSessions) {
    return ask("POST", sessions, key, body_of(kWaits));
  }
};

void check_refused(const Reply& reply, const std::string& bound) {
  INFO(reply.body);
  REQUIRE(reply.status == 429);
  CHECK(reply.code() == "RATE_LIMITED");
  CHECK(reply.text("type") == std::string("rate_limit_error"));
  CHECK(reply.text("system_message").rfind(bound + ": ", 0) == 0);
  CHECK(std::stoi(reply.header("Retry-After")) > 0);
}

}  // namespace

TEST_CASE("a caller has so many active sessions, with whatever key", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.sessions_per_key = 2;
  BoundedApi api(bounds);
  const std::string first = api.start(kWaits);
  api.start(kWaits, "key_a2");
  check_refused(api.try_to_start(), "sessions_per_key");
  check_refused(api.try_to_start("key_a2"), "sessions_per_key");
  CHECK(api.try_to_start("key_eve").status == 202);
  CHECK(api.try_to_start("key_b", kOfB).status == 202);
  REQUIRE(api.post(first + "/end").status == 200);
  CHECK(api.try_to_start().status == 202);
  check_refused(api.try_to_start(), "sessions_per_key");
}

TEST_CASE("what is refused for another reason takes no session", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.sessions_per_key = 1;
  BoundedApi api(bounds);
  for (int i = 0; i < 5; ++i) CHECK(api.post(RestFixture::kSessions, "{}").status == 422);
  CHECK(api.try_to_start().status == 202);
}

TEST_CASE("an organization has so many active sessions, of all its callers", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.sessions_per_organization = 2;
  BoundedApi api(bounds);
  api.start(kWaits);
  api.start(kWaits, "key_eve");
  check_refused(api.try_to_start("key_b"), "sessions_per_organization");
  CHECK(api.try_to_start("key_b", kOfB).status == 202);
}

TEST_CASE("a complete session is not lengthened past the bound", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.sessions_per_key = 1;
  BoundedApi api(bounds);
  const std::string complete = api.start_and_wait();
  const std::string active = api.start(kWaits);
  check_refused(api.post(complete + "/steer", R"({"target_minutes":1440})"), "sessions_per_key");
  CHECK(api.post(active + "/steer", R"({"target_minutes":60})").status == 200);
  REQUIRE(api.post(active + "/end").status == 200);
  CHECK(api.post(complete + "/steer", R"({"target_minutes":3})").status == 200);
}

TEST_CASE("a read-only key takes its share of the streams, and no more", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.streams_per_key = 3;
  bounds.streams_per_organization = 4;
  BoundedApi api(bounds);
  api.add_key("key_ro", "eve", {"org_a"}, {});
  const std::string of_eve = api.start(kWaits, "key_eve") + "/events";
  const std::string of_alice = api.start(kWaits) + "/events";
  std::vector<Reply> streams;
  for (int i = 0; i < 3; ++i) {
    streams.push_back(api.get(of_eve, "key_ro"));
    REQUIRE(streams.back().status == 200);
  }
  check_refused(api.get(of_eve, "key_ro"), "streams_per_key");
  check_refused(api.get(of_eve, "key_eve"), "streams_per_key");
  streams.push_back(api.get(of_alice));
  CHECK(streams.back().status == 200);
  check_refused(api.get(of_alice), "streams_per_organization");
  const Reply started = api.try_to_start("key_b", kOfB);
  const std::string of_bob =
      std::string(kOfB) + "/" + started.json()["session_id"].GetString() + "/events";
  CHECK(api.get(of_bob, "key_b").status == 200);
  CHECK(api.ask("HEAD", of_eve, "key_ro").status == 429);
  streams.clear();
  CHECK(api.get(of_eve, "key_ro").status == 200);
  CHECK(api.ask("HEAD", of_eve, "key_ro").status == 200);
}

TEST_CASE("what a caller has stored bounds what is made and kept", "[bounds]") {
  BoundedApi api({});
  const std::string path = api.start_and_wait();
  const std::string of_bob = api.start(kWaits, "key_b");
  rest::HttpOptions options;
  options.bounds.stored_bytes_per_key = 1000;
  REQUIRE(api.rest->set_options(options).ok());
  check_refused(api.try_to_start(), "stored_bytes_per_key");
  check_refused(api.post(path + "/segments/0/promote"), "stored_bytes_per_key");
  check_refused(api.post(path + "/steer", R"({"target_minutes":10})"), "stored_bytes_per_key");
  CHECK(api.get(path).status == 200);
  CHECK(api.get(api.audio_target(path, 0), "").status == 200);
  CHECK(api.try_to_start("key_eve").status == 202);

  options.bounds.stored_bytes_per_key = -1;
  options.bounds.stored_bytes_per_organization = 1000;
  REQUIRE(api.rest->set_options(options).ok());
  check_refused(api.try_to_start("key_eve"), "stored_bytes_per_organization");
  CHECK(api.try_to_start("key_b", kOfB).status == 202);
  REQUIRE(api.service->delete_session(path.substr(path.rfind('/') + 1)).ok());
  options.bounds.stored_bytes_per_organization = 400'000'000;
  REQUIRE(api.rest->set_options(options).ok());
  CHECK(api.try_to_start("key_eve").status == 202);
}

TEST_CASE("a session waits at the bound, and goes on when there is room", "[bounds]") {
  rest::HttpOptions::Bounds bounds;
  bounds.stored_bytes_per_key = 1;  // one segment, and no further one
  BoundedApi api(bounds);
  const std::string path = api.start();
  REQUIRE(eventually([&] { return api.get(path).json()["ready_count"].GetInt() > 0; }));
  REQUIRE(eventually([&] { return api.service->load().segments_in_flight == 0; }));
  const rapidjson::Document waiting = api.get(path).json();
  CHECK(waiting["ready_count"].GetInt() < 3);
  CHECK(waiting["status"] == "active");
  CHECK(waiting["next_ready_at"].IsNull());
  CHECK(eventually([&] { return api.service->load().queued_segments == 0; }));
  REQUIRE(api.rest->set_options({}).ok());
  CHECK(eventually([&] { return api.get(path).json()["status"] == "ended"; }));
}

TEST_CASE("the bounds are checked, and the error names the field", "[bounds]") {
  RestFixture api;
  const auto field_of = [&](auto&& change) {
    rest::HttpOptions options;
    change(options.bounds);
    const absl::Status status = api.rest->set_options(options);
    return std::string(status.message()).substr(0, status.message().find(':'));
  };
  CHECK(field_of([](auto& b) { b.sessions_per_key = 0; }) == "sessions_per_key");
  CHECK(field_of([](auto& b) { b.sessions_per_organization = -2; }) == "sessions_per_organization");
  CHECK(field_of([](auto& b) { b.streams_per_key = 1'000'001; }) == "streams_per_key");
  CHECK(field_of([](auto& b) { b.stored_bytes_per_key = 0; }) == "stored_bytes_per_key");
  rest::HttpOptions none;
  none.bounds = {-1, -1, -1, -1, -1, -1};
  CHECK(api.rest->set_options(none).ok());
}
