// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace focus::core::broadcast {

/// Titles between the bytes of a stream, as Internet radio has them since SHOUTcast: after every
/// kInterval bytes of audio a byte that tells the length in units of 16, and as many bytes of text.
class IcyTitles {
 public:
  static constexpr std::size_t kInterval = 16'000;

  /// Appends `audio` to `out`, with `title` wherever a title is due. An unchanged title is sent as
  /// none.
  void pass(std::string_view audio, std::string_view title, std::string& out);

 private:
  std::size_t passed_ = 0;  // of the interval
  std::string told_;
};

}  // namespace focus::core::broadcast
