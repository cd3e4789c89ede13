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
    case FOCUS_STORAGE_CLUSTER:
      return session::Storage::cluster;
    default:
      return invalid_field("storage",
                           absl::StrCat("must be one of enum focus_storage, not ", value));
  }
}

/// What only a cluster has. The error names what is given for another storage.
absl::StatusOr<store::ClusterOptions> cluster_from(const focus_service_options& options,
                                                   bool is_cluster) {
  store::ClusterOptions cluster;
  const struct {
    const char* field;
    const char* given;
    std::string store::ClusterOptions::*member;
  } texts[] = {{"database_url", options.database_url, &store::ClusterOptions::database_url},
               {"objects_url", options.objects_url, &store::ClusterOptions::objects_url},
               {"objects_bucket", options.objects_bucket, &store::ClusterOptions::objects_bucket},
               {"objects_region", options.objects_region, &store::ClusterOptions::objects_region},
               {"objects_key", options.objects_key, &store::ClusterOptions::objects_key},
               {"objects_secret", options.objects_secret, &store::ClusterOptions::objects_secret},
               {"cache_folder", options.cache_folder, &store::ClusterOptions::cache_folder}};
  for (const auto& text : texts) {
    if (text.given != nullptr && !is_cluster) {
      return invalid_field(text.field, "is for FOCUS_STORAGE_CLUSTER alone");
    }
    cluster.*text.member = text_or_empty(text.given);
  }
  return cluster;
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
    const bool is_cluster = chosen.storage == session::Storage::cluster;
    FOCUS_ASSIGN_OR_RETURN(chosen.cluster, cluster_from(given, is_cluster));
    if (given.node != nullptr && !is_cluster) {
      return invalid_field("node", "is for FOCUS_STORAGE_CLUSTER alone");
    }
    chosen.node = text_or_empty(given.node);
    chosen.worker_count = given.worker_count;
    chosen.log = log_from(given);
    FOCUS_ASSIGN_OR_RETURN(auto opened, session::Service::open(chosen));
    auto rest = open_rest(opened);
    *service = new focus_service{{}, std::move(opened), std::move(rest)};
    return absl::OkStatus();
  });
}

int32_t focus_service_destroy(focus_service* service) noexcept { return destroy(service); }
