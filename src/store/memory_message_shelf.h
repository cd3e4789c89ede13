// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/memory_state.h"
#include "store/message_shelf.h"

namespace focus::core::store {

class MemoryMessageShelf final : public MessageShelf {
 public:
  explicit MemoryMessageShelf(MemoryState& state) : state_(state) {}

  absl::Status set_addresses(std::vector<std::string> addresses, const Clock& clock) override;
  absl::Status add(const Happening& happening) override;
  absl::Status add_complete(const std::string& session_id, int changes) override;
  absl::StatusOr<std::optional<Message>> take(std::int64_t now, std::int64_t until) override;
  void wait(std::chrono::milliseconds most) override { state_.receivers.wait(most); }
  absl::Status remove(std::int64_t number) override;
  absl::Status put_off(std::int64_t number, std::int64_t due_at) override;
  absl::StatusOr<std::int64_t> count() override;

 private:
  MemoryState& state_;
};

}  // namespace focus::core::store
