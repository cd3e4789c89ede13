// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "engines/engine.h"

namespace focus::core {

enum class Verdict { holds, fails, note, skipped };

/// One thing that was tried with an engine.
struct CheckResult {
  Verdict verdict = Verdict::holds;
  std::string name;    ///< a sentence that holds, or does not
  std::string detail;  ///< figures, or what is wrong and how to mend it
  double seconds = 0.0;
};

struct CheckSettings {
  bool quick = false;  ///< a few short briefs alone
  std::uint64_t seed = 1;
  /// Takes each result as soon as it is there; false ends the check. Empty: goes on to the end.
  std::function<bool(const CheckResult&)> take;
};

/// Puts an engine through briefs of every kind and tells what holds. Its briefs are those of real
/// plans; nothing is paid or kept. It takes about as long as the engine takes for half an hour of
/// music (`quick`: five minutes); an engine that hangs is given up by itself (see HostEngine).
/// Cancelled where `take` has ended it.
absl::StatusOr<std::vector<CheckResult>> check_engine(const MusicEngine& engine,
                                                      const CheckSettings& settings);

}  // namespace focus::core
