// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "base/cancel.h"

using namespace focus::core;

TEST_CASE("every fault has a name of its own and is found again in the error") {
  std::set<std::string_view> names;
  for (int number = 0; number <= static_cast<int>(Fault::internal); ++number) {
    const auto fault = static_cast<Fault>(number);
    names.insert(name_of(fault));
    const absl::Status status = fault_error(fault, "why");
    CHECK_FALSE(status.ok());
    CHECK(fault_of(status) == fault);
    CHECK(has_fault(status, fault));
    CHECK(status.message() == "why");
    CHECK(field_of(status).empty());
    CHECK(path_of(status).empty());
    // The name is stable, and is what a log shows.
    CHECK(status.ToString().find(std::string(name_of(fault))) != std::string::npos);
  }
  CHECK(names.size() == static_cast<std::size_t>(Fault::internal) + 1);
  CHECK(names.count("file_missing") == 1);
}

TEST_CASE("each kind of error is made with its fault") {
  CHECK(fault_of(invalid_field("f", "m")) == Fault::argument);
  CHECK(fault_of(not_found("f", "m")) == Fault::not_found);
  CHECK(fault_of(not_ready("f", "m")) == Fault::not_ready);
  CHECK(fault_of(conflict("f", "m")) == Fault::conflict);
  CHECK(fault_of(io_error("p", "m")) == Fault::io);
  CHECK(fault_of(no_space("p", "m")) == Fault::no_space);
  CHECK(fault_of(damaged("p", "m")) == Fault::bad_data);
  CHECK(fault_of(engine_error("m")) == Fault::engine);
  CHECK(fault_of(cancelled_error()) == Fault::cancelled);
  CHECK(fault_of(out_of_memory("testing")) == Fault::memory);
  CHECK(fault_of(forked_error()) == Fault::forked);
  CHECK(fault_of(internal_error("m")) == Fault::internal);
}

TEST_CASE("an error without a fault, and a fault that nobody knows, are internal") {
  CHECK(fault_of(absl::InvalidArgumentError("from elsewhere")) == Fault::internal);
  absl::Status strange = internal_error("m");
  strange.SetPayload("focus/fault", absl::Cord("tired"));
  CHECK(fault_of(strange) == Fault::internal);
}

TEST_CASE("success has no fault") {
  CHECK_FALSE(has_fault(absl::OkStatus(), Fault::internal));
  CHECK_FALSE(is_cancelled(absl::OkStatus()));
  CHECK_FALSE(is_not_found(absl::OkStatus()));
  CHECK(is_cancelled(cancelled_error()));
  CHECK(is_not_found(not_found("f", "m")));
  CHECK_FALSE(is_not_found(file_error("p", "w", ENOENT)));
}

TEST_CASE("an error carries the field it is about, the innermost one") {
  const absl::Status status = invalid_field("target_minutes", "must be 1 to 1440");
  CHECK(status.message() == "target_minutes: must be 1 to 1440");
  CHECK(field_of(with_field(status, "request")) == "target_minutes");
  CHECK(path_of(status).empty());
  CHECK(with_field(absl::OkStatus(), "anything").ok());
}

TEST_CASE("a field and a path are two things") {
  const absl::Status status = io_error("/data/000.flac", "cannot be read");
  CHECK(status.message() == "/data/000.flac: cannot be read");
  CHECK(field_of(status).empty());
  CHECK(path_of(status) == "/data/000.flac");
  const absl::Status both = with_field(status, "data_folder");
  CHECK(field_of(both) == "data_folder");
  CHECK(path_of(both) == "/data/000.flac");
  CHECK(path_of(with_path(both, "/data")) == "/data/000.flac");
  CHECK(path_of(with_path(with_path(internal_error("m"), ""), "/data")) == "/data");
  CHECK(with_path(absl::OkStatus(), "/data").ok());
}

TEST_CASE("another message leaves fault, field and path as they were") {
  const absl::Status status =
      with_message(with_path(not_ready("index", "is not made yet"), "/data"), "later");
  CHECK(status.message() == "later");
  CHECK(fault_of(status) == Fault::not_ready);
  CHECK(field_of(status) == "index");
  CHECK(path_of(status) == "/data");
  CHECK(field_of(with_message(internal_error("m"), "n")).empty());
  CHECK(with_message(absl::OkStatus(), "no error").ok());
}

TEST_CASE("a file error says why and what to do") {
  const absl::Status full = file_error("/data/000.flac", "cannot be written", ENOSPC);
  CHECK(message_of(full).find("/data/000.flac: cannot be written: ") == 0);
  CHECK(message_of(full).find("free some space") != std::string::npos);
  CHECK(path_of(full) == "/data/000.flac");
  CHECK(field_of(full).empty());
}

TEST_CASE("a file error's fault follows from the errno") {
  const auto fault = [](int number) { return fault_of(file_error("p", "w", number)); };
  for (const int number : {ENOSPC, EDQUOT, EFBIG}) CHECK(fault(number) == Fault::no_space);
  for (const int number : {EACCES, EPERM, EROFS, EIO, EMFILE, ENOTDIR, EISDIR}) {
    CHECK(fault(number) == Fault::io);
  }
  CHECK(fault(ENOENT) == Fault::file_missing);
  CHECK(fault(ENOMEM) == Fault::memory);
}
