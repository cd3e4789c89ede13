// SPDX-License-Identifier: MIT
#include "store/spend_judgement.h"

#include <algorithm>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {
namespace {

SpendAnswer judge_one(const std::optional<std::int64_t>& cap, const SpendTotal& total,
                      std::int64_t micros) {
  if (!cap) return SpendAnswer::held;
  // Subtracted from the cap and not added up, so that nothing overflows.
  const std::int64_t unspent = *cap - total.settled - total.left;
  if (micros > unspent) return SpendAnswer::over;
  return micros > unspent - total.held ? SpendAnswer::later : SpendAnswer::held;
}

}  // namespace

bool is_left_behind(const SpendHold& hold, const ReserveRequest& request) {
  return hold.node != request.node && hold.lease_until <= request.now;
}

void SpendTotal::count(const SpendHold& hold, const ReserveRequest& request) {
  (is_left_behind(hold, request) ? left : held) += hold.micros;
}

SpendAnswer judge(const ReserveRequest& request, const SpendTotal& of_session,
                  const SpendTotal& of_day, const SpendHold* taken_over) {
  SpendTotal session = of_session;
  SpendTotal day = of_day;
  if (taken_over != nullptr) {
    session.left -= taken_over->micros;
    const bool counts_today =
        taken_over->day == request.day && taken_over->organization == request.organization;
    if (counts_today) day.left -= taken_over->micros;
  }
  return std::max(judge_one(request.caps.session_micros, session, request.micros),
                  judge_one(request.caps.day_micros, day, request.micros));
}

absl::Status no_hold(std::int64_t hold) {
  return conflict(
      "hold", absl::StrCat("hold ", hold, " was settled, released or taken over by another node"));
}

}  // namespace focus::core::store
