// SPDX-License-Identifier: MIT
#pragma once

#include "boundary.h"
#include "engines/host/host_sink.h"

/// Lives as long as the call of `generate` for which it was created.
struct focus_sink : focus::core::capi::HandleBase {
  explicit focus_sink(focus::core::engines::HostSink& its_sink) : sink(its_sink) {}

  focus::core::engines::HostSink& sink;
};
