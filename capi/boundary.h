// SPDX-License-Identifier: MIT
// What every function of the C ABI uses: the exception firewall, the thread's last error, and the
// handling of structs from older and newer headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <new>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/error.h"
#include "base/process.h"
#include "base/stack.h"
#include "member_ends.h"
#include <focus_session/focus_session.h>

namespace focus::core::capi {

/// The code a host sees for an error.
std::int32_t result_of(const absl::Status& status);

/// The error that a host's `function` has returned, as one of ours. FOCUS_ERROR_CANCELLED is
/// Fault::engine, since nobody asked the function to stop; so is a number that is no error code.
absl::Status status_of(std::int32_t result, const char* function);

/// Keeps the error for focus_last_error on this thread and returns its code.
std::int32_t report(const absl::Status& status) noexcept;
/// The same for an exception that reached the boundary; call it in a handler only.
std::int32_t report_exception() noexcept;

/// Runs `body`, which returns an absl::Status, and converts any exception to an error code.
template <typename Body>
std::int32_t guarded(Body body) noexcept {
  try {
    const absl::Status status = body();
    return status.ok() ? FOCUS_OK : report(status);
  } catch (...) {
    return report_exception();
  }
}

/// The same for a body that goes into engines, files, codecs or the store: a host may call from a
/// thread with a small stack.
template <typename Body>
std::int32_t guarded_with_stack(Body body) noexcept {
  return guarded([&] { return with_enough_stack(std::ref(body)); });
}

/// The base of every handle.
struct HandleBase {
  std::uint32_t generation = fork_generation();
};

absl::Status null_argument(const char* name);

template <typename Handle>
absl::Status check_handle(const Handle* handle, const char* name) {
  if (handle == nullptr) return null_argument(name);
  if (handle->generation != fork_generation()) return forked_error();
  return absl::OkStatus();
}

/// Destroys a handle. Does nothing for NULL. In the child of a fork it returns FORKED for a handle
/// of the parent, whose threads cannot be joined there.
template <typename Handle>
std::int32_t destroy(Handle* handle) noexcept {
  return guarded([&] {
    if (handle == nullptr) return absl::OkStatus();
    FOCUS_RETURN_IF_ERROR(check_handle(handle, "handle"));
    delete handle;
    return absl::OkStatus();
  });
}

/// Sets the pointer to NULL first, so that it is NULL whenever the function fails.
template <typename Output>
absl::Status clear_output(Output** output, const char* name) {
  if (output == nullptr) return null_argument(name);
  *output = nullptr;
  return absl::OkStatus();
}

/// How much of a struct of this size is whole members that this library knows. A member in whose
/// middle the size ends is one that the host does not have: half of a pointer must not be read as
/// one.
template <typename Struct>
std::size_t whole_members(std::uint32_t size) {
  std::size_t whole = 0;
  for (const std::size_t end : MemberEnds<Struct>::kEnds) whole = end <= size ? end : whole;
  return whole;
}

/// Checks a `struct_size` against the size this library knows: the bytes beyond it must be zero.
absl::Status check_struct(const void* data, std::uint32_t size, std::size_t known,
                          const char* name);

/// Returns a copy of the caller's struct. Fields that an older header lacks, or all if it is NULL,
/// have the values of `defaults`. A reserved field must be 0: it may be given a meaning later.
template <typename Struct>
absl::StatusOr<Struct> read_struct(const Struct* in, const Struct& defaults, const char* name) {
  Struct copy = defaults;
  if (in == nullptr) return copy;
  FOCUS_RETURN_IF_ERROR(check_struct(in, in->struct_size, sizeof(Struct), name));
  std::memcpy(&copy, in, whole_members<Struct>(in->struct_size));
  if constexpr (requires { copy.reserved; }) {
    if (copy.reserved != 0) return invalid_field("reserved", "must be 0");
  }
  return copy;
}

/// Fills the caller's struct as far as its header defines it.
template <typename Struct>
absl::Status write_struct(Struct* out, Struct value, const char* name) {
  if (out == nullptr) return null_argument(name);
  FOCUS_RETURN_IF_ERROR(check_struct(out, out->struct_size, sizeof(Struct), name));
  value.struct_size = out->struct_size;
  std::memcpy(out, &value, whole_members<Struct>(out->struct_size));
  return absl::OkStatus();
}

/// Checks that a flag is 0 or 1; any other value is probably a mistake.
absl::StatusOr<bool> flag_from(std::int32_t value, const char* field);

/// Copies a text and its zero byte to the caller's buffer, completely or not at all. `name` is that
/// of the buffer's parameter.
absl::Status give_text(const std::string& text, char* room, std::int32_t capacity,
                       const char* name);

inline std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

}  // namespace focus::core::capi
