// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "engines/engine.h"

namespace focus::core::engines {

enum class Verdict { holds, fails, note, skipped };

/// The result of one check.
struct CheckResult {
  Verdict verdict = Verdict::holds;
  std::string name;    ///< a sentence that is true, or not
  std::string detail;  ///< figures, or what is wrong and how to correct it
  double seconds = 0.0;
};

struct CheckSettings {
  bool quick = false;  ///< only a few short briefs
  std::uint64_t seed = 1;
  /// Receives each result as soon as it is available; returning false ends the checks. Empty: all
  /// checks are run.
  std::function<bool(const CheckResult&)> take;
};

/// Checks an engine with briefs of every kind, which are those of real plans. Nothing is charged or
/// kept. The checks take about as long as the engine needs for half an hour of music (`quick`: five
/// minutes). An engine that hangs is abandoned after its timeout (see HostEngine). Returns the
/// cancelled error if `take` has ended the checks.
absl::StatusOr<std::vector<CheckResult>> check_engine(const MusicEngine& engine,
                                                      const CheckSettings& settings);

}  // namespace focus::core::engines
