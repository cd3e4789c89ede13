// SPDX-License-Identifier: MIT
// Errors that are made while there is no memory.
#include <new>
#include <system_error>

#include <catch2/catch.hpp>

#include "base/guarded.h"
#include "support/scarce_memory.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Runs `body` without any memory.
template <typename Body>
auto without_memory(Body body) {
  allocations_left = 0;
  auto result = body();
  allocations_left = -1;
  return result;
}

[[noreturn]] void throw_without_memory(std::error_code code) {
  allocations_left = -1;
  const std::system_error error(code);
  allocations_left = 0;
  throw error;
}

}  // namespace

TEST_CASE("an error that says that memory is out takes none") {
  const absl::Status status = without_memory([] { return out_of_memory("making a segment"); });
  CHECK_FALSE(status.ok());
  CHECK(fault_of(status) == Fault::memory);
  CHECK(message_of(status) == "out of memory");
  CHECK(field_of(status).empty());
  CHECK(message_of(out_of_memory("testing")) == "out of memory while testing");
}

TEST_CASE("an exception becomes an error also where there is no memory for its message") {
  const auto status = without_memory([] {
    return caught("making a segment of a name that is long",
                  []() -> absl::Status { throw std::bad_alloc(); });
  });
  CHECK(fault_of(status) == Fault::memory);
  const auto thread = without_memory([] {
    return caught("starting", []() -> absl::Status {
      throw_without_memory(std::make_error_code(std::errc::resource_unavailable_try_again));
    });
  });
  CHECK(fault_of(thread) == Fault::memory);
}

TEST_CASE("the error of an exception says what was done, and what it is") {
  const auto of = [](auto thrown) {
    return caught("drawing", [&]() -> absl::Status { throw thrown; });
  };
  CHECK(message_of(of(std::bad_alloc())) == "out of memory while drawing");
  CHECK(fault_of(of(std::runtime_error("blue"))) == Fault::internal);
  CHECK(message_of(of(std::runtime_error("blue"))) == "while drawing: blue");
  CHECK(fault_of(of(7)) == Fault::internal);
  const auto busy = of(std::system_error(EAGAIN, std::generic_category()));
  CHECK(fault_of(busy) == Fault::memory);
  CHECK(message_of(busy) == "the system starts no further thread for drawing; try again later");
}

TEST_CASE("what must not throw does not, and says whether it was done") {
  CHECK(without_throwing([] {}));
  CHECK_FALSE(without_throwing([] { throw std::bad_alloc(); }));
  CHECK_FALSE(without_throwing([] { throw 7; }));
}
