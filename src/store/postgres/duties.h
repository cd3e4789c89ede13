// SPDX-License-Identifier: MIT
#pragma once

#include "store/duties.h"
#include "store/objects/object_shelf.h"
#include "store/postgres/pool.h"

namespace focus::core::store {

class PgDuties final : public Duties {
 public:
  PgDuties(PgPool& pool, ObjectShelf& objects) : pool_(pool), objects_(objects) {}

  absl::StatusOr<bool> take(const std::string& duty, const std::string& node) override;
  absl::Status leave(const std::string& duty, const std::string& node) override;
  absl::StatusOr<int> sweep(int limit) override;

 private:
  PgPool& pool_;
  ObjectShelf& objects_;
};

}  // namespace focus::core::store
