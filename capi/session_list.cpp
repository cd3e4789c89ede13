// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_session_list : HandleBase {
  std::vector<std::string> ids;
};

int32_t focus_session_list_create(focus_service* service, focus_session_list** list) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(auto ids, service->service->store().sessions().ids());
    *list = new focus_session_list{{}, std::move(ids)};
    return absl::OkStatus();
  });
}

int32_t focus_session_list_count(const focus_session_list* list, int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (count == nullptr) return null_argument("count");
    *count = static_cast<int32_t>(list->ids.size());
    return absl::OkStatus();
  });
}

int32_t focus_session_list_get(const focus_session_list* list, int32_t index,
                               const char** session_id) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(session_id, "session_id"));
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (index < 0 || static_cast<std::size_t>(index) >= list->ids.size()) {
      return not_found("index",
                       absl::StrCat("no session ", index, " in a list of ", list->ids.size()));
    }
    *session_id = list->ids[static_cast<std::size_t>(index)].c_str();
    return absl::OkStatus();
  });
}

int32_t focus_session_list_destroy(focus_session_list* list) noexcept { return destroy(list); }
