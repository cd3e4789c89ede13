// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <cstring>

#include <absl/strings/cord.h>
#include <absl/strings/str_cat.h>

namespace focus::core {
namespace {

constexpr char kFieldPayload[] = "focus/field";

const char* remedy_for(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a folder you may write to, or change its permissions";
    case ENOENT:
      return "; check the path";
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

absl::Status file_error(const std::string& path, const std::string& what, int error_number) {
  const std::string message =
      absl::StrCat(path, ": ", what, ": ", std::strerror(error_number), remedy_for(error_number));
  const bool full = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
  const absl::StatusCode code = full                     ? absl::StatusCode::kResourceExhausted
                                : error_number == ENOENT ? absl::StatusCode::kNotFound
                                : error_number == EACCES || error_number == EPERM
                                    ? absl::StatusCode::kPermissionDenied
                                    : absl::StatusCode::kUnavailable;
  return with_field(absl::Status(code, message), path);
}

}  // namespace focus::core
