// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "session/session.h"

namespace focus::core {

struct SessionJsonOptions {
  /// Returns the URL from which a client gets the audio of a ready segment.
  std::function<std::string(const SegmentRecord&)> playback_url;
  /// Adds an `analysis` object to each segment; without it the members are exactly those of the
  /// contract. It explains why the segment sounds as it does (`why`) and how the prompt was
  /// understood (`prompt`; the lengths of its lists are limited by PromptReading).
  bool include_analysis = false;
};

/// Returns the session object of the wire contract as one line of JSON.
std::string session_json(const SessionView& view, const SessionJsonOptions& options);

/// Returns one of its segment objects. The segment must be ready.
std::string segment_json(const SessionView& view, int index, const SessionJsonOptions& options);

}  // namespace focus::core
