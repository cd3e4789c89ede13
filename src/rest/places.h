// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/mutex.h"

namespace focus::core::rest {

/// Counts what each owner has open at a time. Thread-safe. A place may outlive this.
class Places {
 public:
  /// What is open, as long as this is there.
  using Place = std::shared_ptr<void>;

  /// Takes a place for each of two names, such as a caller and its organization. Null where one of
  /// them has as many as it may; `refused` is then the index of that one. A negative bound is none.
  Place take(const std::string& first, int most_of_first, const std::string& second,
             int most_of_second, int& refused);

 private:
  struct Counts {
    Mutex mutex;
    std::map<std::string, int> taken ABSL_GUARDED_BY(mutex);  // by names that have any
  };

  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace focus::core::rest
