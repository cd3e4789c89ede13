// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "store/answer_shelf.h"
#include "store/postgres/pool.h"

namespace focus::core::store {

class PgAnswerShelf final : public AnswerShelf {
 public:
  /// The pool's client is another one for each process.
  explicit PgAnswerShelf(PgPool& pool) : pool_(pool), runner_(pool.options().client) {}

  absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                   std::int64_t now) override;
  absl::Status keep(const RequestKey& key, int status, const std::string& body) override;
  absl::Status forget(const RequestKey& key) override;

 private:
  PgPool& pool_;
  const std::string runner_;
};

}  // namespace focus::core::store
