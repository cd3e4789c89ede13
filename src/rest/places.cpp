// SPDX-License-Identifier: MIT
#include "rest/places.h"

namespace focus::core::rest {

Places::Place Places::take(const std::string& first, int most_of_first, const std::string& second,
                           int most_of_second, int& refused) {
  const auto counts = counts_;
  const MutexLock lock(counts->mutex);
  const auto is_full = [&](const std::string& name, int most) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    const auto taken = counts->taken.find(name);
    return most >= 0 && taken != counts->taken.end() && taken->second >= most;
  };
  const bool first_is_full = is_full(first, most_of_first);
  if (first_is_full || is_full(second, most_of_second)) {
    refused = first_is_full ? 0 : 1;
    return nullptr;
  }
  const auto give_back = [counts, first, second](void*) {
    const MutexLock guard(counts->mutex);
    for (const std::string* name : {&first, &second}) {
      const auto taken = counts->taken.find(*name);
      if (--taken->second == 0) counts->taken.erase(taken);
    }
  };
  Place place(counts.get(), give_back);
  ++counts->taken[first];
  ++counts->taken[second];
  return place;
}

}  // namespace focus::core::rest
