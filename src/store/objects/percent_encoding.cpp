// SPDX-License-Identifier: MIT
#include "store/objects/percent_encoding.h"

#include <absl/strings/ascii.h>

#include "base/hex.h"

namespace focus::core::store {
namespace {

bool is_unreserved(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

}  // namespace

std::string percent_encode(std::string_view text, Slash slash) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c) || (c == '/' && slash == Slash::kept)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 0x0F];
  }
  return encoded;
}

std::string percent_decode(std::string_view encoded) {
  std::string text;
  text.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    unsigned char byte = 0;
    if (encoded[at] == '%' && at + 2 < encoded.size() &&
        bytes_of_hex(encoded.substr(at + 1, 2), &byte, 1)) {
      text += static_cast<char>(byte);
      at += 2;
    } else {
      text += encoded[at];
    }
  }
  return text;
}

}  // namespace focus::core::store
