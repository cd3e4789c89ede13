// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "handles.h"

struct focus_snapshot : focus::core::capi::HandleBase {
  focus::core::session::SessionView view;
  std::vector<std::string> keys;  // of each segment, e.g. "D dorian"
  std::string json;
};
