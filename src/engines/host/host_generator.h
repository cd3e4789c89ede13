// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/status.h>

#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// The part of a host's engine that plays. HostEngine calls it within the limits of HostTerms; it
/// may fail, throw, take long, or never return. It is destroyed on any thread, after which the host
/// is not called again.
class HostGenerator {
 public:
  virtual ~HostGenerator() = default;

  /// Plays one segment into the sink, on a thread of its own. `attempt` is 1 for the first try.
  /// Fault::argument, Fault::unsupported and Fault::not_found mean that another try would be
  /// useless. `brief` and `sink` remain valid until this returns, even if the call has been
  /// abandoned meanwhile; the host must keep everything else that it uses.
  virtual absl::Status generate(const plan::Brief& brief, int attempt, HostSink& sink) = 0;
};

}  // namespace focus::core::engines
