// SPDX-License-Identifier: MIT
#include <vector>

#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_engine_list : HandleBase {
  std::vector<engines::EngineInfo> engines;  // with their current prices
};

int32_t focus_engine_list_create(focus_service* service, focus_engine_list** list) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    auto made = std::make_unique<focus_engine_list>();
    const engines::EngineRegistry& registry = service->service->engines();
    for (const auto& engine : registry.list()) {
      engines::EngineInfo& info = made->engines.emplace_back(engine->info());
      info.price_micros_per_minute = registry.price_of(info.key);
    }
    *list = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_engine_list_count(const focus_engine_list* list, int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (count == nullptr) return null_argument("count");
    *count = static_cast<int32_t>(list->engines.size());
    return absl::OkStatus();
  });
}

int32_t focus_engine_list_get(const focus_engine_list* list, int32_t index,
                              focus_engine_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (index < 0 || static_cast<std::size_t>(index) >= list->engines.size()) {
      return not_found("index",
                       absl::StrCat("no engine ", index, " in a list of ", list->engines.size()));
    }
    const engines::EngineInfo& engine = list->engines[static_cast<std::size_t>(index)];
    focus_engine_info value = FOCUS_ENGINE_INFO_INIT;
    value.enabled = engine.enabled;
    value.key = engine.key.c_str();
    value.display_name = engine.display_name.c_str();
    value.description = engine.description.c_str();
    value.version = engine.version.c_str();
    value.max_duration_seconds = engine.max_duration_seconds;
    value.vocals = engine.vocals;
    value.stems = engine.stems;
    value.licence_class = static_cast<int32_t>(engine.licence_class);
    value.commercial_use = engine.commercial_use;
    value.requires_attribution = engine.requires_attribution;
    value.has_score = engine.has_score;
    value.concurrency = engine.concurrency;
    value.price_micros_per_minute = engine.price_micros_per_minute;
    return write_struct(info, value, "info");
  });
}

int32_t focus_engine_list_destroy(focus_engine_list* list) noexcept { return destroy(list); }
