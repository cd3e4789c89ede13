// SPDX-License-Identifier: MIT
// Errors inside the library are absl::Status; what the C ABI adds to a code and a message, the name
// of the field that is wrong, travels as a payload.
#pragma once

#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core {

/// A request or option field holds something it may not. `message` says what is allowed.
absl::Status invalid_field(const std::string& field, const std::string& message);

/// The same error, naming `field` (a path counts as one). Keeps a field that is already named.
absl::Status with_field(absl::Status status, const std::string& field);

/// The field the error is about, or "" when it is about none.
std::string field_of(const absl::Status& status);

/// There is not enough memory for what `doing` names ("making a segment").
absl::Status out_of_memory(const std::string& doing);

/// A file operation on `path` failed with `error_number` (an errno): says what was tried, why it
/// failed and, where one is known, the remedy. A full disk is kResourceExhausted.
absl::Status file_error(const std::string& path, const std::string& what, int error_number);

}  // namespace focus::core

/// Returns from the enclosing function when `expression` is an error.
#define FOCUS_RETURN_IF_ERROR(expression)                                 \
  do {                                                                    \
    if (absl::Status focus_status_ = (expression); !focus_status_.ok()) { \
      return focus_status_;                                               \
    }                                                                     \
  } while (false)

#define FOCUS_CONCAT_INNER_(a, b) a##b
#define FOCUS_CONCAT_(a, b) FOCUS_CONCAT_INNER_(a, b)
#define FOCUS_ASSIGN_OR_RETURN_IMPL_(result, target, expression) \
  auto result = (expression);                                    \
  if (!result.ok()) return std::move(result).status();           \
  target = std::move(result).value()

/// `FOCUS_ASSIGN_OR_RETURN(auto file, open(path));` binds the value or returns the error.
#define FOCUS_ASSIGN_OR_RETURN(target, expression) \
  FOCUS_ASSIGN_OR_RETURN_IMPL_(FOCUS_CONCAT_(focus_result_, __LINE__), target, expression)
