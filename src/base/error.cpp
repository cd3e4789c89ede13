// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <cstring>

#include <absl/strings/cord.h>
#include <absl/strings/str_cat.h>

namespace focus::core {
namespace {

constexpr char kFieldPayload[] = "focus/field";

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

absl::Status invalid_field(const std::string& field, const std::string& message) {
  return with_field(absl::InvalidArgumentError(absl::StrCat(field, ": ", message)), field);
}

absl::Status with_field(absl::Status status, const std::string& field) {
  if (!status.ok() && field_of(status).empty()) {
    status.SetPayload(kFieldPayload, absl::Cord(field));
  }
  return status;
}

std::string field_of(const absl::Status& status) {
  const auto payload = status.GetPayload(kFieldPayload);
  return payload.has_value() ? std::string(*payload) : std::string();
}

// kOutOfRange has no other use here: it is the code that means FOCUS_ERROR_OUT_OF_MEMORY.
absl::Status out_of_memory(const std::string& doing) {
  return absl::OutOfRangeError(absl::StrCat("out of memory while ", doing));
}

absl::Status file_error(const std::string& path, const std::string& what, int error_number) {
  const std::string message =
      absl::StrCat(path, ": ", what, ": ", name_of_errno(error_number), remedy_for(error_number));
  const bool full = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
  const absl::StatusCode code = full                     ? absl::StatusCode::kResourceExhausted
                                : error_number == ENOENT ? absl::StatusCode::kNotFound
                                : error_number == EACCES || error_number == EPERM
                                    ? absl::StatusCode::kPermissionDenied
                                    : absl::StatusCode::kUnavailable;
  return with_field(absl::Status(code, message), path);
}

}  // namespace focus::core
