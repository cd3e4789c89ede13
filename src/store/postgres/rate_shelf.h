// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/pool.h"
#include "store/rate_shelf.h"

namespace focus::core::store {

class PgRateShelf final : public RateShelf {
 public:
  explicit PgRateShelf(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<Totals> add(const std::vector<RateCount>& counts) override;

 private:
  PgPool& pool_;
};

}  // namespace focus::core::store
