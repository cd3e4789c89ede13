// SPDX-License-Identifier: MIT
#include "boundary.h"

#include <algorithm>

#include <absl/strings/str_cat.h>

namespace focus::core::capi {

absl::Status null_argument(const char* name) { return invalid_field(name, "must not be NULL"); }

absl::Status give_text(const std::string& text, char* room, std::int32_t capacity,
                       const char* name) {
  if (room == nullptr) return null_argument(name);
  const auto needed = static_cast<std::int64_t>(text.size()) + 1;
  if (capacity < needed) {
    return invalid_field("capacity", absl::StrCat("must be ", needed, " at least, not ", capacity));
  }
  std::copy_n(text.c_str(), needed, room);
  return absl::OkStatus();
}

absl::StatusOr<bool> flag_from(std::int32_t value, const char* field) {
  if (value == 0 || value == 1) return value == 1;
  return invalid_field(field, absl::StrCat("must be 0 or 1, not ", value));
}

absl::Status check_struct(const void* data, std::uint32_t size, std::size_t known,
                          const char* name) {
  constexpr std::uint32_t kSmallest = 2 * sizeof(std::uint32_t);
  constexpr std::uint32_t kLargest = 1u << 12;
  if (size < kSmallest || size > kLargest) {
    return invalid_field(absl::StrCat(name, ".struct_size"),
                         "is not set; initialise the struct with its _INIT macro");
  }
  if (size <= known) return absl::OkStatus();
  const auto* bytes = static_cast<const unsigned char*>(data);
  if (std::all_of(bytes + known, bytes + size, [](unsigned char byte) { return byte == 0; })) {
    return absl::OkStatus();
  }
  return invalid_field(absl::StrCat(name, ".struct_size"),
                       "is that of a newer header, with fields that this library does not know; "
                       "update the library or leave them 0");
}

}  // namespace focus::core::capi
