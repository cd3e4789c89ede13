// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "store/answer_shelf.h"
#include "store/memory_state.h"

namespace focus::core::store {

class MemoryAnswerShelf final : public AnswerShelf {
 public:
  explicit MemoryAnswerShelf(MemoryState& state) : state_(state) {}

  absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                   std::int64_t now) override;
  absl::Status keep(const RequestKey& key, int status, const std::string& body) override;
  absl::Status forget(const RequestKey& key) override;

 private:
  void bound_locked(const RequestKey& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);

  MemoryState& state_;
};

}  // namespace focus::core::store
