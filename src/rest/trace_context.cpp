// SPDX-License-Identifier: MIT
#include "rest/trace_context.h"

#include <algorithm>

namespace focus::core::rest {
namespace {

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::string_view("0123456789abcdef").find(c) != std::string_view::npos;
  });
}

bool is_zero(std::string_view text) { return text.find_first_not_of('0') == text.npos; }

}  // namespace

std::optional<std::string_view> trace_id_of(const HttpRequest& request) {
  // VERSION-TRACE-PARENT-FLAGS; a version that is to come may have more behind that.
  constexpr std::size_t kLength = 55;
  const std::string_view text = request.header("traceparent").value_or("");
  if (text.size() < kLength || (text.size() > kLength && text[kLength] != '-')) return std::nullopt;
  const std::string_view version = text.substr(0, 2);
  const std::string_view trace = text.substr(3, 32);
  const std::string_view parent = text.substr(36, 16);
  const std::string_view flags = text.substr(53, 2);
  const bool has_shape = text[2] == '-' && text[35] == '-' && text[52] == '-' && is_hex(version) &&
                         is_hex(trace) && is_hex(parent) && is_hex(flags);
  if (!has_shape || version == "ff" || is_zero(trace) || is_zero(parent)) return std::nullopt;
  if (version == "00" && text.size() != kLength) return std::nullopt;
  return trace;
}

}  // namespace focus::core::rest
