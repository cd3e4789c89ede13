// SPDX-License-Identifier: MIT
using absl::NotFoundError;
inline int status_of(const absl::Status& status) {
  if (absl::IsNotFound(status) || absl::IsUnavailable(status)) return 404;
  return status.code() == absl::StatusCode::kInternal ? 500 : 422;
}
inline absl::Status fine() { return internal_error("of our own"); }
