// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

constexpr double kSlowToCancel = 0.2;  // seconds

std::string milliseconds(double seconds) {
  return absl::StrCat(decimals(seconds * 1000.0, 1), " ms");
}

std::string fault_of_cancel(double share, const Heard& heard) {
  const char* remedy =
      "; look at least every 10 ms whether the sink says cancelled, and return that error";
  const std::string where = absl::StrCat("cancelled at ", decimals(share * 100.0, 0), " %, it ");
  if (heard.status.ok()) {
    return absl::StrCat(where, "went on to the end for ", milliseconds(heard.after_cancel), remedy);
  }
  if (!is_cancelled(heard.status)) {
    return absl::StrCat(where, "came back with another error: ", heard.status.message(), remedy);
  }
  if (heard.after_cancel <= kSlowToCancel) return {};
  return absl::StrCat(where, "came back only after ", milliseconds(heard.after_cancel), remedy);
}

}  // namespace

void check_cancellation(CheckRun& run) {
  const int between = run.quick() ? 3 : 10;
  std::vector<double> shares = {0.0, 0.98};
  for (int i = 1; i <= between; ++i) shares.push_back(static_cast<double>(i) / (between + 1));
  const plan::Brief brief = run.brief(usual_request(), 1);
  std::vector<double> delays;
  std::string fault;
  for (const double share : shares) {
    const Heard heard = hear(run.engine(), brief, {share, share * run.findings.usual.seconds});
    if (heard.after_cancel < 0.0) continue;
    delays.push_back(heard.after_cancel);
    if (fault.empty()) fault = fault_of_cancel(share, heard);
  }
  if (!fault.empty()) return run.tell(Verdict::fails, fault);
  if (delays.empty()) {
    return run.tell(Verdict::skipped, "it is done before it could be cancelled");
  }
  std::sort(delays.begin(), delays.end());
  run.tell(
      Verdict::holds,
      absl::StrCat("at ", delays.size(), " points; back within ", milliseconds(delays.back()),
                   ", mostly ", milliseconds(delays[delays.size() / 2]), " (10 ms are meant)"));
}

}  // namespace focus::core::engines
