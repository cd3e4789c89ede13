// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "store/shared_catalogue.h"
#include "store/url_key_shelf.h"

namespace focus::core::store {

/// In a table of a catalogue.
class SqliteUrlKeyShelf final : public UrlKeyShelf {
 public:
  explicit SqliteUrlKeyShelf(SharedCatalogue& shared) : shared_(shared) {}

  absl::StatusOr<std::vector<UrlKey>> list() override;
  absl::Status add(const UrlKey& key, const std::string& newest) override;

 private:
  SharedCatalogue& shared_;
};

}  // namespace focus::core::store
