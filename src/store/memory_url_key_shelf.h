// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "store/url_key_shelf.h"

namespace focus::core {

class MemoryUrlKeyShelf final : public UrlKeyShelf {
 public:
  absl::StatusOr<std::vector<UrlKey>> list() override;
  absl::Status add(const UrlKey& key, const std::string& newest) override;

 private:
  std::mutex mutex_;
  std::vector<UrlKey> keys_;  // newest first
};

}  // namespace focus::core
