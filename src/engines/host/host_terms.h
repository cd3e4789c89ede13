// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <absl/status/status.h>

#include "plan/brief.h"

namespace focus::core {

/// How often a host's player is tried, and how long it is waited for. How many calls there may be
/// at a time is part of EngineInfo.
struct HostTerms {
  int sample_rate = 0;               ///< at which it plays; 0: at the session's
  int retries = 2;                   ///< after the first try
  double retry_delay_seconds = 1.0;  ///< before the first retry, doubled for each further one
  double timeout_seconds = 0.0;      ///< of one call; 0: kBaseTimeout and some times its length
  /// How long a call that was told to stop is waited for before it is abandoned.
  std::chrono::milliseconds grace{250};

  static constexpr double kBaseTimeout = 30.0;
  static constexpr double kTimeoutPerSecond = 4.0;

  double timeout_for(const Brief& brief) const {
    return timeout_seconds > 0.0 ? timeout_seconds
                                 : kBaseTimeout + kTimeoutPerSecond * brief.length_seconds();
  }
  /// Whether a call that failed with `status` is tried again after try `attempt`, the first
  /// being 1. (A call that exceeded its timeout never is.)
  bool try_again(const absl::Status& status, int attempt) const;
  /// How long to wait between try `attempt` and the next.
  double delay_after(int attempt) const;
};

}  // namespace focus::core
