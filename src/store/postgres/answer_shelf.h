// SPDX-License-Identifier: MIT
#pragma once

#include "store/answer_shelf.h"
#include "store/postgres/pool.h"

namespace focus::core::store {

class PgAnswerShelf final : public AnswerShelf {
 public:
  explicit PgAnswerShelf(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                   std::int64_t now) override;
  absl::Status keep(const RequestKey& key, int status, const std::string& body) override;
  absl::Status forget(const RequestKey& key) override;

 private:
  PgPool& pool_;
};

}  // namespace focus::core::store
