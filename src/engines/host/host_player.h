// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/status.h>

#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core {

/// What a host brings to be an engine: the part that plays. HostEngine calls it under its terms,
/// so that it may fail, throw, take its time and not come back. Its destruction is the last that is
/// heard of it, on any thread.
class HostPlayer {
 public:
  virtual ~HostPlayer() = default;

  /// Plays one segment into the sink, on a thread of its own. `attempt` is 1 for the first try.
  /// Fault::argument, Fault::unsupported and Fault::not_found mean that it is no use to try again.
  /// What it uses may not go before it has returned; the brief and the sink do not.
  virtual absl::Status play(const Brief& brief, int attempt, HostSink& sink) = 0;
};

}  // namespace focus::core
