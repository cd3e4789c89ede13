// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("an error carries the field it is about, the innermost one") {
  absl::Status status = invalid_field("target_minutes", "must be 1 to 1440");
  CHECK(status.code() == absl::StatusCode::kInvalidArgument);
  CHECK(status.message() == "target_minutes: must be 1 to 1440");
  CHECK(field_of(with_field(status, "request")) == "target_minutes");
  CHECK(field_of(absl::InternalError("no field")).empty());
  CHECK(with_field(absl::OkStatus(), "anything").ok());
}

TEST_CASE("a file error says why and what to do") {
  const absl::Status full = file_error("/data/000.flac", "cannot be written", ENOSPC);
  CHECK(full.code() == absl::StatusCode::kResourceExhausted);
  CHECK(std::string(full.message()).find("free some space") != std::string::npos);
  CHECK(field_of(full) == "/data/000.flac");
  CHECK(file_error("p", "w", EACCES).code() == absl::StatusCode::kPermissionDenied);
  CHECK(file_error("p", "w", ENOENT).code() == absl::StatusCode::kNotFound);
}
