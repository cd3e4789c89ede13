// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <iterator>
#include <system_error>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "boundary.h"

namespace focus::core::capi {
namespace {

/// Plain memory, so that a thread may end after the library was unloaded.
struct LastError {
  std::int32_t code;
  std::array<char, 512> field;
  std::array<char, 1024> path;
  std::array<char, 1024> message;
};
thread_local LastError last_error{};

template <std::size_t size>
void copy_text(std::string_view from, std::array<char, size>& to) {
  const std::string line = one_line(from, size - 1);
  std::copy_n(line.c_str(), line.size() + 1, to.data());
}

/// The code of each fault. A fault that is not in this list is a warning of the compiler: there is
/// no default.
std::int32_t result_of(Fault fault) {
  switch (fault) {
    case Fault::argument:
      return FOCUS_ERROR_INVALID_ARGUMENT;
    case Fault::not_found:
    case Fault::file_missing:  // its path tells it from the other
      return FOCUS_ERROR_NOT_FOUND;
    case Fault::not_ready:
    case Fault::conflict:
      return FOCUS_ERROR_NOT_READY;
    case Fault::io:
    case Fault::unavailable:  // of a cluster's database or storage
      return FOCUS_ERROR_IO;
    case Fault::no_space:
      return FOCUS_ERROR_NO_SPACE;
    case Fault::bad_data:
      return FOCUS_ERROR_BAD_DATA;
    case Fault::unsupported:
      return FOCUS_ERROR_UNSUPPORTED;
    case Fault::engine:
      return FOCUS_ERROR_ENGINE;
    case Fault::cancelled:
      return FOCUS_ERROR_CANCELLED;
    case Fault::memory:
      return FOCUS_ERROR_OUT_OF_MEMORY;
    case Fault::forked:
      return FOCUS_ERROR_FORKED;
    case Fault::internal:
      return FOCUS_ERROR_INTERNAL;
  }
  return FOCUS_ERROR_INTERNAL;
}

/// The codes that a host's own function may return.
struct HostCode {
  std::int32_t result;
  Fault fault;
  const char* name;
};
constexpr HostCode kHostCodes[] = {
    {FOCUS_ERROR_INVALID_ARGUMENT, Fault::argument, "INVALID_ARGUMENT"},
    {FOCUS_ERROR_NOT_FOUND, Fault::not_found, "NOT_FOUND"},
    {FOCUS_ERROR_NOT_READY, Fault::not_ready, "NOT_READY"},
    {FOCUS_ERROR_IO, Fault::io, "IO"},
    {FOCUS_ERROR_NO_SPACE, Fault::no_space, "NO_SPACE"},
    {FOCUS_ERROR_BAD_DATA, Fault::bad_data, "BAD_DATA"},
    {FOCUS_ERROR_UNSUPPORTED, Fault::unsupported, "UNSUPPORTED"},
    {FOCUS_ERROR_ENGINE, Fault::engine, "ENGINE"},
    {FOCUS_ERROR_CANCELLED, Fault::cancelled, "CANCELLED"},
    {FOCUS_ERROR_OUT_OF_MEMORY, Fault::memory, "OUT_OF_MEMORY"},
    {FOCUS_ERROR_FORKED, Fault::forked, "FORKED"},
    {FOCUS_ERROR_INTERNAL, Fault::internal, "INTERNAL"},
};

void remember(std::int32_t code, const char* message) {
  last_error.code = code;
  last_error.field[0] = '\0';
  last_error.path[0] = '\0';
  // Not copy_text, which may want memory.
  const std::size_t length = std::min(std::strlen(message), last_error.message.size() - 1);
  std::copy_n(message, length, last_error.message.data());
  last_error.message[length] = '\0';
}

}  // namespace

std::int32_t report(const absl::Status& status) noexcept {
  try {
    const std::string field = field_of(status);
    const std::string path = path_of(status);
    copy_text(field.empty() ? path : field, last_error.field);
    copy_text(path, last_error.path);
    const auto message = message_of(status);
    copy_text({message.data(), message.size()}, last_error.message);
    last_error.code = result_of(status);
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
  } catch (const std::system_error& error) {
    if (error.code().value() == EAGAIN || error.code().value() == ENOMEM) {
      remember(FOCUS_ERROR_OUT_OF_MEMORY, "the system starts no further thread; try again later");
    } else {
      remember(FOCUS_ERROR_INTERNAL, error.what());
    }
  } catch (const std::exception& error) {
    remember(FOCUS_ERROR_INTERNAL, error.what());
  } catch (...) {
    remember(FOCUS_ERROR_INTERNAL, "an unknown exception; please report it");
  }
  return last_error.code;
}

std::int32_t result_of(const absl::Status& status) {
  return status.ok() ? FOCUS_OK : result_of(fault_of(status));
}

absl::Status status_of(std::int32_t result, const char* function) {
  if (result == FOCUS_OK) return absl::OkStatus();
  const auto known = std::find_if(std::begin(kHostCodes), std::end(kHostCodes),
                                  [result](const HostCode& code) { return code.result == result; });
  if (known == std::end(kHostCodes)) {
    return engine_error(
        absl::StrCat(function, " returned ", result, ", which is neither FOCUS_OK nor an error"));
  }
  const std::string message = absl::StrCat(function, " returned FOCUS_ERROR_", known->name);
  if (result != FOCUS_ERROR_CANCELLED) return fault_error(known->fault, message);
  // Nobody asked it to stop: to the session that is a failure, not the end of its work.
  return engine_error(absl::StrCat(message, ", though its work was wanted"));
}

}  // namespace focus::core::capi

using namespace focus::core;
using namespace focus::core::capi;

int32_t focus_last_error(focus_error* error) noexcept {
  if (error == nullptr) return FOCUS_ERROR_INVALID_ARGUMENT;
  focus_error value = FOCUS_ERROR_INIT;
  value.code = last_error.code;
  value.field = last_error.field.data();
  value.message = last_error.message.data();
  value.path = last_error.path.data();
  // Not guarded(): a failure here must not replace the error that is asked for.
  return write_struct(error, value, "error").ok() ? FOCUS_OK : FOCUS_ERROR_INVALID_ARGUMENT;
}

int32_t focus_version_number(void) noexcept { return FOCUS_VERSION_NUMBER; }
