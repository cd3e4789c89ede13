// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "session/session.h"

namespace focus::core {

struct SessionJsonOptions {
  /// What a client fetches a ready segment's audio by.
  std::function<std::string(const SegmentRecord&)> playback_url;
  /// Adds one `analysis` object to each segment and one to the session; without it the keys are
  /// exactly the contract's. A segment's says in words why it sounds so (`why`) and what was made
  /// of the prompt (`prompt`, of which PromptReading bounds the lists). The session's is what
  /// starts the same session again: `seed` and `request`.
  bool include_analysis = false;
};

/// The session object of the wire contract, as one line of JSON.
std::string session_json(const SessionView& view, const SessionJsonOptions& options);

/// One of its segment objects: of a segment that is ready.
std::string segment_json(const SessionView& view, int index, const SessionJsonOptions& options);

}  // namespace focus::core
