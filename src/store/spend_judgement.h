// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/spend_ledger.h"

namespace focus::core::store {

/// Money for one segment, held while the segment is made.
struct SpendHold {
  std::int64_t number = 0;
  std::string session_id;
  int segment = 0;
  std::string organization;
  std::int64_t day = 0;
  std::int64_t micros = 0;
  std::string node;
  std::int64_t lease_until = 0;  ///< Unix milliseconds
};

/// Whether the one who asks takes the hold for left behind: another node's, whose lease has ended.
bool is_left_behind(const SpendHold& hold, const ReserveRequest& request);

/// What counts against one cap.
struct SpendTotal {
  std::int64_t settled = 0;
  std::int64_t left = 0;  ///< held, and left behind
  std::int64_t held = 0;  ///< held by who still is at work

  void count(const SpendHold& hold, const ReserveRequest& request);
};

/// What every ledger answers. The totals are those of the request's session, and of its
/// organization on its day; `taken_over` is a hold in them that the request would replace, or null.
SpendAnswer judge(const ReserveRequest& request, const SpendTotal& of_session,
                  const SpendTotal& of_day, const SpendHold* taken_over);

/// The conflict of a caller whose hold there is not.
absl::Status no_hold(std::int64_t hold);

}  // namespace focus::core::store
