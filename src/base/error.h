// SPDX-License-Identifier: MIT
// An error inside the library is an absl::Status that carries a fault of our own, and, where there
// is one, the field of a request or the path of a file that it is about. Errors are made here
// alone: the code of the absl::Status itself says nothing, and nobody reads it.
#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/strings/string_view.h>

namespace focus::core {

/// What went wrong. The C ABI and the wire contract each map every fault to a code of theirs.
enum class Fault {
  argument,      ///< an argument or a field holds a value that is not allowed
  not_found,     ///< no such session, segment, engine, track or entry
  file_missing,  ///< no such file or folder
  not_ready,     ///< planned, but not made yet
  conflict,      ///< something else changes it at the same time; the caller may try again
  io,            ///< a file could not be read or written
  no_space,      ///< the disk is full
  unavailable,   ///< a database or storage of other machines does not answer; try again later
  bad_data,      ///< a damaged store, or a file that is not audio
  unsupported,   ///< a valid call that this build, system or engine can not serve
  engine,        ///< a music engine failed
  cancelled,     ///< the work was stopped before it was done
  memory,        ///< not enough memory
  forked,        ///< the handle was made before fork(), in the parent process
  internal,      ///< a defect of the library; stays the last
};

/// A stable name for logs, such as "file_missing".
std::string_view name_of(Fault fault);

/// The message of an error. Unlike status.message() it is never empty: an error that was made while
/// there was no memory at all carries none. Valid as long as `status`.
absl::string_view message_of(const absl::Status& status);

/// The fault of an error. An error that other code made, without a fault, is internal. Must not be
/// called with an OK status, which has none.
Fault fault_of(const absl::Status& status);

/// Whether `status` is an error with this fault; false for an OK status.
bool has_fault(const absl::Status& status, Fault fault);
inline bool is_cancelled(const absl::Status& status) { return has_fault(status, Fault::cancelled); }
inline bool is_not_found(const absl::Status& status) { return has_fault(status, Fault::not_found); }

/// The field the error is about, or "" when it is about none.
std::string field_of(const absl::Status& status);
/// The path of the file or folder the error is about, or "" when it is about none. The message of
/// an error with a path may name the path: neither may reach a client of the HTTP interface.
std::string path_of(const absl::Status& status);

/// The same error, naming the field or the path. Keeps one that is named already; "" names none.
absl::Status with_field(absl::Status status, const std::string& field);
absl::Status with_path(absl::Status status, const std::string& path);

/// The same fault, field and path with another message. An OK status stays OK.
absl::Status with_message(const absl::Status& status, const std::string& message);

/// An error that is about no field and no file.
absl::Status fault_error(Fault fault, const std::string& message);
absl::Status engine_error(const std::string& message);
absl::Status internal_error(const std::string& message);
/// A server that the library needs does not answer, or answers that it can not now. The message
/// holds no address and no secret.
absl::Status unavailable(const std::string& message);
/// There is not enough memory for what `doing` names ("making a segment"). Never throws: where
/// there is no memory for the message either, the error has none (see message_of()).
absl::Status out_of_memory(std::string_view doing) noexcept;
/// The exception that is being handled, as an error; call it in a handler only. Lack of memory and
/// of threads is Fault::memory, anything else a defect. Never throws.
absl::Status error_of_exception(std::string_view doing) noexcept;
/// A handle is used that was made before fork().
absl::Status forked_error();

/// Errors about a field. Their messages are "FIELD: MESSAGE".
absl::Status field_error(Fault fault, const std::string& field, const std::string& message);
/// The field holds a value that is not allowed; `message` says what is.
absl::Status invalid_field(const std::string& field, const std::string& message);
absl::Status not_found(const std::string& field, const std::string& message);
absl::Status not_ready(const std::string& field, const std::string& message);
absl::Status conflict(const std::string& field, const std::string& message);

/// Errors about a file or folder. Their messages are "PATH: MESSAGE".
absl::Status path_error(Fault fault, const std::string& path, const std::string& message);
absl::Status io_error(const std::string& path, const std::string& message);
absl::Status no_space(const std::string& path, const std::string& message);
absl::Status damaged(const std::string& path, const std::string& message);
/// An operation on `path` failed with `error_number` (an errno). The message says what was tried,
/// why it failed and, where one is known, the remedy. The fault is file_missing, no_space, memory,
/// or io for everything else.
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
