// SPDX-License-Identifier: MIT
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "rest/rest_fixture.h"
#include "support/temp_folder.h"

using namespace focus::test;

namespace {

/// A client of an event stream.
class Listener {
 public:
  explicit Listener(std::unique_ptr<focus::core::rest::BodyStream> stream)
      : stream_(std::move(stream)) {}

  struct Told {
    std::string id;
    std::string name;
    std::string data;
  };
  /// The next event; an empty one where nothing comes for ten seconds.
  Told next() {
    std::size_t end = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while ((end = text_.find("\n\n")) == std::string::npos) {
      if (std::chrono::steady_clock::now() > deadline) return {};
      read(std::chrono::milliseconds(50));
    }
    const std::string event = text_.substr(0, end);
    text_.erase(0, end + 2);
    return {field(event, "id: "), field(event, "event: "), field(event, "data: ")};
  }
  /// The next event of that name.
  Told next(const std::string& name) {
    Told told = next();
    while (!told.name.empty() && told.name != name) told = next();
    return told;
  }
  void read(std::chrono::milliseconds timeout) {
    char buffer[7];  // small, so that events come in pieces
    const auto count = stream_->read(buffer, sizeof(buffer), timeout);
    REQUIRE(count.ok());
    text_.append(buffer, static_cast<std::size_t>(std::max<std::int64_t>(*count, 0)));
  }
  const std::string& unread() const { return text_; }

 private:
  static std::string field(const std::string& event, const std::string& name) {
    const std::size_t at = event.find(name);
    if (at == std::string::npos) return "";
    return event.substr(at + name.size(), event.find('\n', at) - at - name.size());
  }

