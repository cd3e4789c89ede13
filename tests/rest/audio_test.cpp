// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "rest/audio_response.h"
#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;
using focus::core::rest::read_range;

TEST_CASE("ranges are read as RFC 9110 has them", "[audio]") {
  const auto range = [](std::string_view header) {
    const auto read = rest::read_range(header, 100);
    return read ? std::pair(read->offset, read->length)
                : std::pair<std::int64_t, std::int64_t>(-1, -1);
  };
  using Range = std::pair<std::int64_t, std::int64_t>;
  CHECK(range("bytes=0-0") == Range(0, 1));
  CHECK(range("bytes=10-19") == Range(10, 10));
  CHECK(range("bytes=90-") == Range(90, 10));
  CHECK(range("bytes=90-1000") == Range(90, 10));
  CHECK(range("bytes=-30") == Range(70, 30));
  CHECK(range("bytes=-1000") == Range(0, 100));
  CHECK(range("Bytes= 5-6") == Range(5, 2));
  CHECK(range("bytes=0-99999999999999999999") == Range(0, 100));
  CHECK(range("bytes=0-4,5-9") == Range(0, 10));
  CHECK(range("bytes=20-29, 0-4 ,4-21") == Range(-1, -1));  // each has to touch what is before it
  CHECK(range("bytes=20-29, 15-25, 29-30") == Range(15, 16));
  CHECK(range("bytes=100-, 7-8, -0") == Range(7, 2));
  CHECK(range("bytes=, 7-8,") == Range(7, 2));
  CHECK(range("bytes=100-, -0") == Range(100, 0));
  CHECK(range("bytes=100-") == Range(100, 0));
  CHECK(range("bytes=-0") == Range(100, 0));
  for (const char* header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4",
                             "bytes=1-2,4-5", "bytes=1", "bytes=,", "bytes=1-2,x", "bytes=100-,x",
                             "items=0-1", "bytes=--1", "bytes=1 - 2", "bytes=0x1-2"}) {
    INFO(header);
    CHECK(range(header) == Range(-1, -1));
  }
}

