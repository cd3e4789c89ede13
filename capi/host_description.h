// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

#include "engines/engine.h"
#include "engines/host/host_terms.h"
#include <focus_session/focus_session.h>

namespace focus::core::capi {

/// The host's description of its engine, checked and with the defaults filled in.
struct HostDescription {
  engines::EngineInfo info;
  engines::HostTerms terms;
};

/// The error names the field. `default_key` is used if the description has no key.
absl::StatusOr<HostDescription> read_description(const focus_engine_description* description,
                                                 const char* default_key = "");

}  // namespace focus::core::capi
