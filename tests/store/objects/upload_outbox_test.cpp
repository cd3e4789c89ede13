// SPDX-License-Identifier: MIT
#include "store/objects/upload_outbox.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "base/error.h"
#include "store/objects/folder_object_shelf.h"
#include "store/objects/instant_pause.h"
#include "support/temp_folder.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::core::store;
using namespace focus::test;

namespace {

/// A shelf in a folder that is away for a number of calls.
class AwayShelf final : public ObjectShelf {
 public:
  explicit AwayShelf(const std::string& folder) : shelf_(FolderObjectShelf::open(folder).value()) {}

  std::atomic<int> away{0};  ///< how many calls still fail
  std::atomic<int> puts{0};
  absl::Status refusal = fault_error(Fault::unavailable, "away");

  absl::Status put(const std::string& name, const std::string& path,
                   audio::AudioFormat format) override {
    ++puts;
    return away-- > 0 ? refusal : shelf_->put(name, path, format);
  }
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& name,
                                                         audio::AudioFormat format,
                                                         std::int64_t size,
                                                         const std::string& digest) override {
    return shelf_->open(name, format, size, digest);
  }
  absl::StatusOr<std::int64_t> size_of(const std::string& name) override {
    return shelf_->size_of(name);
  }
  absl::Status copy(const std::string& from, const std::string& to) override {
    return shelf_->copy(from, to);
  }
  absl::Status remove(const std::string& name) override { return shelf_->remove(name); }
  absl::StatusOr<ObjectListing> list(const std::string& prefix, const std::string& after) override {
    return shelf_->list(prefix, after);
  }
  std::optional<std::string> direct_url(const std::string&, std::int64_t, std::int64_t) override {
    return std::nullopt;
  }

 private:
  const std::unique_ptr<FolderObjectShelf> shelf_;
};

struct OutboxScene {
  explicit OutboxScene(std::int64_t bytes = 1000) : options{folder / "outbox", bytes} { open(); }

  void open() { outbox = UploadOutbox::open(options, shelf, Entropy::system(), pause).value(); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(outbox->path_of(name), std::ios::binary) << content;
  }
  absl::Status send(const std::string& name) {
    return outbox->send(name, audio::AudioFormat::flac16, extend_claim, cancel);
  }
  bool is_empty() const { return std::filesystem::is_empty(options.folder); }

  TempFolder folder;
  UploadOutboxOptions options;
  AwayShelf shelf{folder / "shelf"};
  InstantPause pause;
  CancelToken cancel;
  std::atomic<int> extended{0};
  std::function<absl::Status()> extend_claim = [this] {
    ++extended;
    return absl::OkStatus();
  };
  std::unique_ptr<UploadOutbox> outbox;
};

}  // namespace

TEST_CASE("a file goes up at once where the storage is there") {
  OutboxScene scene;
  scene.write("sessions/m1/0.flac", "content");
  REQUIRE(scene.send("sessions/m1/0.flac").ok());
  CHECK(scene.shelf.size_of("sessions/m1/0.flac").value() == 7);
  CHECK(scene.pause.waits().empty());
  CHECK(scene.extended == 0);
  CHECK(scene.is_empty());
}

TEST_CASE("while the storage is away a file waits, and its claim never runs out") {
  OutboxScene scene;
  scene.shelf.away = 12;
  double since_extended = 0;
  double longest = 0;
  scene.extend_claim = [&] {
    ++scene.extended;
    since_extended = 0;
    return absl::OkStatus();
  };
  scene.pause.on_wait = [&] {
    since_extended += scene.pause.waits().back();
    longest = std::max(longest, since_extended);
    CHECK(scene.outbox->figures().files == 1);
    CHECK(scene.outbox->figures().bytes == 7);
  };
  scene.write("a", "content");
  REQUIRE(scene.send("a").ok());
  CHECK(scene.shelf.puts == 13);
  CHECK(scene.pause.total() > 60.0);  // the waits grow
  CHECK(longest <= scene.options.claim_seconds + 1.0);
  CHECK(scene.outbox->figures().files == 0);
  CHECK(scene.outbox->figures().bytes == 0);
  CHECK(scene.shelf.size_of("a").value() == 7);
  CHECK(scene.is_empty());
}

TEST_CASE("a file whose claim is lost goes") {
  OutboxScene scene;
  scene.shelf.away = 1000;
  scene.extend_claim = [&] {
    return ++scene.extended < 5 ? absl::OkStatus() : conflict("epoch", "another node has it");
  };
  scene.write("a", "content");
  CHECK(has_fault(scene.send("a"), Fault::conflict));
  CHECK(scene.outbox->figures().files == 0);
  CHECK(scene.is_empty());
}

TEST_CASE("what the storage refuses for good does not wait") {
  OutboxScene scene;
  scene.shelf.away = 1;
  scene.shelf.refusal = io_error("x", "refused");
  scene.write("a", "content");
  CHECK(has_fault(scene.send("a"), Fault::io));
  CHECK(scene.pause.waits().empty());
  CHECK(scene.is_empty());
}

TEST_CASE("a wait ends when the work is cancelled or the service stops") {
  OutboxScene scene;
  scene.shelf.away = 1000;
  const bool by_token = GENERATE(true, false);
  scene.pause.on_wait = [&] {
    if (scene.pause.waits().size() < 3) return;
    by_token ? scene.cancel.cancel() : scene.pause.stop();
  };
  scene.write("a", "content");
  CHECK(is_cancelled(scene.send("a")));
  CHECK(scene.is_empty());
}

TEST_CASE("what waits has a bound, and beyond it no work is begun") {
  OutboxScene scene(10);
  scene.shelf.away = 1000;
  std::atomic<bool> holds{true};
  scene.pause.on_wait = [&] {
    while (holds) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  CHECK(scene.outbox->check_room().ok());
  scene.write("a", "0123456789");
  auto first = std::async(std::launch::async, [&] { return scene.send("a"); });
  REQUIRE(eventually([&] { return scene.outbox->figures().files == 1; }));
  CHECK(has_fault(scene.outbox->check_room(), Fault::unavailable));
  scene.write("b", "x");
  CHECK(has_fault(scene.send("b"), Fault::unavailable));
  CHECK(scene.outbox->figures().bytes == 10);
  scene.shelf.away = 0;
  holds = false;
  CHECK(first.get().ok());
  CHECK(scene.outbox->check_room().ok());
  CHECK(scene.is_empty());
}

TEST_CASE("what a killed process has left is removed") {
  OutboxScene scene;
  scene.write("a", "content");
  scene.outbox.reset();
  scene.open();
  CHECK(scene.is_empty());
}
