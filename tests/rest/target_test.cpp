// SPDX-License-Identifier: MIT
#include "rest/target.h"

#include <catch2/catch.hpp>

using namespace focus::core;
using focus::core::rest::parse_target;
using Parts = std::vector<std::string>;

TEST_CASE("a target is taken apart and decoded", "[target]") {
  const auto target = rest::parse_target("/v1/music/org%5Fa/tracks?limit=5&before=a+b%26&flag");
  REQUIRE(target);
  CHECK(target->path == "/v1/music/org%5Fa/tracks");
  CHECK(target->parts == Parts{"v1", "music", "org_a", "tracks"});
  CHECK(target->parameter("limit") == "5");
  CHECK(target->parameter("before") == "a b&");
  CHECK(target->parameter("flag") == "");
  CHECK_FALSE(target->parameter("missing"));
}

TEST_CASE("an encoded slash stays within its part, and dots mean nothing", "[target]") {
  CHECK(rest::parse_target("/a%2Fb/../%2e%2e")->parts == Parts{"a/b", "..", ".."});
  CHECK(rest::parse_target("//a/")->parts == Parts{"", "a", ""});
}

TEST_CASE("what is no path, or hides something, is no target", "[target]") {
  const std::string with_nul("/a\0b", 4);
  for (const std::string_view text :
       {std::string_view(""), std::string_view("v1"), std::string_view("http://host/v1"),
        std::string_view("*"), std::string_view("/%"), std::string_view("/%4"),
        std::string_view("/%zz"), std::string_view("/%00"), std::string_view("/a%0d%0ab"),
        std::string_view("/?a=%"), std::string_view("/?a=%7f"), std::string_view(with_nul)}) {
    INFO(text);
    CHECK_FALSE(rest::parse_target(text));
  }
}
