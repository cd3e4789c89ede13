// SPDX-License-Identifier: MIT
#include <algorithm>
#include <vector>

#include <absl/strings/str_cat.h>

#include "engines/check/check.h"
#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_engine_check : HandleBase {
  std::vector<engines::CheckResult> results;
};

namespace {

focus_check_result result_from(const engines::CheckResult& result) {
  focus_check_result value = FOCUS_CHECK_RESULT_INIT;
  value.verdict = static_cast<int32_t>(result.verdict);
  value.name = result.name.c_str();
  value.detail = result.detail.c_str();
  value.seconds = result.seconds;
  return value;
}

}  // namespace

int32_t focus_engine_check_run(focus_service* service, const char* engine_key,
                               const focus_check_options* options,
                               focus_engine_check** check) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(check, "check"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const focus_check_options given,
                           read_struct(options, FOCUS_CHECK_OPTIONS_INIT, "options"));
    engines::CheckSettings settings;
    FOCUS_ASSIGN_OR_RETURN(settings.quick, flag_from(given.quick, "quick"));
    settings.seed = given.seed;
    if (given.callback != nullptr) {
      settings.take = [&given](const engines::CheckResult& result) {
        const focus_check_result told = result_from(result);
        return given.callback(given.user_data, &told) == 0;
      };
    }
    FOCUS_ASSIGN_OR_RETURN(const auto engine, service->service->engines().find(
                                                  text_or_empty(engine_key), "engine_key"));
    auto made = std::make_unique<focus_engine_check>();
    FOCUS_ASSIGN_OR_RETURN(made->results, check_engine(*engine, settings));
    *check = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_engine_check_count(const focus_engine_check* check, int32_t* count,
                                 int32_t* failed) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(check, "check"));
    if (count == nullptr) return null_argument("count");
    const auto& results = check->results;
    *count = static_cast<int32_t>(results.size());
    if (failed != nullptr) {
      *failed = static_cast<int32_t>(
          std::count_if(results.begin(), results.end(), [](const engines::CheckResult& result) {
            return result.verdict == engines::Verdict::fails;
          }));
    }
    return absl::OkStatus();
  });
}

int32_t focus_engine_check_get(const focus_engine_check* check, int32_t index,
                               focus_check_result* result) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(check, "check"));
    if (index < 0 || static_cast<std::size_t>(index) >= check->results.size()) {
      return not_found("index",
                       absl::StrCat("no result ", index, " among ", check->results.size()));
    }
    return write_struct(result, result_from(check->results[static_cast<std::size_t>(index)]),
                        "result");
  });
}

int32_t focus_engine_check_destroy(focus_engine_check* check) noexcept { return destroy(check); }
