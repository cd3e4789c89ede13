// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "store/database.h"

namespace focus::core::store {

/// The row that a statement stands on, read by the names of its columns. A name that the statement
/// does not select reads as 0, "" or NULL, and `status` is an error from then on: check it once,
/// after the last column.
class Row {
 public:
  explicit Row(const Statement& statement) : statement_(statement) {}

  std::int64_t integer(std::string_view name) {
    const int column = find(name);
    return column < 0 ? 0 : statement_.integer(column);
  }
  double real(std::string_view name) {
    const int column = find(name);
    return column < 0 ? 0.0 : statement_.real(column);
  }
  std::string text(std::string_view name) {
    const int column = find(name);
    return column < 0 ? std::string() : statement_.text(column);
  }
  bool is_null(std::string_view name) {
    const int column = find(name);
    return column < 0 || statement_.is_null(column);
  }

  absl::Status status() const;

 private:
  int find(std::string_view name) {
    const int column = statement_.column(name);
    if (column < 0 && missing_.empty()) missing_ = name;
    return column;
  }

  const Statement& statement_;
  std::string missing_;
};

}  // namespace focus::core::store
