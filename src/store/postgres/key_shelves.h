// SPDX-License-Identifier: MIT
#pragma once

#include "store/access_key_shelf.h"
#include "store/postgres/pool.h"
#include "store/url_key_shelf.h"

namespace focus::core::store {

/// The keys that links are signed with, on all nodes.
class PgUrlKeyShelf final : public UrlKeyShelf {
 public:
  explicit PgUrlKeyShelf(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<std::vector<UrlKey>> list() override;
  absl::Status add(const UrlKey& key, const std::string& newest) override;

 private:
  PgPool& pool_;
};

/// The access keys of all nodes.
class PgAccessKeyShelf final : public AccessKeyShelf {
 public:
  explicit PgAccessKeyShelf(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<std::vector<AccessKeyRecord>> list() override;
  absl::Status put(const AccessKeyRecord& key) override;
  absl::Status remove(const std::string& hash) override;
  absl::StatusOr<std::int64_t> revision() override;

 private:
  PgPool& pool_;
};

}  // namespace focus::core::store
