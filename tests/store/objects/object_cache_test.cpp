// SPDX-License-Identifier: MIT
#include "store/objects/object_cache.h"

#include <atomic>
#include <fstream>
#include <future>
#include <sys/stat.h>
#include <thread>

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "base/error.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::core::store;
using namespace focus::test;

namespace {

ObjectFacts facts_of(const std::string& name, const std::string& content) {
  return {name, audio::AudioFormat::flac16, static_cast<std::int64_t>(content.size()),
          digest_of(content)};
}

absl::Status write(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
  return absl::OkStatus();
}

/// A cache, and a storage that counts what is asked of it.
struct CacheScene {
  explicit CacheScene(std::int64_t bytes = 1000) : most(bytes) { open(); }

  void open() {
    cache.reset();
    cache = ObjectCache::open({folder / "cache", most}).value();
  }
  absl::StatusOr<std::string> get(const std::string& name, const std::string& content) {
    FOCUS_ASSIGN_OR_RETURN(const auto bytes,
                           cache->get(facts_of(name, content), [&](const std::string& path) {
                             ++asked;
                             return write(path, content);
                           }));
    return content_of(*bytes);
  }
  std::string file(const std::string& encoded) const {
    return folder / ("cache/objects/" + encoded);
  }

  TempFolder folder;
  std::int64_t most;
  std::unique_ptr<ObjectCache> cache;
  std::atomic<int> asked{0};
};

}  // namespace

TEST_CASE("an object is downloaded once, also over a restart") {
  CacheScene scene;
  const std::string content(100, 'a');
  CHECK(scene.get("sessions/m1/007.flac", content).value() == content);
  CHECK(scene.get("sessions/m1/007.flac", content).value() == content);
  scene.open();
  CHECK(scene.get("sessions/m1/007.flac", content).value() == content);
  CHECK(scene.asked == 1);
  CHECK(scene.cache->figures().bytes == 100);
  CHECK(scene.cache->figures().hits == 1);
}

TEST_CASE("all nodes see one identity of an object, and no path that may go") {
  CacheScene scene;
  const auto facts = facts_of("a", "content");
  const auto bytes =
      scene.cache->get(facts, [](const std::string& path) { return write(path, "content"); });
  REQUIRE(bytes.ok());
  CHECK((*bytes)->identity() == facts.digest);
  CHECK((*bytes)->path().empty());
}