TEST_CASE("a playback URL gives the segment, whole or in ranges", "[audio]") {
  RestFixture api;
  const std::string target = api.audio_target(api.start_and_wait(), 0);
  const Reply whole = api.get(target, "");
  REQUIRE(whole.status == 200);
  CHECK(whole.header("Content-Type") == "audio/flac");
  CHECK(whole.header("Accept-Ranges") == "bytes");
  CHECK(whole.header("Content-Length") == std::to_string(whole.body.size()));
  CHECK(whole.body.substr(0, 4) == "fLaC");
  std::string joined;
  for (std::size_t at = 0; at < whole.body.size(); at += 10'000) {
    const std::string range = "bytes=" + std::to_string(at) + "-" + std::to_string(at + 9'999);
    const Reply part = api.ask("GET", target, "", "", {{"Range", range}});
    REQUIRE(part.status == 206);
    const std::size_t last = std::min(at + 9'999, whole.body.size() - 1);
    CHECK(part.header("Content-Range") == "bytes " + std::to_string(at) + "-" +
                                              std::to_string(last) + "/" +
                                              std::to_string(whole.body.size()));
    joined += part.body;
  }
  CHECK(joined == whole.body);
  const Reply beyond = api.ask("GET", target, "", "", {{"Range", "bytes=99999999-"}});
  CHECK(beyond.status == 416);
  CHECK(beyond.header("Content-Range") == "bytes */" + std::to_string(whole.body.size()));
  CHECK(api.ask("GET", target, "", "", {{"Range", "bytes=0-1,5-6"}}).status == 200);
  const Reply head = api.ask("HEAD", target, "");
  CHECK(head.status == 200);
  CHECK(head.headers == whole.headers);
  CHECK(head.body.empty());
  for (const char* range : {"bytes=0-9", "bytes=99999999-"}) {
    const Reply whole_head = api.ask("HEAD", target, "", "", {{"Range", range}});
    CHECK(whole_head.status == 200);
    CHECK(whole_head.headers == whole.headers);
  }
}

TEST_CASE("audio that has rotted is not served: a segment is made again, a track is told of",
          "[audio]") {
  const auto rot = [](const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
    file.write("rot", 3);
  };
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string target = api.audio_target(path, 0);
  const std::string whole = api.get(target, "").body;
  const Reply promoted = api.post(path + "/segments/1/promote");
  const std::string track = promoted.json()["id"].GetString();
  const std::string track_target =
      RestFixture::target_of(promoted.json()["playback_url"].GetString());
  REQUIRE(api.get(track_target, "").status == 200);
  store::Store& store = api.service->store();
  rot(store.segments().list(path.substr(path.rfind('/') + 1))->front().path);
  CHECK(api.get(target, "").status == 404);
  REQUIRE(eventually([&] { return api.get(target, "").status == 200; }));
  CHECK(api.get(target, "").body == whole);
  const std::string file = store.tracks().find(track)->path;
  rot(file);
  const Reply refused = api.get(track_target, "");
  CHECK(refused.status == 500);
  CHECK(refused.body.find(file) == std::string::npos);
  CHECK(api.log().find("checksum") != std::string::npos);
}

TEST_CASE("conditions on the ETag are kept", "[audio]") {
  RestFixture api;
  const std::string target = api.audio_target(api.start_and_wait(), 1);
  const std::string tag = api.get(target, "").header("ETag");
  REQUIRE(tag.size() > 2);
  const auto ask = [&](const Headers& headers) {
    return api.ask("GET", target, "", "", headers).status;
  };
  CHECK(ask({{"If-None-Match", tag}}) == 304);
  CHECK(ask({{"If-None-Match", "\"x\", W/" + tag}}) == 304);
  CHECK(ask({{"If-None-Match", "*"}}) == 304);
  CHECK(ask({{"If-None-Match", "\"x\""}}) == 200);
  CHECK(ask({{"If-Match", tag}}) == 200);
  CHECK(ask({{"If-Match", "\"x\""}}) == 412);
  CHECK(ask({{"If-Match", "W/" + tag}}) == 412);
  CHECK(ask({{"Range", "bytes=0-9"}, {"If-Range", tag}}) == 206);
  CHECK(ask({{"Range", "bytes=0-9"}, {"If-Range", "\"x\""}}) == 200);
  CHECK(ask({{"Range", "bytes=0-9"}, {"If-Range", "W/" + tag}}) == 200);
}

TEST_CASE("a URL opens one segment, for its time, as it was given", "[audio]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string target = api.audio_target(path, 0);
  const std::string query = target.substr(target.find('?'));
  const std::string other = api.audio_target(path, 1);
  const auto refused = [&](const std::string& altered) {
    const Reply reply = api.get(altered, "");
    INFO(altered);
    CHECK(reply.status == 403);
    CHECK(reply.code() == "INSUFFICIENT_PERMISSIONS");
  };
  refused(other.substr(0, other.find('?')) + query);
  refused(target.substr(0, target.find('?')));
  refused(target + "0");
  std::string later = target;
  later.replace(later.find("expires=") + 8, 1, "9");
  refused(later);
  std::string another_key = target;
  another_key[another_key.find("key_id=") + 10] ^= 1;
  refused(another_key);
  refused("/v1/audio/sessions/mfocus_000000000000/0" + query);
  api.clock.advance(299.0);
  CHECK(api.get(target, "").status == 200);
  api.clock.advance(1.0);
  refused(target);
  CHECK(api.get(api.audio_target(path, 0), "").status == 200);
}

TEST_CASE("two keys are valid at once, and the one before them no more", "[audio]") {
  RestFixture api;
  focus::core::rest::HttpOptions options;
  options.url_life_seconds = 604'800;
  REQUIRE(api.rest->set_options(options).ok());
  const std::string path = api.start_and_wait();
  const std::string first = api.audio_target(path, 0);
  REQUIRE(api.rest->rotate_url_key().ok());
  const std::string second = api.audio_target(path, 0);
  CHECK(first != second);
  CHECK(api.get(first, "").status == 200);
  CHECK(api.get(second, "").status == 200);
  REQUIRE(api.rest->rotate_url_key().ok());
  CHECK(api.get(first, "").status == 403);
  CHECK(api.get(second, "").status == 200);
  options.url_life_seconds = 600;  // a key is kept for as long as its URLs live
  REQUIRE(api.rest->set_options(options).ok());
  api.clock.advance(86'400.0);  // the key's own age
  const std::string third = api.audio_target(path, 0);
  CHECK(api.get(second, "").status == 403);
  CHECK(api.get(third, "").status == 200);
}

TEST_CASE("a URL that lives longer than keys sign works to its end", "[audio]") {
  RestFixture api;
  focus::core::rest::HttpOptions options;
  options.url_life_seconds = 600;
  options.url_key_life_seconds = 60;
  REQUIRE(api.rest->set_options(options).ok());
  const std::string path = api.start_and_wait();
  const std::string target = api.audio_target(path, 0);
  for (int minute = 0; minute < 9; ++minute) {
    api.clock.advance(60);
    REQUIRE(api.get(path).status == 200);  // signs with whichever key is due
  }
  CHECK(api.get(target, "").status == 200);
  api.clock.advance(60);
  CHECK(api.get(target, "").status == 403);
}

TEST_CASE("nothing in a path leads to a file", "[audio]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string target = api.audio_target(path, 0);
  const std::string query = target.substr(target.find('?'));
  for (const char* trick : {"/v1/audio/sessions/../../etc/passwd", "/v1/audio/sessions/%2e%2e/0",
                            "/v1/audio/tracks/..%2f..%2fetc%2fpasswd", "/v1/audio//0",
                            "/v1/audio/sessions/mfocus_000000000000/0/../0"}) {
    const int status = api.get(trick + query, "").status;
    CHECK((status == 403 || status == 404));
  }
}

TEST_CASE("a memory store has audio to fetch too", "[audio]") {
  RestFixture api(focus::core::session::Storage::memory);
  const std::string path = api.start();
  REQUIRE(eventually([&] { return api.get(path).json()["ready_count"].GetInt() == 3; }));
  const Reply whole = api.get(api.audio_target(path, 0), "");
  CHECK(whole.status == 200);
  CHECK(whole.body.substr(0, 4) == "fLaC");
}

TEST_CASE("a priced engine works three segments ahead of what was fetched", "[audio]") {
  RestFixture api;
  REQUIRE(api.service->set_engine_price("tone", 1000).ok());
  const Reply started = api.post(
      RestFixture::kSessions,
      R"({"goal":"focus","target_minutes":3,"engine":"tone","options":{"segment_seconds":20}})");
  const std::string path =
      std::string(RestFixture::kSessions) + "/" + started.json()["session_id"].GetString();
  const auto ready = [&] { return api.get(path).json()["ready_count"].GetInt(); };
  REQUIRE(eventually([&] { return ready() == 4; }));
  CHECK(api.ask("HEAD", api.audio_target(path, 2), "").status == 200);
  CHECK(api.get(path).json()["more_pending"].GetBool() == true);
  CHECK(api.get(path).json()["next_ready_at"].IsNull());
  CHECK(api.get(api.audio_target(path, 1), "").status == 200);
  REQUIRE(eventually([&] { return ready() == 5; }));
  CHECK(api.get(api.audio_target(path, 0), "").status == 200);
  CHECK(ready() == 5);
}
