// SPDX-License-Identifier: MIT
#include "store/memory_url_key_shelf.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::vector<UrlKey>> MemoryUrlKeyShelf::list() {
  const MutexLock guard(mutex_);
  return keys_;
}

absl::Status MemoryUrlKeyShelf::add(const UrlKey& key, const std::string& newest) {
  FOCUS_RETURN_IF_ERROR(validate(key));
  const MutexLock guard(mutex_);
  if (newest != (keys_.empty() ? "" : keys_.front().id)) return other_url_key(newest);
  keys_.insert(keys_.begin(), key);
  if (keys_.size() > kUrlKeysKept) keys_.resize(kUrlKeysKept);
  return absl::OkStatus();
}

}  // namespace focus::core::store
