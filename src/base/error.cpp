// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cassert>
#include <cerrno>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

#include <absl/strings/cord.h>
#include <absl/strings/str_cat.h>

namespace focus::core {
namespace {

constexpr char kFaultPayload[] = "focus/fault";
constexpr char kFieldPayload[] = "focus/field";
constexpr char kPathPayload[] = "focus/path";

/// For printed statuses only. Nothing may depend on it, but that it is not kOk.
absl::StatusCode nearest_code(Fault fault) {
  switch (fault) {
    case Fault::argument:
      return absl::StatusCode::kInvalidArgument;
    case Fault::not_found:
    case Fault::file_missing:
      return absl::StatusCode::kNotFound;
    case Fault::not_ready:
    case Fault::forked:
      return absl::StatusCode::kFailedPrecondition;
    case Fault::conflict:
      return absl::StatusCode::kAborted;
    case Fault::io:
    case Fault::unavailable:
      return absl::StatusCode::kUnavailable;
    case Fault::no_space:
    case Fault::memory:
      return absl::StatusCode::kResourceExhausted;
    case Fault::bad_data:
      return absl::StatusCode::kDataLoss;
    case Fault::unsupported:
      return absl::StatusCode::kUnimplemented;
    case Fault::engine:
      return absl::StatusCode::kUnknown;
    case Fault::cancelled:
      return absl::StatusCode::kCancelled;
    case Fault::internal:
      return absl::StatusCode::kInternal;
  }
  return absl::StatusCode::kInternal;
}

/// An error of Fault::memory that takes no memory itself: a code without message and payload. No
/// other error of ours looks so.
absl::Status bare_out_of_memory() noexcept {
  return absl::Status(absl::StatusCode::kResourceExhausted, "");
}
bool is_bare_out_of_memory(const absl::Status& status) {
  return status.code() == absl::StatusCode::kResourceExhausted && status.message().empty();
}

std::string payload_of(const absl::Status& status, const char* type) {
  const auto payload = status.GetPayload(type);
  return payload.has_value() ? std::string(*payload) : std::string();
}

/// Keeps a payload that is there already. An empty `text` adds none.
absl::Status with_payload(absl::Status status, const char* type, const std::string& text) {
  const bool adds = !status.ok() && !text.empty() && payload_of(status, type).empty();
  if (adds) status.SetPayload(type, absl::Cord(text));
  return status;
}

/// As std::thread reports it: the system's limit of threads is reached.
absl::Status no_thread(std::string_view doing) {
  return fault_error(Fault::memory, absl::StrCat("the system starts no further thread for ",
                                                 std::string(doing), "; try again later"));
}

Fault fault_of_errno(int error_number) {
  switch (error_number) {
    case ENOENT:
      return Fault::file_missing;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Fault::no_space;
    case ENOMEM:
      return Fault::memory;
    default:
      return Fault::io;
  }
}

/// In English, whatever the host's locale.
std::string name_of_errno(int error_number) {
#ifdef __GLIBC__
  if (const char* text = ::strerrordesc_np(error_number)) return text;
#endif
  return absl::StrCat("error ", error_number);
}

const char* remedy_for(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a folder you may write to, or change its permissions";
    case ENOENT:
      return "; check the path";
    case EEXIST:
    case ENOTDIR:
      return "; choose a path that does not lead through a file";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "; free some space or choose another folder";
    default:
      return "";
  }
}

}  // namespace

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::argument:
      return "argument";
    case Fault::not_found:
      return "not_found";
    case Fault::file_missing:
      return "file_missing";
    case Fault::not_ready:
      return "not_ready";
    case Fault::conflict:
      return "conflict";
    case Fault::io:
      return "io";
    case Fault::no_space:
      return "no_space";
    case Fault::unavailable:
      return "unavailable";
    case Fault::bad_data:
      return "bad_data";
    case Fault::unsupported:
      return "unsupported";
    case Fault::engine:
      return "engine";
    case Fault::cancelled:
      return "cancelled";
    case Fault::memory:
      return "memory";
    case Fault::forked:
      return "forked";
    case Fault::internal:
      return "internal";
  }
  return "internal";
}

absl::string_view message_of(const absl::Status& status) {
  if (!status.message().empty()) return status.message();
  if (status.ok()) return "";
  return is_bare_out_of_memory(status) ? "out of memory" : "an error without a message";
}

