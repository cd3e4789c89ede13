// SPDX-License-Identifier: MIT
#include "engines/host/host_sink.h"

#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

TEST_CASE("interleaved, planar and mono frames come to the same place, one after the other") {
  engines::HostSink sink(6, 8000);
  const float both[] = {1, -1, 2, -2};
  const float left[] = {3, 4};
  const float right[] = {-3, -4};
  const float* planes[] = {left, right};
  const float mono[] = {5};
  const float* plane[] = {mono};
  REQUIRE(sink.write_interleaved(both, 2, 2).ok());
  REQUIRE(sink.write_planar(planes, 2, 2).ok());
  REQUIRE(sink.write_interleaved(mono, 1, 1).ok());
  CHECK_FALSE(sink.is_full());
  REQUIRE(sink.write_planar(plane, 1, 1).ok());
  CHECK(sink.is_full());
  const auto samples = [&](int c) {
    return std::vector<float>(sink.audio().samples(c).begin(), sink.audio().samples(c).end());
  };
  CHECK(samples(0) == std::vector<float>{1, 2, 3, 4, 5, 5});
  CHECK(samples(1) == std::vector<float>{-1, -2, -3, -4, 5, 5});
}

TEST_CASE("what is written beyond the brief's frames is dropped, whatever it is") {
  engines::HostSink sink(3, 8000);
  const float samples[] = {1, 2, 3, std::numeric_limits<float>::quiet_NaN()};
  REQUIRE(sink.write_interleaved(samples, 4, 1).ok());
  REQUIRE(sink.write_interleaved(samples, 4, 1).ok());
  CHECK(sink.written() == 3);
  CHECK(sink.is_full());
}

TEST_CASE(
    "a sample that is no number is refused, which says where, and nothing is taken after it") {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    engines::HostSink sink(8, 8000);
    const float good[] = {1, 2, 3, 4};
    const float samples[] = {1, 2, bad, 4};
    REQUIRE(sink.write_interleaved(good, 2, 2).ok());
    const absl::Status refused = sink.write_interleaved(samples, 2, 2);
    CHECK(has_fault(refused, Fault::argument));
    CHECK(std::string(refused.message()).find("frame 3 of the segment") != std::string::npos);
    CHECK(sink.refused() == refused);
    CHECK(sink.written() == 2);
    CHECK(sink.write_interleaved(good, 2, 2) == refused);
    CHECK_FALSE(sink.is_full());
  }
}

TEST_CASE("a stopped sink answers that it is, and takes nothing") {
  engines::HostSink sink(4, 8000);
  const float samples[] = {1, 2};
  CHECK(sink.check().ok());
  sink.stop();
  CHECK(is_cancelled(sink.check()));
  CHECK(is_cancelled(sink.report_progress(0.5)));
  CHECK(is_cancelled(sink.write_interleaved(samples, 2, 1)));
  CHECK(is_cancelled(sink.write_interleaved(nullptr, 0, 1)));
  CHECK(sink.written() == 0);
}

TEST_CASE("progress is what was written or told, and never goes back") {
  engines::HostSink sink(4, 8000);
  const float samples[] = {1, 2, 3, 4};
  CHECK(sink.progress() == 0.0);
  REQUIRE(sink.write_interleaved(samples, 2, 1).ok());
  CHECK(sink.progress() == 0.5);
  REQUIRE(sink.report_progress(0.75).ok());
  REQUIRE(sink.report_progress(0.25).ok());
  CHECK(sink.progress() == 0.75);
  REQUIRE(sink.write_interleaved(samples, 2, 1).ok());
  CHECK(sink.progress() == 1.0);
  CHECK(field_of(sink.report_progress(-0.1)) == "fraction");
}

TEST_CASE("an explanation is one line, the last one counts") {
  engines::HostSink sink(4, 8000);
  sink.explain("first");
  sink.explain("no GPU\nhere");
  CHECK(sink.explanation() == "no GPU here");
}
