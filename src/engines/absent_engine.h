// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "engines/engine.h"

namespace focus::core::engines {

/// Replaces an engine that a session was started with and that is not registered any more. Segments
/// that it has played remain; missing ones are made by the fallback engine.
class AbsentEngine final : public MusicEngine {
 public:
  explicit AbsentEngine(std::string key) {
    info_.key = std::move(key);
    info_.enabled = false;
  }

  const EngineInfo& info() const override { return info_; }
  absl::Status generate(const plan::Brief& /*brief*/, SegmentSink& /*sink*/) const override {
    return fault_error(Fault::not_found,
                       absl::StrCat("there is no engine '", info_.key, "' any more"));
  }

 private:
  EngineInfo info_;
};

}  // namespace focus::core::engines
