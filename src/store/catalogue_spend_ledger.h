// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/spend_ledger.h"

namespace focus::core {

/// In the table `spend` of a catalogue; `mutex` is what guards the database.
class CatalogueSpendLedger final : public SpendLedger {
 public:
  CatalogueSpendLedger(Database& database, std::mutex& mutex)
      : database_(database), mutex_(mutex) {}

  absl::StatusOr<std::vector<SpendEntry>> load() override;
  absl::Status put(const SpendEntry& entry) override;
  absl::Status set_settled(std::int64_t hold) override;
  absl::Status erase(std::int64_t hold) override;

 private:
  Database& database_;
  std::mutex& mutex_;
};

}  // namespace focus::core
