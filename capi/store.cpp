// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "handles.h"
#include "store/repair.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_store_report : HandleBase {
  store::StoreReport report;
};

namespace {

template <typename Look>
int32_t report_of(const char* data_folder, const focus_store_options* options,
                  focus_store_report** report, Look look) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(report, "report"));
    if (data_folder == nullptr) return null_argument("data_folder");
    if (*data_folder == '\0') return invalid_field("data_folder", "name the folder of the store");
    FOCUS_ASSIGN_OR_RETURN(const focus_store_options given,
                           read_struct(options, FOCUS_STORE_OPTIONS_INIT, "options"));
    FOCUS_ASSIGN_OR_RETURN(const bool quick, flag_from(given.quick, "quick"));
    FOCUS_ASSIGN_OR_RETURN(store::StoreReport found,
                           look(data_folder, quick ? store::Depth::quick : store::Depth::whole));
    *report = new focus_store_report{{}, std::move(found)};
    return absl::OkStatus();
  });
}

}  // namespace

int32_t focus_store_check(const char* data_folder, const focus_store_options* options,
                          focus_store_report** report) noexcept {
  return report_of(data_folder, options, report, [](const char* folder, store::Depth depth) {
    return store::check_folder(folder, depth);
  });
}

int32_t focus_store_repair(const char* data_folder, const focus_store_options* options,
                           focus_store_report** report) noexcept {
  return report_of(data_folder, options, report, [](const char* folder, store::Depth depth) {
    return store::repair_folder(folder, depth);
  });
}

int32_t focus_store_report_get_info(const focus_store_report* report,
                                    focus_store_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(report, "report"));
    const store::StoreReport& found = report->report;
    focus_store_info value = FOCUS_STORE_INFO_INIT;
    value.finding_count = static_cast<int32_t>(found.findings.size());
    value.problem_count = found.problems_left();
    value.session_count = found.sessions;
    value.segment_count = found.segments;
    value.track_count = found.tracks;
    value.audio_bytes = found.bytes;
    value.backup_folder = found.backup_folder.c_str();
    return write_struct(info, value, "info");
  });
}

int32_t focus_store_report_get_finding(const focus_store_report* report, int32_t index,
                                       focus_store_finding* finding) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(report, "report"));
    const auto& findings = report->report.findings;
    if (index < 0 || static_cast<std::size_t>(index) >= findings.size()) {
      return not_found("index",
                       absl::StrCat("no finding ", index, " in a report of ", findings.size()));
    }
    const store::Finding& found = findings[static_cast<std::size_t>(index)];
    focus_store_finding value = FOCUS_STORE_FINDING_INIT;
    value.kind = static_cast<int32_t>(found.kind);
    value.session_id = found.session_id.c_str();
    value.track_id = found.track_id.c_str();
    value.path = found.path.c_str();
    value.message = found.message.c_str();
    value.segment_index = found.segment_index;
    value.problem = found.is_problem();
    value.repaired = found.is_repaired;
    return write_struct(finding, value, "finding");
  });
}

int32_t focus_store_report_destroy(focus_store_report* report) noexcept { return destroy(report); }
