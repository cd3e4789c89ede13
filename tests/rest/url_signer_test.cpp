// SPDX-License-Identifier: MIT
#include "rest/url_signer.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/memory_url_key_shelf.h"

using namespace focus::core;

namespace {

constexpr int kLife = 600;
constexpr int kKeyLife = 3600;

/// Counts how often the keys are loaded, and how many are added.
class CountingShelf final : public store::UrlKeyShelf {
 public:
  absl::StatusOr<std::vector<store::UrlKey>> list() override {
    ++lists;
    return keys_.list();
  }
  absl::Status add(const store::UrlKey& key, const std::string& newest) override {
    absl::Status added = keys_.add(key, newest);
    adds += added.ok();
    return added;
  }

  int lists = 0;
  int adds = 0;

 private:
  store::MemoryUrlKeyShelf keys_;
};

std::string signed_by(rest::UrlSigner& signer) {
  const auto pen = signer.pen(kLife, kKeyLife);
  REQUIRE(pen.ok());
  return "/v1/audio/x" + pen->query_for("/v1/audio/x");
}

bool believes(rest::UrlSigner& signer, const std::string& url) {
  const auto target = rest::parse_target(url);
  REQUIRE(target);
  return signer.check(*target).ok();
}

}  // namespace

TEST_CASE("what one service signs another one believes, also after a rotation") {
  CountingShelf shelf;
  ManualClock clock;
  rest::UrlSigner one(shelf, clock, Entropy::system());
  rest::UrlSigner other(shelf, clock, Entropy::system());
  const std::string first = signed_by(one);
  CHECK(believes(other, first));
  CHECK(shelf.adds == 1);
  clock.advance(10);
  REQUIRE(one.rotate().ok());
  const std::string second = signed_by(one);
  CHECK(believes(other, second));
  CHECK(believes(other, first));
  clock.advance(10);
  REQUIRE(other.rotate().ok());
  CHECK(shelf.adds == 3);
  CHECK(believes(one, signed_by(other)));
  CHECK_FALSE(believes(other, first));
}

TEST_CASE("a key nobody knows is looked for once a second at most") {
  CountingShelf shelf;
  ManualClock clock;
  rest::UrlSigner signer(shelf, clock, Entropy::system());
  std::string url = signed_by(signer);
  url[url.find("key_id=") + 10] ^= 1;
  clock.advance(5);
  const int before = shelf.lists;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(believes(signer, url));
  CHECK(shelf.lists == before + 1);
  clock.advance(0.9);
  CHECK_FALSE(believes(signer, url));
  CHECK(shelf.lists == before + 1);
  clock.advance(0.2);
  CHECK_FALSE(believes(signer, url));
  CHECK(shelf.lists == before + 2);
}

TEST_CASE("a key that another service has replaced in time is not replaced again") {
  CountingShelf shelf;
  ManualClock clock;
  rest::UrlSigner one(shelf, clock, Entropy::system());
  rest::UrlSigner other(shelf, clock, Entropy::system());
  signed_by(one);
  signed_by(other);
  CHECK(shelf.adds == 1);
  clock.advance(kKeyLife);
  signed_by(one);
  CHECK(shelf.adds == 2);
  signed_by(other);
  CHECK(shelf.adds == 2);
  REQUIRE(other.rotate().ok());  // asked for: a new one, whatever the others have done
  CHECK(shelf.adds == 3);
}
