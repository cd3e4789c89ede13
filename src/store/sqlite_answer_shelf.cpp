// SPDX-License-Identifier: MIT
#include "store/sqlite_answer_shelf.h"

namespace focus::core::store {

absl::StatusOr<KeptAnswer> SqliteAnswerShelf::begin(const RequestKey& key,
                                                    const std::string& digest, std::int64_t now) {
  auto known = SharedCatalogue::Writing(shared_)->answers().begin(key, digest, now);
  shared_.trim();  // a client that only asks what has an answer writes nothing else
  return known;
}

absl::Status SqliteAnswerShelf::keep(const RequestKey& key, int status, const std::string& body) {
  return SharedCatalogue::Writing(shared_)->answers().keep(key, status, body);
}

absl::Status SqliteAnswerShelf::forget(const RequestKey& key) {
  return SharedCatalogue::Writing(shared_)->answers().forget(key);
}

}  // namespace focus::core::store
