// SPDX-License-Identifier: MIT
#include "session/session_view.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::session {

std::string_view name_of(SessionStatus status) {
  switch (status) {
    case SessionStatus::active:
      return "active";
    case SessionStatus::stopped_cap:
      return "stopped_cap";
    case SessionStatus::ended:
      break;
  }
  return "ended";
}

absl::Status check_index(const plan::Plan& plan, int index) {
  const int count = plan.segment_count();
  if (index >= 0 && index < count) return absl::OkStatus();
  return not_found("index", absl::StrCat("no segment ", index, "; there are ", count));
}

}  // namespace focus::core::session
