// SPDX-License-Identifier: MIT
// Options that hold a choice or a number, refused in one line that names them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "text.h"

namespace cli {

/// The error of an option, in one line.
[[noreturn]] inline void refuse(const std::string& option, const std::string& message) {
  throw CLI::ValidationError(option, message);
}

template <typename Value, std::size_t count>
Value choose(const std::pair<std::string_view, Value> (&choices)[count], const std::string& option,
             const std::string& text) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == text) return value;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  refuse(option, "must be one of " + names + ", not \"" + text + "\"");
}

/// An option that holds a number. CLI11 would read it by the locale and take what follows it.
template <typename Store>
CLI::Option* add_whole(CLI::App& app, const std::string& option, const std::string& about,
                       Store store) {
  return app.add_option_function<std::string>(
      option,
      [option, store](const std::string& text) {
        const auto number = whole_number(text);
        using Limits = std::numeric_limits<std::int32_t>;
        if (!number || *number < Limits::min() || *number > Limits::max()) {
          refuse(option, "must be a whole number, not \"" + text + "\"");
        }
        store(static_cast<std::int32_t>(*number));
      },
      about);
}

template <typename Store>
CLI::Option* add_real(CLI::App& app, const std::string& option, const std::string& about,
                      Store store) {
  return app.add_option_function<std::string>(
      option,
      [option, store](const std::string& text) {
        const auto number = real_number(text);
        if (!number) refuse(option, "must be a number such as 0.5, not \"" + text + "\"");
        store(*number);
      },
      about);
}

}  // namespace cli