Fault fault_of(const absl::Status& status) {
  assert(!status.ok());
  if (is_bare_out_of_memory(status)) return Fault::memory;
  const std::string name = payload_of(status, kFaultPayload);
  for (int number = 0; number < static_cast<int>(Fault::internal); ++number) {
    const auto fault = static_cast<Fault>(number);
    if (name == name_of(fault)) return fault;
  }
  return Fault::internal;
}

bool has_fault(const absl::Status& status, Fault fault) {
  return !status.ok() && fault_of(status) == fault;
}

std::string field_of(const absl::Status& status) { return payload_of(status, kFieldPayload); }

std::string path_of(const absl::Status& status) { return payload_of(status, kPathPayload); }

absl::Status with_field(absl::Status status, const std::string& field) {
  return with_payload(std::move(status), kFieldPayload, field);
}

absl::Status with_path(absl::Status status, const std::string& path) {
  return with_payload(std::move(status), kPathPayload, path);
}

absl::Status with_message(const absl::Status& status, const std::string& message) {
  if (status.ok()) return status;
  absl::Status other = with_field(fault_error(fault_of(status), message), field_of(status));
  return with_path(std::move(other), path_of(status));
}

absl::Status fault_error(Fault fault, const std::string& message) {
  absl::Status status(nearest_code(fault), message);
  status.SetPayload(kFaultPayload, absl::Cord(std::string(name_of(fault))));
  return status;
}

absl::Status engine_error(const std::string& message) {
  return fault_error(Fault::engine, message);
}

absl::Status internal_error(const std::string& message) {
  return fault_error(Fault::internal, message);
}

absl::Status unavailable(const std::string& message) {
  return fault_error(Fault::unavailable, message);
}

absl::Status out_of_memory(std::string_view doing) noexcept {
  try {
    return fault_error(Fault::memory, absl::StrCat("out of memory while ", std::string(doing)));
  } catch (...) {
    return bare_out_of_memory();
  }
}

absl::Status error_of_exception(std::string_view doing) noexcept {
  try {
    try {
      throw;
    } catch (const std::bad_alloc&) {
      return out_of_memory(doing);
    } catch (const std::system_error& error) {
      const int number = error.code().value();
      if (number == ENOMEM) return out_of_memory(doing);
      if (number == EAGAIN) return no_thread(doing);
      return internal_error(absl::StrCat("while ", std::string(doing), ": ", error.what()));
    } catch (const std::exception& error) {
      return internal_error(absl::StrCat("while ", std::string(doing), ": ", error.what()));
    } catch (...) {
      return internal_error(absl::StrCat("while ", std::string(doing), ": an unknown exception"));
    }
  } catch (...) {  // the message could not be made
    return bare_out_of_memory();
  }
}

absl::Status forked_error() {
  return fault_error(
      Fault::forked,
      "this handle was made before fork(); open a service of its own in the child process");
}

absl::Status field_error(Fault fault, const std::string& field, const std::string& message) {
  return with_field(fault_error(fault, absl::StrCat(field, ": ", message)), field);
}

absl::Status invalid_field(const std::string& field, const std::string& message) {
  return field_error(Fault::argument, field, message);
}

absl::Status not_found(const std::string& field, const std::string& message) {
  return field_error(Fault::not_found, field, message);
}

absl::Status not_ready(const std::string& field, const std::string& message) {
  return field_error(Fault::not_ready, field, message);
}

absl::Status conflict(const std::string& field, const std::string& message) {
  return field_error(Fault::conflict, field, message);
}

absl::Status path_error(Fault fault, const std::string& path, const std::string& message) {
  return with_path(fault_error(fault, absl::StrCat(path, ": ", message)), path);
}

absl::Status io_error(const std::string& path, const std::string& message) {
  return path_error(Fault::io, path, message);
}

absl::Status no_space(const std::string& path, const std::string& message) {
  return path_error(Fault::no_space, path, message);
}

absl::Status damaged(const std::string& path, const std::string& message) {
  return path_error(Fault::bad_data, path, message);
}

absl::Status file_error(const std::string& path, const std::string& what, int error_number) {
  return path_error(
      fault_of_errno(error_number), path,
      absl::StrCat(what, ": ", name_of_errno(error_number), remedy_for(error_number)));
}

}  // namespace focus::core
