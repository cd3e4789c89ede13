// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "session/session.h"

namespace focus::core::rest {

struct SessionJsonOptions {
  /// Returns the URL from which a client gets the audio of a ready segment.
  std::function<std::string(const store::SegmentRecord&)> playback_url;
  /// Adds one `analysis` object to each segment and one to the session; without it the keys are
  /// exactly the contract's. A segment's says in words why it sounds so (`why`) and what was made
  /// of the prompt (`prompt`, of which PromptReading bounds the lists). The session's is what
  /// starts the same session again: `seed` and `request`.
  bool include_analysis = false;
  /// The URLs of its continuous streams by name, for the session's `analysis`.
  std::vector<std::pair<std::string, std::string>> streams;
};

/// Returns the session object of the wire contract as one line of JSON.
std::string session_json(const session::SessionView& view, const SessionJsonOptions& options);

/// Returns a page of sessions; `next` leads to the one after it, if there is one.
std::string sessions_json(const std::vector<session::SessionView>& views,
                          const std::optional<std::string>& next,
                          const std::function<SessionJsonOptions(const std::string& id)>& options);

/// Returns one of its segment objects. The segment must be ready.
std::string segment_json(const session::SessionView& view, int index,
                         const SessionJsonOptions& options);

}  // namespace focus::core::rest
