// SPDX-License-Identifier: MIT
#include "delivery/encoded_cache.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

/// Encodes `bytes` bytes and counts how often it had to.
delivery::EncodedCache::Encode encoder(std::atomic<int>& count, std::size_t bytes) {
  return [&count, bytes]() -> absl::StatusOr<std::shared_ptr<const store::AudioBytes>> {
    ++count;
    std::this_thread::yield();
    return store::MemoryAudioBytes::of(std::string(bytes, 'x'), audio::AudioFormat::flac16);
  };
}

}  // namespace

TEST_CASE("what many ask for at once is encoded once") {
  delivery::EncodedCache cache;
  std::atomic<int> count{0};
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      const auto audio = cache.get("a", encoder(count, 1000));
      if (audio.ok() && (*audio)->size() == 1000) ++right;
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(right == 8);
  CHECK(count == 1);
}

TEST_CASE("what was used last is kept up to the bound, the newest whatever its size") {
  delivery::EncodedCache cache(250);
  std::atomic<int> count{0};
  const auto encodes = [&](const std::string& key, std::size_t bytes) {
    const int before = count;
    REQUIRE(cache.get(key, encoder(count, bytes)).ok());
    return count - before;
  };
  CHECK(encodes("a", 100) == 1);
  CHECK(encodes("b", 100) == 1);
  CHECK(encodes("a", 100) == 0);
  CHECK(encodes("c", 100) == 1);  // takes the place of b
  CHECK(encodes("a", 100) == 0);
  CHECK(encodes("b", 100) == 1);
  CHECK(encodes("huge", 1000) == 1);
  CHECK(encodes("huge", 1000) == 0);
  CHECK(encodes("b", 100) == 1);
}

TEST_CASE("an error is not kept") {
  delivery::EncodedCache cache;
  const auto fail = [] {
    return absl::StatusOr<std::shared_ptr<const store::AudioBytes>>(
        fault_error(Fault::bad_data, "spoilt"));
  };
  CHECK(has_fault(cache.get("a", fail).status(), Fault::bad_data));
  std::atomic<int> count{0};
  CHECK(cache.get("a", encoder(count, 10)).ok());
  CHECK(cache.get("a", fail).ok());
  CHECK(count == 1);
}
