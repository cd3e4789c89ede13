// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "store/memory_state.h"
#include "store/work_board.h"

namespace focus::core::store {

class MemoryWorkBoard final : public WorkBoard {
 public:
  explicit MemoryWorkBoard(MemoryState& state) : state_(state) {}

  absl::StatusOr<Claimed> claim(const ClaimRequest& request) override;
  absl::Status extend(const std::string& session_id, int index, std::int64_t epoch,
                      std::int64_t lease_until) override;
  absl::Status give_up(const std::string& session_id, int index, std::int64_t epoch) override;

 private:
  MemoryState::Claim* current_locked(const std::string& session_id, int index, std::int64_t epoch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);

  MemoryState& state_;
};

}  // namespace focus::core::store
