// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// Writes an audio file of one or two channels into the sink, at the sample rate of the brief. A
/// file that is longer than the brief is cut. A file at the brief's rate must not be shorter. At
/// another rate it may lack less than one of its own frames; the last frame is then repeated.
absl::Status deliver_file(const std::string& path, const plan::Brief& brief, HostSink& sink);

}  // namespace focus::core::engines
