// SPDX-License-Identifier: MIT
// Replaces store.cpp in a minimal build.
#include "boundary.h"

namespace {

int32_t refuse_store() noexcept {
  return focus::core::capi::guarded([] {
    return focus::core::fault_error(
        focus::core::Fault::unsupported,
        "stores in files are not in this minimal build of the library; build it without "
        "FOCUS_MINIMAL");
  });
}

}  // namespace

int32_t focus_store_check(const char*, const focus_store_options*,
                          focus_store_report** report) noexcept {
  if (report != nullptr) *report = nullptr;
  return refuse_store();
}
int32_t focus_store_repair(const char*, const focus_store_options*,
                           focus_store_report** report) noexcept {
  if (report != nullptr) *report = nullptr;
  return refuse_store();
}
int32_t focus_store_report_get_info(const focus_store_report*, focus_store_info*) noexcept {
  return refuse_store();
}
int32_t focus_store_report_get_finding(const focus_store_report*, int32_t,
                                       focus_store_finding*) noexcept {
  return refuse_store();
}
int32_t focus_store_report_destroy(focus_store_report*) noexcept { return FOCUS_OK; }
