// SPDX-License-Identifier: MIT
#include "engines/library/detail_bytes.h"

#include <cstring>
#include <type_traits>

#include "base/error.h"

namespace focus::core::engines {
namespace {

constexpr std::string_view kMark = "FSD1";

template <typename Value>
void put(std::string& to, const Value& value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  to.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename Value>
void put_all(std::string& to, const std::vector<Value>& values) {
  static_assert(std::is_trivially_copyable_v<Value>);
  put(to, static_cast<std::uint64_t>(values.size()));
  to.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
}

template <typename Value>
bool take_all(std::string_view& from, std::vector<Value>& values) {
  std::uint64_t count = 0;
  if (from.size() < sizeof(count)) return false;
  std::memcpy(&count, from.data(), sizeof(count));
  from.remove_prefix(sizeof(count));
  if (count > from.size() / sizeof(Value)) return false;
  values.resize(static_cast<std::size_t>(count));
  if (count == 0) return true;
  std::memcpy(values.data(), from.data(), values.size() * sizeof(Value));
  from.remove_prefix(values.size() * sizeof(Value));
  return true;
}

}  // namespace

std::string bytes_of(const TrackDetail& detail) {
  std::string bytes(kMark);
  put_all(bytes, detail.levels);
  put_all(bytes, detail.tempi);
  put_all(bytes, detail.phrase_ends);
  return bytes;
}

absl::StatusOr<TrackDetail> detail_of(std::string_view bytes) {
  TrackDetail detail;
  const bool is_marked = bytes.substr(0, kMark.size()) == kMark;
  if (is_marked) bytes.remove_prefix(kMark.size());
  if (!is_marked || !take_all(bytes, detail.levels) || !take_all(bytes, detail.tempi) ||
      !take_all(bytes, detail.phrase_ends) || !bytes.empty()) {
    return fault_error(Fault::bad_data, "the catalogue's figures of a track are damaged");
  }
  return detail;
}

}  // namespace focus::core::engines
