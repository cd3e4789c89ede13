// SPDX-License-Identifier: MIT
// A storage of S3 that goes away and comes back, run by tests/cluster/with_storage.py, which kills
// and starts it when it is asked to.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <sstream>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/objects/real_storage.h"
#include "store/objects/s3_object_shelf.h"
#include "store/objects/upload_outbox.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::core::store;
using namespace focus::test;

namespace {

/// What can be done to the storage. Each call returns when it was done.
class StorageControl {
 public:
  StorageControl() {
    std::istringstream(environment("FOCUS_TEST_STORAGE_CONTROL")) >> orders_ >> answers_;
  }
  void order(const std::string& order) const {
    const std::string line = order + "\n";
    REQUIRE(::write(orders_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
    for (char c = 0; c != '\n';) REQUIRE(::read(answers_, &c, 1) == 1);
  }

 private:
  int orders_ = -1;
  int answers_ = -1;
};

/// A node that notices soon that the storage is away.
S3Options quick_options() {
  S3Options options = storage_options();
  options.transport.connect_seconds = 1;
  options.transport.stall_seconds = 2;
  options.retry = {2, 0.05, 0.1};
  return options;
}

std::unique_ptr<S3ObjectShelf> open_node(const std::string& cache) {
  return S3ObjectShelf::open(quick_options(), {cache, 10'000'000}, Clock::system(),
                             Entropy::system())
      .value();
}

}  // namespace

TEST_CASE("a file waits while the storage is away, and is there for all when it is back",
          "[.storage]") {
  const StorageControl control;
  const TempFolder folder;
  const auto node = open_node(folder / "cache1");
  const auto other = open_node(folder / "cache2");
  Pause pause;
  const auto outbox = UploadOutbox::open({folder / "outbox", 10'000'000, {0, 0.1, 0.5}, 1.0}, *node,
                                         Entropy::system(), pause)
                          .value();
  const std::string name = "test/" + make_id("o", Entropy::system()) + ".flac";
  const std::string content(1'000'000, 'x');
  std::ofstream(outbox->path_of(name), std::ios::binary) << content;
  std::atomic<int> extended{0};

  control.order("kill");
  auto sending = std::async(std::launch::async, [&] {
    const auto extend_claim = [&] {
      ++extended;
      return absl::OkStatus();
    };
    return outbox->send(name, audio::AudioFormat::flac16, extend_claim, {});
  });
  REQUIRE(eventually([&] { return extended >= 3; }));
  CHECK(outbox->figures().bytes == 1'000'000);
  CHECK(has_fault(
      other->open(name, audio::AudioFormat::flac16, 1'000'000, digest_of(content)).status(),
      Fault::unavailable));
  control.order("restart");
  REQUIRE(sending.get().ok());
  CHECK(outbox->figures().files == 0);
  const auto read = other->open(name, audio::AudioFormat::flac16, 1'000'000, digest_of(content));
  REQUIRE(read.ok());
  CHECK(content_of(**read) == content);

  // What a node has read already is there without the storage.
  control.order("kill");
  CHECK(other->open(name, audio::AudioFormat::flac16, 1'000'000, digest_of(content)).ok());
  CHECK(node->open(name, audio::AudioFormat::flac16, 1'000'000, digest_of(content)).ok());
  control.order("restart");
  CHECK(node->remove(name).ok());
}

TEST_CASE("a storage that hangs is unavailable, and serves on afterwards", "[.storage]") {
  const StorageControl control;
  const TempFolder folder;
  const auto node = open_node(folder / "cache");
  control.order("hold");
  const absl::Status held = node->size_of("test/any").status();
  control.order("go_on");
  CHECK(has_fault(held, Fault::unavailable));
  CHECK(eventually([&] { return is_not_found(node->size_of("test/any").status()); }));
}
