// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/mutex.h"
#include "store/url_key_shelf.h"

namespace focus::core::store {

class MemoryUrlKeyShelf final : public UrlKeyShelf {
 public:
  absl::StatusOr<std::vector<UrlKey>> list() override;
  absl::Status add(const UrlKey& key, const std::string& newest) override;

 private:
  Mutex mutex_{LockRank::store};
  std::vector<UrlKey> keys_ ABSL_GUARDED_BY(mutex_);  // newest first
};

}  // namespace focus::core::store
