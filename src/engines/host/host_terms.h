// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <absl/status/status.h>

#include "plan/brief.h"

namespace focus::core::engines {

/// How often a host's generator is tried and how long a worker waits for it. The number of
/// simultaneous calls is part of EngineInfo.
struct HostTerms {
  int sample_rate = 0;               ///< of the audio that it plays; 0: the session's
  int retries = 2;                   ///< the number of tries after the first
  double retry_delay_seconds = 1.0;  ///< before the first retry; doubles with each further one
  double timeout_seconds = 0.0;      ///< of one call; 0: kBaseTimeout + kTimeoutPerSecond x length
  /// How long the worker waits for a call to return after it has asked it to stop. Then the call is
  /// abandoned.
  std::chrono::milliseconds grace{250};

  static constexpr double kBaseTimeout = 30.0;
  static constexpr double kTimeoutPerSecond = 4.0;

  double timeout_for(const plan::Brief& brief) const {
    return timeout_seconds > 0.0 ? timeout_seconds
                                 : kBaseTimeout + kTimeoutPerSecond * brief.length_seconds();
  }
  /// Whether a call that failed with `status` is tried again after try `attempt`, the first
  /// being 1. (A call that exceeded its timeout never is.)
  bool try_again(const absl::Status& status, int attempt) const;
  /// The delay between try `attempt` and the next, in seconds.
  double delay_after(int attempt) const;
};

}  // namespace focus::core::engines
