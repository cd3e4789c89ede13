// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct pg_result;

namespace focus::core::store {

/// One parameter of a statement, as the text that PostgreSQL reads; nothing is NULL. Numbers are
/// written without the locale, and a double reads back as the same double.
class PgValue {
 public:
  PgValue(std::int64_t value) : text_(digits(value)) {}
  PgValue(int value) : text_(digits(value)) {}
  PgValue(double value) : text_(digits(value)) {}
  PgValue(bool value) : text_(value ? "t" : "f") {}
  PgValue(std::string value) : text_(std::move(value)) {}
  PgValue(const char* value) : text_(value) {}
  template <typename Value>
  PgValue(const std::optional<Value>& value) {
    if (value) text_ = PgValue(*value).text_;
  }
  /// Arrays of numbers or of texts.
  template <typename Value>
  PgValue(const std::vector<Value>& values) : text_(array_of(values)) {}

  /// Null where the value is NULL. Valid as long as this.
  const char* text() const { return text_ ? text_->c_str() : nullptr; }

 private:
  template <typename Number>
  static std::string digits(Number value) {
    char text[64];
    return {text, std::to_chars(text, text + sizeof(text), value).ptr};
  }
  template <typename Value>
  static std::string array_of(const std::vector<Value>& values) {
    std::string array = "{";
    for (const Value& value : values) {
      if (array.size() > 1) array += ',';
      array += '"';
      for (const char c : std::string(PgValue(value).text())) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
      }
      array += '"';
    }
    return array + "}";
  }

  std::optional<std::string> text_;
};

using PgValues = std::vector<PgValue>;

/// The rows that a statement has given. Copies share them.
class PgRows {
 public:
  PgRows() = default;
  /// Takes the result.
  explicit PgRows(pg_result* result);

  int count() const;
  bool empty() const { return count() == 0; }

  /// The value in a row and a column, both counted from 0; 0, "" or false where it is NULL.
  std::int64_t integer(int row, int column) const;
  int small(int row, int column) const { return static_cast<int>(integer(row, column)); }
  double real(int row, int column) const;
  bool flag(int row, int column) const { return text(row, column) == "t"; }
  std::string text(int row, int column) const;
  bool is_null(int row, int column) const;

 private:
  std::shared_ptr<pg_result> result_;
};

}  // namespace focus::core::store
