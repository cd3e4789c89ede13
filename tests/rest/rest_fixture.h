// SPDX-License-Identifier: MIT
// A service with a cheap engine, spoken to as a client of the contract does.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "rest/rest.h"
#include "session/service.h"
#include "store/audio_bytes.h"
#include "support/tone_engine.h"
#include "support/wait.h"

namespace focus::test {

/// An answer, its body read.
struct Reply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::unique_ptr<core::rest::BodyStream> stream;

  std::string header(std::string_view name) const {
    for (const auto& [given, value] : headers) {
      if (given == name) return value;
    }
    return "";
  }
  rapidjson::Document json() const {
    rapidjson::Document document;
    document.Parse(body.c_str());
    REQUIRE_FALSE(document.HasParseError());
    return document;
  }
  std::string text(const char* pointer_to_error) const {
    const rapidjson::Document document = json();
    return document["error"][pointer_to_error].GetString();
  }
  std::string code() const { return text("code"); }
  std::string field() const {
    const rapidjson::Document document = json();
    const auto& details = document["error"]["details"];
    return details.HasMember("field") ? details["field"].GetString() : "";
  }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

class RestFixture {
  std::mutex log_mutex_;  // before the service, which logs until it is closed
  std::string log_;

 public:
  explicit RestFixture(core::session::Storage storage = core::session::Storage::temporary,
                       const std::string& folder = "") {
    core::session::ServiceOptions options;
    options.storage = storage;
    options.data_folder = folder;
    options.worker_count = 2;
    options.clock = &clock;
    options.log = core::Log([this](core::LogLevel, const std::string& line) {
      const std::lock_guard guard(log_mutex_);
      log_ += line + "\n";
    });
    auto opened = core::session::Service::open(options);
    REQUIRE(opened.ok());
    service = *opened;
    REQUIRE(service->engines().add(engine).ok());
    rest = std::make_unique<core::rest::Rest>(service);
    add_key("key_a", "alice", {"org_a"}, {"USE_MUSIC_GENERATION"});
    add_key("key_b", "bob", {"org_a", "org_b"}, {"USE_MUSIC_GENERATION"});
    add_key("key_listener", "carol", {"org_a"}, {});
  }

  void add_key(const std::string& key, const std::string& name,
               const std::vector<std::string>& organizations,
               const std::vector<std::string>& capabilities, int requests_per_minute = -1) {
    core::rest::Caller caller;
    caller.hash = core::rest::hash_of_key(key);
    caller.name = name;
    caller.organizations = {organizations.begin(), organizations.end()};
    caller.capabilities = {capabilities.begin(), capabilities.end()};
    caller.requests_per_minute = requests_per_minute;
    REQUIRE(rest->access().add(caller).ok());
  }

  Reply ask(const std::string& method, const std::string& target, const std::string& key = "key_a",
            const std::string& body = "", const Headers& more = {}) {
    core::rest::HttpRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers.emplace_back("Host", "music.test");
    if (!key.empty()) request.headers.emplace_back("X-API-Key", key);
    for (const auto& [name, value] : more) request.headers.emplace_back(name, value);
    core::rest::HttpResponse answer = rest->handle(request);
    Reply reply{answer.status, std::move(answer.headers), std::move(answer.text),
                std::move(answer.stream)};
    if (answer.audio) {
      reply.body.resize(static_cast<std::size_t>(answer.length));
      const auto read = answer.audio->read(answer.offset, reply.body.data(), answer.length);
      REQUIRE(read.ok());
      REQUIRE(*read == answer.length);
    }
    return reply;
  }

  Reply get(const std::string& target, const std::string& key = "key_a") {
    return ask("GET", target, key);
  }
  Reply post(const std::string& target, const std::string& body = "",
             const std::string& key = "key_a") {
    return ask("POST", target, key, body);
  }

  /// A minute in three segments, by the cheap engine. Returns its path.
  std::string start(const std::string& more = "", const std::string& key = "key_a") {
    const Reply reply = post(kSessions, body_of(more), key);
    INFO(reply.body);
    REQUIRE(reply.status == 202);
    return std::string(kSessions) + "/" + reply.json()["session_id"].GetString();
  }
  static std::string body_of(const std::string& more = "") {
    return R"({"goal":"focus","target_minutes":1,"engine":"tone",)"
           R"("options":{"segment_seconds":20,"seed":1,"sample_rate":8000)" +
           more + "}}";
  }
  std::string start_and_wait(const std::string& more = "") {
    const std::string path = start(more);
    REQUIRE(eventually([&] { return get(path).json()["status"] == "ended"; }));
    return path;
  }
  /// Path and query of a playback URL.
  static std::string target_of(const std::string& url) {
    constexpr std::string_view kBase = "http://music.test";
    REQUIRE(url.substr(0, kBase.size()) == kBase);
    return url.substr(kBase.size());
  }
  std::string audio_target(const std::string& path, unsigned segment) {
    return target_of(get(path).json()["segments"][segment]["playback_url"].GetString());
  }

  /// All that the service has logged so far.
  std::string log() {
    const std::lock_guard guard(log_mutex_);
    return log_;
  }

  static constexpr const char* kSessions = "/v1/music/org_a/focus/sessions";

  core::ManualClock clock;
  std::shared_ptr<ToneEngine> engine = std::make_shared<ToneEngine>();
  std::shared_ptr<core::session::Service> service;
  std::unique_ptr<core::rest::Rest> rest;
};

}  // namespace focus::test