  std::unique_ptr<focus::core::rest::BodyStream> stream_;
  std::string text_;
};

Listener listen(RestFixture& api, const std::string& path, const std::string& last_id = "") {
  Headers headers;
  if (!last_id.empty()) headers.emplace_back("Last-Event-ID", last_id);
  Reply reply = api.ask("GET", path + "/events", "key_a", "", headers);
  REQUIRE(reply.status == 200);
  CHECK(reply.header("Content-Type") == "text/event-stream");
  CHECK(reply.header("Content-Length").empty());
  REQUIRE(reply.stream);
  return Listener(std::move(reply.stream));
}

rapidjson::Document json_of(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

}  // namespace

TEST_CASE("a listener is told the session first, then each segment in its order", "[events]") {
  RestFixture api;
  std::atomic<bool> listening{false};
  api.engine->before = [&](const focus::core::plan::Brief&,
                           focus::core::engines::SegmentSink& sink) {
    while (!listening && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  const std::string path = api.start();
  Listener listener = listen(api, path);
  const auto first = listener.next();
  CHECK(first.name == "session");
  CHECK(json_of(first.data)["ready_count"].GetInt() == 0);
  listening = true;
  for (int told = 0; told < 3; ++told) {
    const rapidjson::Document segment = json_of(listener.next("segment").data);
    CHECK(segment["segment_index"].GetInt() == told);
    const std::string url = segment["playback_url"].GetString();
    CHECK(api.get(RestFixture::target_of(url), "").status == 200);
  }
  CHECK(json_of(listener.next("status").data)["status"] == "ended");
}

TEST_CASE("the end and steering are told", "[events]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  Listener listener = listen(api, path);
  REQUIRE(listener.next().name == "session");
  REQUIRE(api.post(path + "/steer", R"({"target_minutes":2})").status == 200);
  const rapidjson::Document steer = json_of(listener.next("steer").data);
  CHECK(steer["target_minutes"].GetInt() == 2);
  CHECK(steer["total_segments"].GetInt() == 6);
  CHECK(steer["segment_index"].IsInt());
  REQUIRE(api.post(path + "/end").status == 200);
  const rapidjson::Document status = json_of(listener.next("status").data);
  CHECK(status["status"] == "ended");
  CHECK(status["more_pending"].GetBool() == false);
}

TEST_CASE("a fallback is told as a notice", "[events]") {
  RestFixture api;
  std::atomic<bool> listening{false};
  api.engine->before = [&](const focus::core::plan::Brief&,
                           focus::core::engines::SegmentSink& sink) {
    while (!listening && !sink.cancelled()) std::this_thread::yield();
    return focus::core::internal_error("no strings left");
  };
  Listener listener = listen(api, api.start(R"(,"look_ahead":0)"));
  REQUIRE(listener.next().name == "session");
  listening = true;
  const rapidjson::Document notice = json_of(listener.next("notice").data);
  CHECK(notice["kind"] == "fallback");
  CHECK(notice["engine"] == "studio");
  CHECK(notice["segment_index"].GetInt() == 0);
  CHECK(std::string(notice["message"].GetString()).find("no strings left") != std::string::npos);
}

TEST_CASE("a notice about a file of the server does not tell its path", "[events]") {
  const TempFolder folder;
  RestFixture api(focus::core::session::Storage::folder, folder / "data");
  std::atomic<bool> listening{false};
  api.engine->before = [&](const focus::core::plan::Brief& brief,
                           focus::core::engines::SegmentSink& sink) {
    while (!listening && !sink.cancelled()) std::this_thread::yield();
    if (brief.index == 1) std::filesystem::remove_all(folder / "data/sessions");
    return focus::core::file_error(folder / "model.bin", "cannot be read", EIO);
  };
  Listener listener = listen(api, api.start());
  REQUIRE(listener.next().name == "session");
  listening = true;
  bool is_over = false;
  while (!is_over) {
    const std::string data = listener.next("notice").data;
    INFO(data);
    REQUIRE_FALSE(data.empty());
    CHECK(data.find(folder.path().string()) == std::string::npos);
    CHECK(data.find("a file of the service could not be used (") != std::string::npos);
    is_over = json_of(data)["kind"] == "failed";
  }
}

TEST_CASE("a client goes on after the last event it has seen", "[events]") {
  RestFixture api;
  const std::string path = api.start(R"(,"look_ahead":0)");
  std::string seen;
  {
    Listener listener = listen(api, path);
    seen = listener.next("session").id;
  }
  REQUIRE(api.post(path + "/steer", R"({"target_minutes":3})").status == 200);
  Listener again = listen(api, path, seen);
  CHECK(again.next("steer").name == "steer");
  for (const char* unknown : {"7", "0-1-2", "x"}) {
    CHECK(listen(api, path, unknown).next().name == "session");
  }
}

TEST_CASE("who goes on is told each segment once", "[events]") {
  RestFixture api;
  std::atomic<bool> listening{false};
  api.engine->before = [&](const focus::core::plan::Brief&,
                           focus::core::engines::SegmentSink& sink) {
    while (!listening && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  const std::string path = api.start();
  const std::string seen = listen(api, path).next("session").id;
  listening = true;
  REQUIRE(eventually([&] { return api.get(path).json()["status"] == "ended"; }));
  Listener again = listen(api, path, seen);
  for (int k = 0; k < 3; ++k) {
    const auto told = again.next();
    CHECK(told.name == "segment");
    CHECK(json_of(told.data)["segment_index"].GetInt() == k);
  }
  CHECK(again.next().name == "status");
}

TEST_CASE("a silent stream is kept alive", "[events]") {
  RestFixture api;
  Listener listener = listen(api, api.start_and_wait());
  REQUIRE(listener.next().name == "session");
  api.clock.advance(14.0);
  listener.read(std::chrono::milliseconds(0));
  CHECK(listener.unread().empty());
  api.clock.advance(1.0);
  for (int i = 0; i < 4; ++i) listener.read(std::chrono::milliseconds(0));
  CHECK(listener.unread() == ": keep-alive\n\n");
}

TEST_CASE("a stream outlives the service that opened it", "[events]") {
  auto api = std::make_unique<RestFixture>();
  Listener listener = listen(*api, api->start_and_wait());
  api->rest.reset();
  CHECK(listener.next().name == "session");
}
