// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "plan/brief.h"
#include <focus_session/focus_session.h>

namespace focus::core::capi {

/// A brief for the host, with the strings and samples that it points to.
class HostBrief {
 public:
  HostBrief(const plan::Brief& brief, int attempt);
  HostBrief(const HostBrief&) = delete;
  HostBrief& operator=(const HostBrief&) = delete;

  const focus_brief* get() const { return &value_; }

 private:
  const std::string session_id_;
  const std::string prompt_;
  const std::string key_;
  const std::string key_before_;
  const std::string key_after_;
  std::vector<float> previous_;  // interleaved
  focus_brief value_{};
};

}  // namespace focus::core::capi
