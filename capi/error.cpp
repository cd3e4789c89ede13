// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <exception>
#include <iterator>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "boundary.h"

namespace focus::core {
namespace {

/// Plain memory, so that a thread may end after the library was unloaded.
struct LastError {
  std::int32_t code;
  std::array<char, 512> field;
  std::array<char, 1024> message;
};
thread_local LastError last_error{};

template <std::size_t size>
void copy_text(std::string_view from, std::array<char, size>& to) {
  const std::string line = one_line(from, size - 1);
  std::copy_n(line.c_str(), line.size() + 1, to.data());
}

/// Errors and what they are inside the library; of two with one code the first counts.
struct ErrorName {
  std::int32_t result;
  absl::StatusCode code;
  const char* name;
};
constexpr ErrorName kErrors[] = {
    {FOCUS_ERROR_INVALID_ARGUMENT, absl::StatusCode::kInvalidArgument, "INVALID_ARGUMENT"},
    {FOCUS_ERROR_NOT_FOUND, absl::StatusCode::kNotFound, "NOT_FOUND"},
    {FOCUS_ERROR_NOT_READY, absl::StatusCode::kFailedPrecondition, "NOT_READY"},
    {FOCUS_ERROR_IO, absl::StatusCode::kUnavailable, "IO"},
    {FOCUS_ERROR_NO_SPACE, absl::StatusCode::kResourceExhausted, "NO_SPACE"},
    {FOCUS_ERROR_BAD_DATA, absl::StatusCode::kDataLoss, "BAD_DATA"},
    {FOCUS_ERROR_UNSUPPORTED, absl::StatusCode::kUnimplemented, "UNSUPPORTED"},
    {FOCUS_ERROR_ENGINE, absl::StatusCode::kUnknown, "ENGINE"},
    {FOCUS_ERROR_CANCELLED, absl::StatusCode::kUnknown, "CANCELLED, though its work was wanted"},
    {FOCUS_ERROR_OUT_OF_MEMORY, absl::StatusCode::kOutOfRange, "OUT_OF_MEMORY"},
    {FOCUS_ERROR_FORKED, absl::StatusCode::kAborted, "FORKED"},
    {FOCUS_ERROR_INTERNAL, absl::StatusCode::kInternal, "INTERNAL"},
};

std::int32_t result_of(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return FOCUS_OK;
    case absl::StatusCode::kPermissionDenied:
      return FOCUS_ERROR_IO;
    case absl::StatusCode::kDeadlineExceeded:
      return FOCUS_ERROR_ENGINE;
    case absl::StatusCode::kCancelled:
      return FOCUS_ERROR_CANCELLED;
    default:
      break;
  }
  const auto known = std::find_if(std::begin(kErrors), std::end(kErrors),
                                  [code](const ErrorName& error) { return error.code == code; });
  return known != std::end(kErrors) ? known->result : FOCUS_ERROR_INTERNAL;
}

void remember(std::int32_t code, const char* message) {
  last_error.code = code;
  last_error.field[0] = '\0';
  // Not copy_text, which may want memory.
  const std::size_t length = std::min(std::strlen(message), last_error.message.size() - 1);
  std::copy_n(message, length, last_error.message.data());
  last_error.message[length] = '\0';
}

}  // namespace

std::int32_t report(const absl::Status& status) noexcept {
  try {
    const std::string field = field_of(status);
    copy_text(field, last_error.field);
    copy_text({status.message().data(), status.message().size()}, last_error.message);
    last_error.code = result_of(status.code());
    return last_error.code;
  } catch (...) {
    return report_exception();
  }
}

std::int32_t report_exception() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    remember(FOCUS_ERROR_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception& error) {
    remember(FOCUS_ERROR_INTERNAL, error.what());
  } catch (...) {
    remember(FOCUS_ERROR_INTERNAL, "an unknown exception; please report it");
  }
  return last_error.code;
}

std::int32_t result_of(const absl::Status& status) { return result_of(status.code()); }

absl::Status status_of(std::int32_t result, const char* function) {
  if (result == FOCUS_OK) return absl::OkStatus();
  const auto known =
      std::find_if(std::begin(kErrors), std::end(kErrors),
                   [result](const ErrorName& error) { return error.result == result; });
  if (known == std::end(kErrors)) {
    return absl::UnknownError(
        absl::StrCat(function, " returned ", result, ", which is neither FOCUS_OK nor an error"));
  }
  return absl::Status(known->code, absl::StrCat(function, " returned FOCUS_ERROR_", known->name));
}

}  // namespace focus::core

using namespace focus::core;

int32_t focus_last_error(focus_error* error) noexcept {
  if (error == nullptr) return FOCUS_ERROR_INVALID_ARGUMENT;
  focus_error value = FOCUS_ERROR_INIT;
  value.code = last_error.code;
  value.field = last_error.field.data();
  value.message = last_error.message.data();
  // Not guarded(): a failure here must not replace the error that is asked for.
  return write_struct(error, value, "error").ok() ? FOCUS_OK : FOCUS_ERROR_INVALID_ARGUMENT;
}

int32_t focus_version_number(void) noexcept { return FOCUS_VERSION_NUMBER; }
