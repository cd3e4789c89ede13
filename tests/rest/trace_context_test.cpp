// SPDX-License-Identifier: MIT
#include "rest/trace_context.h"

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string kHeader = "00-" + kTrace + "-00f067aa0ba902b7-01";

bool is_taken(const std::string& header) {
  rest::HttpRequest request;
  request.headers.emplace_back("Traceparent", header);
  return rest::trace_id_of(request) == kTrace;
}

}  // namespace

TEST_CASE("a trace id is taken from a valid traceparent alone", "[trace]") {
  CHECK(is_taken(kHeader));
  CHECK(is_taken(" " + kHeader + " "));
  CHECK(is_taken("cc-" + kHeader.substr(3)));
  CHECK(is_taken("cc-" + kHeader.substr(3) + "-what-comes-later"));
  CHECK_FALSE(is_taken(""));
  CHECK_FALSE(is_taken("ff-" + kHeader.substr(3)));
  CHECK_FALSE(is_taken("0g-" + kHeader.substr(3)));
  CHECK_FALSE(is_taken(kHeader + "-more"));
  CHECK_FALSE(is_taken(kHeader + "0"));
  CHECK_FALSE(is_taken("cc-" + kHeader.substr(3) + ".more"));
  CHECK_FALSE(is_taken(kHeader.substr(0, 54)));
  CHECK_FALSE(is_taken("00-" + kTrace + "-0000000000000000-01"));
  CHECK_FALSE(is_taken("00-" + kTrace + "-00f067aa0ba902b7_01"));
  CHECK_FALSE(is_taken("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"));
  rest::HttpRequest zeros;
  const std::string none = "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01";
  zeros.headers.emplace_back("traceparent", none);
  CHECK_FALSE(rest::trace_id_of(zeros));
}

TEST_CASE("a refusal has the trace id of its request", "[trace]") {
  RestFixture api;
  const auto trace_id = [&](const std::string& header) {
    return api.ask("GET", "/v1/nothing", "key_a", "", {{"traceparent", header}}).text("trace_id");
  };
  CHECK(trace_id(kHeader) == kTrace);
  CHECK(trace_id("00-1-2-3").substr(0, 4) == "req_");
}
