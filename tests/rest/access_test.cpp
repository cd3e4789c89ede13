// SPDX-License-Identifier: MIT
#include "rest/access.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

rest::Caller caller_with(const std::string& key) {
  rest::Caller caller;
  caller.hash = rest::hash_of_key(key);
  caller.organizations = {"org_a"};
  return caller;
}

rest::HttpRequest request_with(std::string_view name, std::string_view value) {
  rest::HttpRequest request;
  request.headers.emplace_back(name, value);
  return request;
}

}  // namespace

TEST_CASE("a key's hash is plain BLAKE2b-256, as other programs know it", "[access]") {
  // python3 -c 'import hashlib; print(hashlib.blake2b(b"abc", digest_size=32).hexdigest())'
  CHECK(rest::to_hex(rest::hash_of_key("abc")) ==
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  CHECK(*rest::key_hash_from_hex(rest::to_hex(rest::hash_of_key("abc"))) ==
        rest::hash_of_key("abc"));
  CHECK(field_of(rest::key_hash_from_hex("12").status()) == "hash");
}

TEST_CASE("drawn keys are 256 bits, and no two alike", "[access]") {
  const std::string one = rest::draw_key(Entropy::system());
  CHECK(one.size() == 68);
  CHECK(one.starts_with("fsk_"));
  CHECK(one != rest::draw_key(Entropy::system()));
}

TEST_CASE("a caller is known by either header", "[access]") {
  rest::Access access;
  REQUIRE(access.add(caller_with("k1")).ok());
  CHECK(access.caller_of(request_with("X-API-Key", "k1")));
  CHECK(access.caller_of(request_with("x-api-key", " k1 ")));
  CHECK(access.caller_of(request_with("Authorization", "Bearer k1")));
  CHECK(access.caller_of(request_with("authorization", "bearer  k1")));
  for (const auto& [name, value] :
       {std::pair("X-API-Key", "k2"), std::pair("X-API-Key", ""), std::pair("Authorization", "k1"),
        std::pair("Authorization", "Basic k1"), std::pair("Authorization", "Bearer"),
        std::pair("Authorization", "Bearer "), std::pair("Authorization", "Bearerk1"),
        std::pair("X-Key", "k1")}) {
    INFO(name << ": " << value);
    CHECK_FALSE(access.caller_of(request_with(name, value)));
  }
  CHECK_FALSE(access.caller_of(rest::HttpRequest()));
  rest::HttpRequest both = request_with("X-API-Key", "");
  both.headers.emplace_back("Authorization", "Bearer k1");
  CHECK(access.caller_of(both));
}

TEST_CASE("a key can be changed and removed", "[access]") {
  rest::Access access;
  rest::Caller caller = caller_with("k1");
  REQUIRE(access.add(caller).ok());
  caller.capabilities = {"USE_MUSIC_GENERATION"};
  REQUIRE(access.add(caller).ok());
  CHECK(access.caller_of(request_with("X-API-Key", "k1"))->may(rest::kGenerateCapability));
  CHECK(access.remove(caller.hash).ok());
  CHECK_FALSE(access.caller_of(request_with("X-API-Key", "k1")));
  CHECK(is_not_found(access.remove(caller.hash)));
}

TEST_CASE("changing a key does not set its count of requests back", "[access]") {
  rest::Access access;
  REQUIRE(access.add(caller_with("k1")).ok());
  CHECK_FALSE(access.caller_of(request_with("X-API-Key", "k1"))->passed->wait_seconds(0.0, 1));
  REQUIRE(access.add(caller_with("k1")).ok());
  CHECK(access.caller_of(request_with("X-API-Key", "k1"))->passed->wait_seconds(0.0, 1));
}

TEST_CASE("what a key may hold is checked, by the name of its field", "[access]") {
  rest::Access access;
  rest::Caller caller = caller_with("k1");
  caller.organizations.clear();
  CHECK(field_of(access.add(caller)) == "organizations");
  caller.organizations = {"org/a"};
  CHECK(field_of(access.add(caller)) == "organizations");
  caller = caller_with("k1");
  caller.name = "a b";
  CHECK(field_of(access.add(caller)) == "caller");
  caller = caller_with("k1");
  caller.capabilities = {""};
  CHECK(field_of(access.add(caller)) == "capabilities");
  caller = caller_with("k1");
  caller.requests_per_minute = 0;
  CHECK(field_of(access.add(caller)) == "requests_per_minute");
}
