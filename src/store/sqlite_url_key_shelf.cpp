// SPDX-License-Identifier: MIT
#include "store/sqlite_url_key_shelf.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::vector<UrlKey>> SqliteUrlKeyShelf::list() {
  return SharedCatalogue::Reading(shared_)->url_keys().list();
}

absl::Status SqliteUrlKeyShelf::add(const UrlKey& key, const std::string& newest) {
  FOCUS_RETURN_IF_ERROR(SharedCatalogue::Writing(shared_)->url_keys().add(key, newest));
  return shared_.sync();
}

}  // namespace focus::core::store
