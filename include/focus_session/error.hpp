// SPDX-License-Identifier: MIT
//
// The errors of the C++ wrapper. Included by focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_ERROR_HPP
#define FOCUS_SESSION_ERROR_HPP

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "enums.hpp"
#include "focus_session.h"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// Why a call failed: what() is one line that names the remedy.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string field, const std::string& message, std::string path = "")
      : std::runtime_error(message),
        code_(code),
        field_(std::move(field)),
        path_(std::move(path)) {}

  ErrorCode code() const noexcept { return code_; }
  /// The field, argument or path it is about; empty when there is none.
  const std::string& field() const noexcept { return field_; }
  /// The file or folder it is about; empty when there is none. With ErrorCode::not_found it tells a
  /// missing file from a missing session.
  const std::string& path() const noexcept { return path_; }

 private:
  ErrorCode code_;
  std::string field_;
  std::string path_;
};

/// The error of the last call that failed on this thread.
inline Error last_error() {
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  return Error(static_cast<ErrorCode>(error.code), error.field != nullptr ? error.field : "",
               error.message != nullptr ? error.message : "",
               error.path != nullptr ? error.path : "");
}

/// The version of the library that is loaded, as FOCUS_VERSION_NUMBER is that of these headers.
inline std::int32_t version_number() noexcept { return focus_version_number(); }

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_ERROR_HPP
