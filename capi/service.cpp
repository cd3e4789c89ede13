// SPDX-License-Identifier: MIT
#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

absl::StatusOr<session::Storage> storage_from(std::int32_t value) {
  switch (value) {
    case FOCUS_STORAGE_TEMPORARY:
      return session::Storage::temporary;
    case FOCUS_STORAGE_FOLDER:
      return session::Storage::folder;
    case FOCUS_STORAGE_MEMORY:
      return session::Storage::memory;
    default:
      return invalid_field("storage",
                           absl::StrCat("must be one of enum focus_storage, not ", value));
  }
}

Log log_from(const focus_service_options& options) {
  if (options.log == nullptr) return {};
  return Log(
      [callback = options.log, user_data = options.log_user_data](LogLevel level,
                                                                  const std::string& message) {
        callback(user_data, static_cast<std::int32_t>(level), message.c_str());
      },
      static_cast<LogLevel>(options.log_level));
}

}  // namespace

int32_t focus_service_open(const focus_service_options* options, focus_service** service) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const focus_service_options given,
                           read_struct(options, FOCUS_SERVICE_OPTIONS_INIT, "options"));
    session::ServiceOptions chosen;
    FOCUS_ASSIGN_OR_RETURN(chosen.storage, storage_from(given.storage));
    if (given.log_level < FOCUS_LOG_DEBUG || given.log_level > FOCUS_LOG_ERROR) {
      return invalid_field(
          "log_level", absl::StrCat("must be one of enum focus_log_level, not ", given.log_level));
    }
    if (given.data_folder != nullptr && chosen.storage != session::Storage::folder) {
      return invalid_field("data_folder", "is for FOCUS_STORAGE_FOLDER alone");
    }
    chosen.data_folder = text_or_empty(given.data_folder);
    chosen.worker_count = given.worker_count;
    chosen.log = log_from(given);
    FOCUS_ASSIGN_OR_RETURN(auto opened, session::Service::open(chosen));
    auto rest = open_rest(opened);
    *service = new focus_service{{}, std::move(opened), std::move(rest)};
    return absl::OkStatus();
  });
}

int32_t focus_service_destroy(focus_service* service) noexcept { return destroy(service); }
