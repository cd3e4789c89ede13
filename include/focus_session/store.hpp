// SPDX-License-Identifier: MIT
//
// A data folder that may be damaged, in the C++ wrapper. Included by focus_session.hpp; a program
// includes that.
#ifndef FOCUS_SESSION_STORE_HPP
#define FOCUS_SESSION_STORE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "options.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// What was found in a data folder, and what was done about it.
class StoreReport {
 public:
  StoreReport() = default;
  /// Compares the catalogue with the files, and changes nothing; see focus_store_check.
  static StoreReport check(const std::string& data_folder, const StoreOptions& options = {}) {
    StoreReport report;
    const focus_store_options c = detail::to_c(options);
    detail::check(focus_store_check(data_folder.c_str(), &c, report.handle_.receive()));
    return report;
  }
  /// The same, and puts in order what it can; see focus_store_repair.
  static StoreReport repair(const std::string& data_folder, const StoreOptions& options = {}) {
    StoreReport report;
    const focus_store_options c = detail::to_c(options);
    detail::check(focus_store_repair(data_folder.c_str(), &c, report.handle_.receive()));
    return report;
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_store_report* get() const noexcept { return handle_.get(); }

  StoreInfo info() const {
    focus_store_info c = FOCUS_STORE_INFO_INIT;
    if (!detail::check(focus_store_report_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }
  std::vector<StoreFinding> findings() const {
    focus_store_info info = FOCUS_STORE_INFO_INIT;
    if (!detail::check(focus_store_report_get_info(get(), &info))) return {};
    std::vector<StoreFinding> found;
    for (std::int32_t index = 0; index < info.finding_count; ++index) {
      focus_store_finding c = FOCUS_STORE_FINDING_INIT;
      if (detail::check(focus_store_report_get_finding(get(), index, &c))) {
        found.push_back(detail::from_c(c));
      }
    }
    return found;
  }

 private:
  detail::Handle<focus_store_report, focus_store_report_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_STORE_HPP
