// SPDX-License-Identifier: MIT
#include "rest/audio_response.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

#include "audio/format.h"

namespace focus::core::rest {
namespace {

std::string_view trimmed(std::string_view text) {
  const absl::string_view bare = absl::StripAsciiWhitespace({text.data(), text.size()});
  return {bare.data(), bare.size()};
}

/// Reads a number of bytes; nothing if it is not a number. A number that is too large becomes the
/// largest.
std::optional<std::int64_t> read_bytes(std::string_view text) {
  if (text.empty() ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? number : INT64_MAX;
}

/// Whether a list of entity tags (or "*") contains `tag`. A weak comparison treats W/"x" as "x".
bool names_tag(std::string_view list, std::string_view tag, bool weak) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view one = trimmed(list.substr(0, comma));
    if (weak && one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag || one == "*") return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

/// Reads "first-last", "first-" or "-length". Nothing if it is malformed; a length of 0 if it lies
/// outside.
std::optional<ByteRange> read_one_range(std::string_view spec, std::int64_t size) {
  const std::size_t dash = spec.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = read_bytes(spec.substr(0, dash));
  const auto last = read_bytes(spec.substr(dash + 1));
  if (dash == 0) {  // a suffix range: the last n bytes
    if (!last) return std::nullopt;
    const std::int64_t length = std::min(*last, size);
    return ByteRange{size - length, length};
  }
  const bool open = dash + 1 == spec.size();
  if (!first || (!last && !open) || (last && *last < *first)) return std::nullopt;
  if (*first >= size) return ByteRange{size, 0};
  const std::int64_t end = open ? size : std::min(*last, size - 1) + 1;
  return ByteRange{*first, end - *first};
}

/// Makes `range` both, where they touch or overlap. False where there is a gap between them.
bool join(ByteRange& range, const ByteRange& other) {
  const std::int64_t end = range.offset + range.length;
  const std::int64_t other_end = other.offset + other.length;
  if (other.offset > end || range.offset > other_end) return false;
  range.offset = std::min(range.offset, other.offset);
  range.length = std::max(end, other_end) - range.offset;
  return true;
}

}  // namespace

std::optional<ByteRange> read_range(std::string_view header, std::int64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (header.size() < kUnit.size() ||
      !absl::EqualsIgnoreCase({header.data(), kUnit.size()}, {kUnit.data(), kUnit.size()})) {
    return std::nullopt;
  }
  std::string_view list = header.substr(kUnit.size());
  std::optional<ByteRange> joined;  // of those that can be satisfied
  bool is_beyond = false;           // one of them can not
  while (true) {
    const std::size_t comma = list.find(',');
    const std::string_view spec = trimmed(list.substr(0, comma));
    if (!spec.empty()) {  // a list may have empty elements
      const auto range = read_one_range(spec, size);
      if (!range) return std::nullopt;
      if (range->length == 0) {
        is_beyond = true;
      } else if (!joined) {
        joined = range;
      } else if (!join(*joined, *range)) {
        return std::nullopt;
      }
    }
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  if (!joined && is_beyond) return ByteRange{size, 0};
  return joined;
}

std::variant<HttpResponse, ApiError> audio_response(
    const HttpRequest& request, std::shared_ptr<const store::AudioBytes> audio) {
  const std::string tag = absl::StrCat("\"", audio->identity(), "\"");
  const std::int64_t size = audio->size();
  if (const auto wanted = request.header("If-Match"); wanted && !names_tag(*wanted, tag, false)) {
    return precondition_failed();
  }
  HttpResponse response;
  response.add_header("ETag", tag);
  response.add_header("Cache-Control", "private, max-age=300");
  if (const auto known = request.header("If-None-Match"); known && names_tag(*known, tag, true)) {
    response.status = 304;
    return response;
  }
  std::optional<ByteRange> range;
  const auto condition = request.header("If-Range");
  // Ranges are defined for GET alone (RFC 9110, 14.2): HEAD tells of the whole.
  if (request.method == "GET" && (!condition || *condition == tag)) {
    range = read_range(request.header("Range").value_or(""), size);
  }
  if (range && range->length == 0) return range_not_satisfiable(size);
  if (range) {
    response.status = 206;
    response.add_header(
        "Content-Range",
        absl::StrCat("bytes ", range->offset, "-", range->offset + range->length - 1, "/", size));
  }
  response.offset = range ? range->offset : 0;
  response.length = range ? range->length : size;
  response.add_header("Accept-Ranges", "bytes");
  const std::string_view type = media_type_of(audio->format());
  response.add_header("Content-Type", std::string(type));
  response.audio = std::move(audio);
  return response;
}

}  // namespace focus::core::rest
