// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core {

/// Writes an audio file of one or two channels into the sink, at the brief's rate and as long as
/// the brief is; what is longer is cut. At the brief's rate the file has to be as long to the
/// frame. At another, less than one frame of its own may be missing: the last frame is then held.
absl::Status deliver_file(const std::string& path, const Brief& brief, HostSink& sink);

}  // namespace focus::core
