// SPDX-License-Identifier: MIT
// The storage of S3 that tests/cluster/with_storage.py has started.
#pragma once

#include <cstdlib>
#include <string>

#include "store/objects/s3_client.h"

namespace focus::test {

/// "" where there is no such variable.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

inline core::store::S3Options storage_options() {
  core::store::S3Options options;
  options.endpoint = environment("FOCUS_TEST_S3_URL");
  options.bucket = environment("FOCUS_TEST_S3_BUCKET");
  options.credentials = {environment("FOCUS_OBJECTS_KEY"), environment("FOCUS_OBJECTS_SECRET"), ""};
  return options;
}

}  // namespace focus::test
