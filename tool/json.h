// SPDX-License-Identifier: MIT
// The few helpers that the tool's JSON output needs on top of RapidJSON.
#pragma once

#include <cmath>
#include <ostream>
#include <string>

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "text.h"

namespace cli {

class JsonWriter : public rapidjson::PrettyWriter<rapidjson::StringBuffer> {
 public:
  JsonWriter() : rapidjson::PrettyWriter<rapidjson::StringBuffer>(buffer_) { SetIndent(' ', 2); }

  /// What is not UTF-8 in a value (the name of a file may be any bytes) becomes U+FFFD.
  void text(const char* key, const std::string& value) {
    Key(key);
    const std::string valid = utf8(value);
    String(valid.c_str(), static_cast<rapidjson::SizeType>(valid.size()));
  }
  void flag(const char* key, bool value) {
    Key(key);
    Bool(value);
  }
  void whole(const char* key, std::int64_t value) {
    Key(key);
    Int64(value);
  }
  /// A measured number, to the thousandth; null where there is none (the loudness of silence).
  void number(const char* key, double value) {
    Key(key);
    if (std::isfinite(value)) {
      Double(std::round(value * 1000.0) / 1000.0);
    } else {
      Null();
    }
  }
  std::string str() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  void print(std::ostream& out) const { out << buffer_.GetString() << '\n'; }

 private:
  rapidjson::StringBuffer buffer_;
};

}  // namespace cli
