// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "store/answer_shelf.h"
#include "store/shared_catalogue.h"

namespace focus::core::store {

/// In a table of a catalogue.
class SqliteAnswerShelf final : public AnswerShelf {
 public:
  explicit SqliteAnswerShelf(SharedCatalogue& shared) : shared_(shared) {}

  absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                   std::int64_t now) override;
  absl::Status keep(const RequestKey& key, int status, const std::string& body) override;
  absl::Status forget(const RequestKey& key) override;

 private:
  SharedCatalogue& shared_;
};

}  // namespace focus::core::store
