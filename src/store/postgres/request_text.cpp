// SPDX-License-Identifier: MIT
#include "store/postgres/request_text.h"

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "base/error.h"
#include "plan/request_fields.h"

namespace focus::core::store {
namespace {

template <typename Value>
concept NamedWord = std::same_as<Value, plan::Goal> || std::same_as<Value, plan::Intensity> ||
    std::same_as<Value, audio::AudioFormat>;
template <typename Value>
concept Number =
    std::same_as<Value, int> || std::same_as<Value, double> || std::same_as<Value, std::uint64_t>;

// ---- Each kind of value as a text; nothing where it is absent

template <Number Value>
std::optional<std::string> word_of(Value value) {
  char text[64];
  return std::string(text, std::to_chars(text, text + sizeof(text), value).ptr);
}
std::optional<std::string> word_of(const std::string& value) {
  std::string line;
  for (const char c : value) {
    if (c == '\\' || c == '\n') line += '\\';
    line += c == '\n' ? 'n' : c;
  }
  return line;
}
template <NamedWord Value>
std::optional<std::string> word_of(Value value) {
  return std::string(name_of(value));
}
template <typename Value>
std::optional<std::string> word_of(const std::optional<Value>& value) {
  return value ? word_of(*value) : std::nullopt;
}

// ---- And back; false where the text is none of its kind

template <Number Value>
bool read_word(const std::string& word, Value& value) {
  const char* const end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}
bool read_word(const std::string& word, std::string& value) {
  value.clear();
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool is_escaped = word[i] == '\\' && i + 1 < word.size();
    if (is_escaped) ++i;
    value += is_escaped && word[i] == 'n' ? '\n' : word[i];
  }
  return true;
}
template <NamedWord Value>
bool read_word(const std::string& word, Value& value) {
  std::optional<Value> found;
  if constexpr (std::same_as<Value, plan::Goal>) found = plan::goal_named(word);
  if constexpr (std::same_as<Value, plan::Intensity>) found = plan::intensity_named(word);
  if constexpr (std::same_as<Value, audio::AudioFormat>) found = audio::format_named(word);
  value = found.value_or(value);
  return found.has_value();
}
template <typename Value>
bool read_word(const std::string& word, std::optional<Value>& value) {
  return read_word(word, value.emplace());
}

absl::Status no_request(const std::string& what) {
  return fault_error(Fault::bad_data,
                     absl::StrCat("the database holds a request that can not be: ", what));
}

}  // namespace

std::string request_text(const plan::Request& request) {
  const plan::Request unasked;
  std::string text;
  for (const plan::RequestField& field : plan::request_fields()) {
    const auto word = [&field](const plan::Request& of) {
      return visit_value(field, of, [](const auto& value) { return word_of(value); });
    };
    const std::optional<std::string> asked = word(request);
    if (!asked || asked == word(unasked)) continue;
    absl::StrAppend(&text, std::string(field.name), "=", *asked, "\n");
  }
  return text;
}

absl::StatusOr<plan::Request> read_request_text(const std::string& text) {
  plan::Request request;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  for (const std::string& line : lines) {
    const std::size_t equals = line.find('=');
    if (equals == line.npos) return no_request("a line without a value");
    const std::string name = line.substr(0, equals);
    const plan::RequestField* const field = plan::request_field_named(name);
    if (field == nullptr) {
      return fault_error(Fault::unsupported,
                         absl::StrCat("the session asks for '", name,
                                      "', which this version of the library does not know; use a "
                                      "newer one"));
    }
    const std::string word = line.substr(equals + 1);
    const bool is_read =
        visit_value(*field, request, [&word](auto& value) { return read_word(word, value); });
    if (!is_read) return no_request(name);
  }
  if (const absl::Status valid = validate(request); !valid.ok()) {
    return no_request(std::string(message_of(valid)));
  }
  return request;
}

}  // namespace focus::core::store
