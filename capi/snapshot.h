// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "engines/engine.h"
#include "handles.h"
#include "plan/chapters.h"

struct focus_snapshot : focus::core::capi::HandleBase {
  focus::core::session::SessionView view;
  std::vector<std::string> keys;  // of each segment, e.g. "D dorian"
  std::vector<focus::core::plan::Chapter> chapters;
  focus::core::engines::EngineInfo engine;
  std::string json;
};
