// SPDX-License-Identifier: MIT
// The writer for JSON responses: RapidJSON with our format for numbers and names.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "base/checked_memory.h"
#include "base/clock.h"

namespace focus::core::rest {

using JsonBuffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, CheckedMemory>;
using JsonWriter =
    rapidjson::Writer<JsonBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, CheckedMemory>;

/// Builds one line of JSON.
class JsonText {
 public:
  JsonText() : writer_(buffer_) { writer_.SetMaxDecimalPlaces(kDecimals); }

  JsonWriter& writer() { return writer_; }
  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  /// Three decimals: audio measurements are not more precise.
  static constexpr int kDecimals = 3;

  JsonBuffer buffer_;
  JsonWriter writer_;
};

inline void write_text(JsonWriter& json, std::string_view text) {
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void write_key(JsonWriter& json, std::string_view key) {
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}
inline void write(JsonWriter& json, std::string_view key, std::string_view value) {
  write_key(json, key);
  write_text(json, value);
}
inline void write(JsonWriter& json, std::string_view key, const char* value) {
  write(json, key, std::string_view(value));
}
inline void write(JsonWriter& json, std::string_view key, int value) {
  write_key(json, key);
  json.Int(value);
}
inline void write(JsonWriter& json, std::string_view key, bool value) {
  write_key(json, key);
  json.Bool(value);
}
/// Writes null if the value is not finite (the loudness of silence).
inline void write(JsonWriter& json, std::string_view key, double value) {
  write_key(json, key);
  if (std::isfinite(value)) {
    json.Double(std::round(value * 1000.0) / 1000.0);
  } else {
    json.Null();
  }
}
/// Writes a time in RFC 3339, or null.
inline void write_time(JsonWriter& json, std::string_view key,
                       const std::optional<std::int64_t>& unix_seconds) {
  write_key(json, key);
  if (unix_seconds) {
    write_text(json, format_utc(*unix_seconds));
  } else {
    json.Null();
  }
}

}  // namespace focus::core::rest
