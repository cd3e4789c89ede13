// SPDX-License-Identifier: MIT
#include "plan/request_fields.h"

#include <limits>
#include <set>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

/// A request in which every number may be at the ends of its range.
plan::Request roomy_request() {
  plan::Request request;
  request.target_minutes = 1440;
  request.work_minutes = 25;
  request.break_minutes = 5;
  return request;
}

bool is_number(const plan::RequestField& field) { return !field.range.words.empty(); }

bool is_real(const plan::RequestField& field) {
  plan::Request request;
  return visit_value(field, request, []<typename Value>(Value&) {
    return std::same_as<Value, double> || std::same_as<Value, std::optional<double>>;
  });
}

std::string error_with(const std::string& name, double value) {
  plan::Request request = roomy_request();
  plan::set_number(*plan::request_field_named(name), value, request);
  const absl::Status status = validate(request);
  CHECK(field_of(status) == name);
  return std::string(status.message().data(), status.message().size());
}

}  // namespace

TEST_CASE("every name is that of one field", "[request_fields]") {
  std::set<std::string_view> names;
  for (const plan::RequestField& field : plan::request_fields()) {
    CAPTURE(field.name);
    CHECK(names.insert(field.name).second);
    CHECK(plan::request_field_named(field.name) == &field);
    CHECK_FALSE(field.about.empty());
    if (!field.zero_with.empty()) CHECK(plan::request_field_named(field.zero_with) != nullptr);
  }
  CHECK(plan::request_field_named("stem_db") == nullptr);
  CHECK(plan::request_field_named("") == nullptr);
}

TEST_CASE("a number may be at the ends of its range and not beyond", "[request_fields]") {
  for (const plan::RequestField& field : plan::request_fields()) {
    if (!is_number(field)) continue;
    CAPTURE(field.name);
    const auto status_with = [&](double value) {
      plan::Request request = roomy_request();
      plan::set_number(field, value, request);
      return validate(request);
    };
    const double step = is_real(field) ? 0.001 : 1.0;
    CHECK(status_with(field.range.low).ok());
    CHECK(status_with(field.range.high).ok());
    CHECK(field_of(status_with(field.range.low - step)) == field.name);
    CHECK(field_of(status_with(field.range.high + step)) == field.name);
    if (is_real(field)) {
      CHECK(field_of(status_with(std::numeric_limits<double>::quiet_NaN())) == field.name);
      CHECK(field_of(status_with(std::numeric_limits<double>::infinity())) == field.name);
    }
  }
}

TEST_CASE("0 stands for what was not asked for only where the table says so", "[request_fields]") {
  for (const plan::RequestField& field : plan::request_fields()) {
    if (!is_number(field) || (field.range.low <= 0.0 && field.range.high >= 0.0)) continue;
    CAPTURE(field.name);
    plan::Request request = roomy_request();
    request.work_minutes = request.break_minutes = 0;
    plan::set_number(field, 0.0, request);
    CHECK(validate(request).ok() == field.or_zero);
    if (field.zero_with.empty()) continue;
    plan::set_number(*plan::request_field_named(field.zero_with), 5.0, request);
    CHECK(field_of(validate(request)) == field.name);
  }
}

TEST_CASE("the errors' texts are what they have always been", "[request_fields]") {
  CHECK(error_with("target_minutes", 0) ==
        "target_minutes: must be a whole number from 1 to 1440, not 0");
  CHECK(error_with("target_minutes", 2'000'000'000) ==
        "target_minutes: must be a whole number from 1 to 1440, not 2000000000");
  CHECK(error_with("divergence", 1.5) ==
        "divergence: must be a number from 0.0 (very similar) to 1.0 (highly varied), not 1.5");
  CHECK(error_with("target_lufs", -7.5) ==
        "target_lufs: must be a loudness from -40 to -8 LUFS, not -7.5");
  CHECK(error_with("sample_rate", 7999) == "sample_rate: must be 8000 to 192000 Hz, not 7999");
  CHECK(error_with("segment_seconds", 19.5) ==
        "segment_seconds: must be a length from 20 to 600 seconds, not 19.5");
  CHECK(error_with("look_ahead", -1) == "look_ahead: must be 0 to 100000 segments, not -1");
  CHECK(error_with("modulation_depth", 1.5) ==
        "modulation_depth: must be a number from 0 (off) to 1, not 1.5");
  CHECK(error_with("bass_db", 13) == "bass_db: must be a level from -60 (off) to 12 dB, not 13");
  CHECK(error_with("work_minutes", 4) ==
        "work_minutes: must be 5 to 120, or 0 together with break_minutes, not 4");
  CHECK(error_with("break_minutes", 0) ==
        "break_minutes: must be 1 to 60, or 0 together with work_minutes, not 0");
  CHECK(error_with("ending_seconds", 0.5) ==
        "ending_seconds: must be 1 to 3600 seconds, or 0 for the goal's own, not 0.5");
  CHECK(error_with("fallback_after_seconds", 0.05) ==
        "fallback_after_seconds: must be 0.1 to 86400 seconds, or 0 for as long as the engine may "
        "take, not 0.05");
}
