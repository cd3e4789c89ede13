// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "store/shared_catalogue.h"
#include "store/work_board.h"

namespace focus::core::store {

/// Claims as rows of a catalogue. Nothing is synced: after a power cut nobody makes anything.
class SqliteWorkBoard final : public WorkBoard {
 public:
  explicit SqliteWorkBoard(SharedCatalogue& shared) : shared_(shared) {}

  absl::StatusOr<Claimed> claim(const ClaimRequest& request) override;
  absl::Status extend(const std::string& session_id, int index, std::int64_t epoch,
                      std::int64_t lease_until) override;
  absl::Status give_up(const std::string& session_id, int index, std::int64_t epoch) override;

 private:
  SharedCatalogue& shared_;
};

}  // namespace focus::core::store
