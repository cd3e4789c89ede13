// SPDX-License-Identifier: MIT
#include "audio/tags.h"

#include <algorithm>

#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kId3v1 = 128;
constexpr std::int64_t kId3v1Extension = 227;  // "TAG+", before an ID3v1 tag
constexpr std::int64_t kId3v2Header = 10;
constexpr std::int64_t kApeFooter = 32;
constexpr std::int64_t kLyricsEnd = 15;  // six digits and "LYRICS200"

std::int64_t syncsafe(const unsigned char* bytes) {
  return (bytes[0] & 127) << 21 | (bytes[1] & 127) << 14 | (bytes[2] & 127) << 7 | (bytes[3] & 127);
}

/// The beginning of the tag that ends at `end`, or `end` where none does.
std::int64_t begin_of_tag(ByteScanner& scanner, std::int64_t end) {
  if (scanner.starts_with(end - kId3v1, "TAG")) return end - kId3v1;
  if (scanner.starts_with(end - kId3v1Extension, "TAG+")) return end - kId3v1Extension;
  if (scanner.starts_with(end - kApeFooter, "APETAGEX")) {
    const auto* footer = scanner.at(end - kApeFooter, kApeFooter);
    const auto size = static_cast<std::int64_t>(little_endian(footer + 12, 4));
    const bool has_header = (footer[23] & 0x80) != 0;
    return end - size - (has_header ? kApeFooter : 0);
  }
  if (scanner.starts_with(end - 9, "LYRICS200")) {
    const auto* digits = scanner.at(end - kLyricsEnd, 6);
    std::int64_t size = 0;
    for (int i = 0; digits != nullptr && i < 6; ++i) size = 10 * size + (digits[i] - '0');
    return end - kLyricsEnd - std::clamp<std::int64_t>(size, 0, 999'999);
  }
  if (scanner.starts_with(end - kId3v2Header, "3DI")) {
    return end - 2 * kId3v2Header - syncsafe(scanner.at(end - kId3v2Header, kId3v2Header) + 6);
  }
  return end;
}

}  // namespace

std::int64_t end_of_id3v2(ByteScanner& scanner, std::int64_t position) {
  const auto* header = scanner.at(position, kId3v2Header);
  if (header == nullptr || !scanner.starts_with(position, "ID3")) return position;
  header = scanner.at(position, kId3v2Header);
  const bool has_footer = (header[5] & 0x10) != 0;
  const std::int64_t end =
      position + kId3v2Header + syncsafe(header + 6) + (has_footer ? kId3v2Header : 0);
  return end <= scanner.window().end ? end : position + kId3v2Header;
}

SourceWindow without_tags(ByteScanner& scanner) {
  SourceWindow audio = scanner.window();
  for (std::int64_t end; (end = end_of_id3v2(scanner, audio.begin)) != audio.begin;) {
    audio.begin = end;
    for (const unsigned char* byte; (byte = scanner.at(audio.begin, 1)) != nullptr && *byte == 0;) {
      ++audio.begin;
    }
  }
  for (std::int64_t begin; (begin = begin_of_tag(scanner, audio.end)) != audio.end;) {
    if (begin < audio.begin) break;
    audio.end = begin;
  }
  return audio;
}

bool is_trailing_tag(ByteScanner& scanner, std::int64_t position) {
  for (const char* const text : {"TAG", "ID3", "APETAGEX", "LYRICSBEGIN"}) {
    if (scanner.starts_with(position, text)) return true;
  }
  return false;
}

}  // namespace focus::core::audio
