// SPDX-License-Identifier: MIT
#include "store/postgres/rate_shelf.h"

#include <map>
#include <string>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<RateShelf::Totals> PgRateShelf::add(const std::vector<RateCount>& counts) {
  std::map<std::string, std::int64_t> sums;  // a row may be changed once by a statement
  for (const RateCount& count : counts) sums[count.bucket] += count.requests;
  std::vector<std::string> buckets;
  std::vector<std::int64_t> requests;
  for (const auto& [bucket, sum] : sums) {
    buckets.push_back(bucket);
    requests.push_back(sum);
  }
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.change("WITH added AS (INSERT INTO rate AS old (bucket, window_start, requests) "
                   "SELECT bucket, " FOCUS_PG_NOW " / 60000, requests "
                   "FROM unnest($1::text[], $2::bigint[]) AS new(bucket, requests) ORDER BY bucket "
                   "ON CONFLICT (bucket, window_start) DO UPDATE "
                   "SET requests = old.requests + EXCLUDED.requests RETURNING bucket, requests) "
                   "SELECT added.bucket, added.requests + COALESCE(round(before.requests * "
                   "(60000 - " FOCUS_PG_NOW " % 60000) / 60000.0), 0)::bigint, "
                   "60000 - " FOCUS_PG_NOW " % 60000 FROM (SELECT 1) AS one "
                   "LEFT JOIN added ON TRUE LEFT JOIN rate AS before "
                   "ON before.bucket = added.bucket "
                   "AND before.window_start = " FOCUS_PG_NOW " / 60000 - 1",
                   {buckets, requests}));
  std::map<std::string, std::int64_t> totals;
  for (int row = 0; row < rows.count(); ++row) totals[rows.text(row, 0)] = rows.integer(row, 1);
  Totals answer;
  answer.window_ends_in_ms = rows.integer(0, 2);
  for (const RateCount& count : counts) answer.requests.push_back(totals[count.bucket]);
  return answer;
}

}  // namespace focus::core::store
