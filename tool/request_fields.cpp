// SPDX-License-Identifier: MIT
#include "request_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace cli {
namespace {

const focus::RequestField& field_named(const std::string& name) {
  static const focus::RequestField none;
  const focus::RequestField* field = find_request_field(name);
  return field == nullptr ? none : *field;
}

/// The shortest figures that say it: "0.1", "86400".
std::string figure(double value) {
  std::array<char, 32> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), end.ptr};
}

}  // namespace

const focus::RequestField* find_request_field(const std::string& name) {
  static const std::vector<focus::RequestField> fields = focus::request_fields();
  const auto found =
      std::find_if(fields.begin(), fields.end(),
                   [&](const focus::RequestField& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string range_of(const std::string& field) {
  return figure(field_named(field).minimum) + " to " + figure(field_named(field).maximum);
}

bool is_in_range(const std::string& field, double value) {
  return value >= field_named(field).minimum && value <= field_named(field).maximum;
}

std::string about(const std::string& field) {
  std::string text = field_named(field).description;
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

}  // namespace cli
