// SPDX-License-Identifier: MIT
// What the fuzz targets share. Each target goes through the public C header alone, as a host does,
// and defines LLVMFuzzerTestOneInput (https://llvm.org/docs/LibFuzzer.html). It is linked either
// with libFuzzer or with replay.cpp, which runs the kept inputs and mutations of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drill/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace focus::fuzz {

using drill::check_code;
using drill::must;

/// Takes an input apart.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }
  /// Up to the next line break, which is taken too. Without zero bytes: it becomes a C string.
  std::string line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string line(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line.substr(0, line.find('\0'));
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// A service in memory whose engine is quick, with one key of the organization org_a. It lasts for
/// all inputs.
focus_service* service();
/// The key: `fsk_...`.
const std::string& access_key();

struct Answer {
  int status = 0;
  std::string body;
};
/// Answers one request. Reads bodies to their end, and streams once.
Answer ask(const std::string& method, const std::string& target,
           const std::vector<std::pair<std::string, std::string>>& headers, std::string_view body);

/// What stands between `before` and the next quote; "" where it is not there.
std::string text_after(const std::string& text, std::string_view before);

/// Writes a file of these bytes into the target's own folder and returns its path.
std::string file_of(std::string_view bytes, const std::string& name);

}  // namespace focus::fuzz