TEST_CASE("callers of one object cause one download, and share its error") {
  CacheScene scene;
  const bool fails = GENERATE(false, true);
  std::atomic<int> downloads{0};
  std::promise<void> may_end;
  const auto ends = may_end.get_future().share();
  const auto get = [&] {
    return scene.cache->get(facts_of("a", "content"), [&](const std::string& path) {
      ++downloads;
      ends.wait();
      return fails ? fault_error(Fault::unavailable, "away") : write(path, "content");
    });
  };
  std::vector<std::future<absl::StatusOr<std::shared_ptr<const AudioBytes>>>> callers;
  for (int i = 0; i < 6; ++i) callers.push_back(std::async(std::launch::async, get));
  REQUIRE(eventually([&] { return downloads == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));  // for the others to come
  may_end.set_value();
  int failed = 0;
  for (auto& caller : callers) {
    const auto bytes = caller.get();
    if (bytes.ok()) {
      CHECK(content_of(**bytes) == "content");
    } else {
      CHECK(has_fault(bytes.status(), Fault::unavailable));
      ++failed;
    }
  }
  CHECK(failed == (fails ? 6 : 0));
  if (!fails) CHECK(downloads == 1);
  CHECK(scene.cache->figures().bytes == (fails ? 0 : 7));
}

TEST_CASE("what was not used for longest goes, and the bound holds") {
  CacheScene scene(250);
  const std::string content(100, 'a');
  REQUIRE(scene.get("1", content).ok());
  REQUIRE(scene.get("2", content).ok());
  REQUIRE(scene.get("1", content).ok());
  REQUIRE(scene.get("3", content).ok());
  CHECK(scene.cache->figures().bytes == 200);
  CHECK(scene.asked == 3);
  REQUIRE(scene.get("1", content).ok());
  CHECK(scene.asked == 3);
  REQUIRE(scene.get("2", content).ok());
  CHECK(scene.asked == 4);
}

TEST_CASE("the order of use survives a restart") {
  CacheScene scene(250);
  const std::string content(100, 'a');
  REQUIRE(scene.get("1", content).ok());
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the clock of the file system
  REQUIRE(scene.get("2", content).ok());
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  REQUIRE(scene.get("1", content).ok());
  scene.open();
  REQUIRE(scene.get("3", content).ok());
  REQUIRE(scene.get("1", content).ok());
  CHECK(scene.asked == 3);
}

TEST_CASE(
    "an open object is read to its end when its file goes, and one larger than all is served") {
  CacheScene scene(150);
  const std::string content(100, 'a');
  const auto open = scene.cache->get(facts_of("1", content),
                                     [&](const std::string& path) { return write(path, content); });
  REQUIRE(open.ok());
  const std::string large(400, 'b');
  CHECK(scene.get("2", large).value() == large);
  CHECK(scene.cache->figures().files == 0);
  CHECK(scene.cache->figures().bytes == 0);
  CHECK(content_of(**open) == content);
}

TEST_CASE("a file that was damaged or cut is downloaded again") {
  CacheScene scene;
  const std::string content(100, 'a');
  REQUIRE(scene.get("x/1", content).ok());
  std::ofstream(scene.file("x%2F1"), std::ios::binary) << std::string(GENERATE(100, 40), 'b');
  scene.open();
  CHECK(scene.get("x/1", content).value() == content);
  CHECK(scene.asked == 2);
  std::filesystem::remove(scene.file("x%2F1"));
  CHECK(scene.get("x/1", content).value() == content);
  CHECK(scene.asked == 3);
}

TEST_CASE("a download of other bytes is bad data, and is not kept") {
  CacheScene scene;
  const auto bytes = scene.cache->get(
      facts_of("a", "content"), [](const std::string& path) { return write(path, "another"); });
  CHECK(has_fault(bytes.status(), Fault::bad_data));
  CHECK(scene.cache->figures().files == 0);
  CHECK(scene.cache->figures().bytes == 0);
  CHECK(std::filesystem::is_empty(scene.folder / "cache/objects"));
}

TEST_CASE("a copy that was checked is not taken for an object with other facts") {
  CacheScene scene;
  REQUIRE(scene.get("a", "content").ok());
  const auto other =
      scene.cache->get(facts_of("a", "content of another"),
                       [](const std::string& path) { return write(path, "content"); });
  CHECK(has_fault(other.status(), Fault::bad_data));
  CHECK(scene.get("a", "content").value() == "content");
}

TEST_CASE("a download that throws is an error, and the next one succeeds") {
  CacheScene scene;
  const auto bytes = scene.cache->get(facts_of("a", "content"),
                                      [](const std::string&) -> absl::Status { throw 7; });
  CHECK(has_fault(bytes.status(), Fault::internal));
  CHECK(scene.get("a", "content").ok());
}

TEST_CASE("what a killed download has left goes, and a folder has one cache") {
  CacheScene scene;
  REQUIRE(scene.get("a", "content").ok());
  CHECK(has_fault(ObjectCache::open({scene.folder / "cache", 100}).status(), Fault::io));
  scene.cache.reset();
  std::ofstream(scene.file(".b.partial-12345-1")) << "half";
  scene.open();
  CHECK(scene.cache->figures().files == 1);
}

TEST_CASE("the files of a cache are readable by their owner alone") {
  CacheScene scene;
  REQUIRE(scene.get("a", "content").ok());
  struct stat status {};
  REQUIRE(::stat(scene.file("a").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  REQUIRE(::stat((scene.folder / "cache").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE(
    "a file that was put by this machine need not be downloaded, unless its bytes are wrong") {
  CacheScene scene;
  const std::string path = scene.folder / "made";
  REQUIRE(write(path, "content").ok());
  scene.cache->adopt("a", path);
  scene.cache->adopt("b", path);
  std::filesystem::remove(path);
  CHECK(scene.get("a", "content").value() == "content");
  CHECK(scene.asked == 0);
  CHECK(scene.get("b", "another").value() == "another");
  CHECK(scene.asked == 1);
}

TEST_CASE("many threads on a small cache get the right bytes, within the bound") {
  CacheScene scene(500);
  std::vector<std::future<bool>> callers;
  for (int thread = 0; thread < 6; ++thread) {
    callers.push_back(std::async(std::launch::async, [&, thread] {
      bool all = true;
      for (int i = 0; i < 60; ++i) {
        const int number = (i * (thread + 3)) % 11;
        const std::string content(90, static_cast<char>('a' + number));
        const auto got = scene.get(std::to_string(number), content);
        all = all && got.ok() && *got == content;
      }
      return all;
    }));
  }
  for (auto& caller : callers) CHECK(caller.get());
  CHECK(scene.cache->figures().bytes <= 500);
}
