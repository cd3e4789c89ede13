// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/memory_state.h"
#include "store/session_shelf.h"

namespace focus::core::store {

class MemorySessionShelf final : public SessionShelf {
 public:
  explicit MemorySessionShelf(MemoryState& state) : state_(state) {}

  using SessionShelf::add;
  absl::Status add(const SessionRecord& session, const std::string& request_key) override;
  absl::StatusOr<SessionRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<std::string>> ids() override;
  absl::StatusOr<std::vector<std::string>> ids_of(const SessionQuery& query) override;
  absl::Status set_ended(const std::string& id) override;
  absl::Status set_stopped_cap(const std::string& id) override;
  absl::Status add_change(const std::string& id, int number, const plan::Change& change,
                          int first_gone) override;
  absl::Status remove(const std::string& id) override;
  absl::Status touch(const std::string& id, std::int64_t unix_seconds) override;
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) override;
  absl::StatusOr<std::int64_t> revision(const std::string& id) override;

 private:
  MemoryState& state_;
};

}  // namespace focus::core::store
