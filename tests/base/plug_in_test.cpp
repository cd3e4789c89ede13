// SPDX-License-Identifier: MIT
#include "base/plug_in.h"

#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

/// One of the libraries of tests/base/odd_plug_in.cpp, which lie beside this program.
absl::StatusOr<void*> load(const std::string& file) {
  return load_plug_in({file, "focus_test_plug_in", "the-package"});
}

}  // namespace

TEST_CASE("a plug-in of this build is loaded, and does what it is for") {
  const auto entry = load("libfocus_plug_in_same.so");
  REQUIRE(entry.ok());
  CHECK(reinterpret_cast<int (*)()>(*entry)() == 7);
  CHECK(load("libfocus_plug_in_same.so").value() == *entry);
}

TEST_CASE("a plug-in that is not there names the package that has it") {
  const auto entry = load("libfocus_plug_in_of_nobody.so");
  CHECK(has_fault(entry.status(), Fault::unsupported));
  CHECK(entry.status().message().find("the-package") != std::string::npos);
  CHECK(entry.status().message().find("not installed") != std::string::npos);
}

TEST_CASE("a plug-in of another version or build is refused before anything of it is used") {
  const auto version = load("libfocus_plug_in_version.so");
  CHECK(has_fault(version.status(), Fault::unsupported));
  CHECK(version.status().message().find("9.9.9") != std::string::npos);
  CHECK(version.status().message().find(library_version()) != std::string::npos);
  CHECK(version.status().message().find("the-package") != std::string::npos);
  const auto build = load("libfocus_plug_in_build.so");
  CHECK(has_fault(build.status(), Fault::unsupported));
  CHECK(build.status().message().find("another build") != std::string::npos);
  CHECK(build.status().message().find("the-package") != std::string::npos);
}

TEST_CASE("a library that is no plug-in is refused") {
  const auto entry =
      load_plug_in({"libfocus_plug_in_same.so", "focus_no_such_function", "the-package"});
  CHECK(has_fault(entry.status(), Fault::unsupported));
}

TEST_CASE("what is built tells which build it is of") {
  CHECK(std::string(build_identity()).size() == 64);
}
