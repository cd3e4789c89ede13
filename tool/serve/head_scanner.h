// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace cli {

/// Finds the end of a request's head in what comes bit by bit, looking at each byte once.
class HeadScanner {
 public:
  /// Returns where the first empty line of `in` ends; 0 as long as there is none. Empty lines
  /// before a request are removed. `in` may have grown since the last call, and must else be as it
  /// was.
  std::size_t find_end(std::string& in) {
    if (scanned_ == 0) in.erase(0, std::min(in.find_first_not_of("\r\n"), in.size()));
    for (;;) {
      const std::size_t newline = in.find('\n', scanned_);
      const std::size_t next = newline + 1;
      scanned_ = std::min(newline, in.size());
      if (newline == in.npos || next == in.size()) return 0;
      if (in[next] == '\n') return next + 1;
      if (in[next] == '\r') {
        if (next + 1 == in.size()) return 0;
        if (in[next + 1] == '\n') return next + 2;
      }
      scanned_ = next;
    }
  }
  /// How far the head reaches at least.
  std::size_t scanned() const { return scanned_; }
  /// The next request begins with the next call.
  void restart() { scanned_ = 0; }

 private:
  std::size_t scanned_ = 0;
};

}  // namespace cli
