// SPDX-License-Identifier: MIT
#include "rest/json_reader.h"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/string_view.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "base/checked_memory.h"
#include "base/error.h"
#include "base/text.h"

namespace focus::core::rest {
namespace {

using rapidjson::SizeType;
using JsonDocument =
    rapidjson::GenericDocument<rapidjson::UTF8<>, rapidjson::MemoryPoolAllocator<CheckedMemory>,
                               CheckedMemory>;
using JsonValue = JsonDocument::ValueType;
using JsonParser = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, CheckedMemory>;

constexpr char kCanNotBe[] = "is a value that can not be";
constexpr std::size_t kDeepest = 8;  // nested objects and arrays; requests need two levels

/// Passes the parser's events to the document, and checks what the document does not keep:
/// duplicate members, invalid UTF-8, and the position of an error.
class Watcher : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Watcher> {
 public:
  explicit Watcher(JsonDocument& document) : document_(document) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  /// Every number. They are read here, for RapidJSON 1.1 has undefined behaviour at "0e308".
  bool RawNumber(const char* text, SizeType length, bool) {
    const absl::string_view number(text, length);
    const bool is_whole = number.find_first_of(".eEIN") == number.npos;
    std::int64_t whole = 0;
    if (is_whole && absl::SimpleAtoi(number, &whole)) return document_.Int64(whole);
    std::uint64_t large = 0;
    if (is_whole && absl::SimpleAtoi(number, &large)) return document_.Uint64(large);
    double value = 0.0;
    if (!absl::SimpleAtod(number, &value)) return false;
    const bool is_infinity = number.find('I') != number.npos;
    if (std::isinf(value) && !is_infinity) return refuse(field(), kCanNotBe);
    return document_.Double(value);
  }
  bool String(const char* text, SizeType length, bool copy) {
    const std::string_view value(text, length);
    if (!is_utf8(value)) return refuse(field(), "must be valid UTF-8");
    if (value.find('\0') != value.npos) {  // a host reads texts of C, which end there
      return refuse(field(), "must not contain a zero character (U+0000)");
    }
    return document_.String(text, length, copy);
  }
  bool Key(const char* text, SizeType length, bool copy) {
    const std::string name(text, length);
    if (!is_utf8(name)) return refuse("body", "has a member whose name is not valid UTF-8");
    Level& level = levels_.back();
    level.name = name;
    if (!level.names.insert(name).second) return refuse(field(), "must not come twice");
    return document_.Key(text, length, copy);
  }
  bool StartObject() { return enter() && document_.StartObject(); }
  bool EndObject(SizeType count) { return leave() && document_.EndObject(count); }
  bool StartArray() { return enter() && document_.StartArray(); }
  bool EndArray(SizeType count) { return leave() && document_.EndArray(count); }

  /// The member that is being read: "options.seed".
  std::string field() const {
    std::string path;
    for (const Level& level : levels_) {
      if (level.name.empty()) break;  // inside an array, or a member with an empty name
      absl::StrAppend(&path, path.empty() ? "" : ".", one_line(level.name, 80));
    }
    return path.empty() ? "body" : path;
  }
  /// The reason why this class stopped the parser, which itself only reports a termination.
  const absl::Status& refused() const { return refused_; }

 private:
  struct Level {
    std::set<std::string> names;
    std::string name;
  };

  bool enter() {
    if (levels_.size() == kDeepest) return refuse(field(), "is nested too deeply");
    levels_.emplace_back();
    return true;
  }
  bool leave() {
    levels_.pop_back();
    return true;
  }
  bool refuse(const std::string& field, const std::string& message) {
    refused_ = invalid_field(field, message);
    return false;
  }

  JsonDocument& document_;
  std::vector<Level> levels_;
  absl::Status refused_;
};

/// Whether the error concerns a value that a double or UTF-8 cannot represent.
bool is_about_a_value(rapidjson::ParseErrorCode code) {
  return code == rapidjson::kParseErrorNumberTooBig ||
         code == rapidjson::kParseErrorStringUnicodeSurrogateInvalid;
}

}  // namespace

struct JsonObject::Tree {
  JsonDocument document;
};

absl::StatusOr<JsonObject> JsonObject::parse(std::string_view text) {
  // Iterative parsing, so that deep nesting cannot overflow the stack. NaN and Infinity are
  // accepted here so that the error can name their member.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNanAndInfFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  auto tree = std::make_shared<Tree>();
  Watcher watcher(tree->document);
  rapidjson::ParseResult result;
  auto read = [&](JsonDocument&) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    JsonParser reader;
    result = reader.Parse<kFlags>(stream, watcher);
    return !result.IsError();
  };
  tree->document.Populate(read);
  if (!watcher.refused().ok()) return watcher.refused();
  // The parser takes a zero byte for the end of the text.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return invalid_field("body", absl::StrCat("is no JSON: at byte ", zero, ": a zero byte"));
  }
  if (result.IsError() && is_about_a_value(result.Code())) {
    return invalid_field(watcher.field(), kCanNotBe);
  }
  if (result.IsError()) {
    return invalid_field("body", absl::StrCat("is no JSON: at byte ", result.Offset(), ": ",
                                              rapidjson::GetParseError_En(result.Code())));
  }
  if (!tree->document.IsObject()) return invalid_field("body", "must be a JSON object");
  const void* root = &tree->document;
  return JsonObject(std::move(tree), root, "");
}

JsonObject::JsonObject(std::shared_ptr<const Tree> tree, const void* value, std::string prefix)
    : tree_(std::move(tree)), value_(value), prefix_(std::move(prefix)) {}
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject& JsonObject::operator=(JsonObject&&) noexcept = default;
JsonObject::~JsonObject() = default;

const void* JsonObject::find(std::string_view name) {
  asked_.emplace(name);
  return peek(name);
}

const void* JsonObject::peek(std::string_view name) const {
  const auto& object = *static_cast<const JsonValue*>(value_);
  const auto found = object.FindMember(
      JsonValue(rapidjson::StringRef(name.data(), static_cast<SizeType>(name.size()))));
  return found == object.MemberEnd() ? nullptr : &found->value;
}

absl::Status JsonObject::wrong_type(std::string_view name, std::string_view wanted) const {
  return refuse(name, absl::StrCat("must be ", std::string(wanted)));
}

absl::Status JsonObject::refuse(std::string_view name, std::string_view why) const {
  return invalid_field(name.empty() ? "body" : field(one_line(name, 80)), std::string(why));
}

bool JsonObject::is_object(std::string_view name) const {
  const auto* value = static_cast<const JsonValue*>(peek(name));
  return value != nullptr && value->IsObject();
}

bool JsonObject::is_list(std::string_view name) const {
  const auto* value = static_cast<const JsonValue*>(peek(name));
  return value != nullptr && value->IsArray();
}

std::vector<std::string> JsonObject::names() const {
  std::vector<std::string> names;
  for (const auto& member : static_cast<const JsonValue*>(value_)->GetObject()) {
    names.emplace_back(member.name.GetString(), member.name.GetStringLength());
  }
  return names;
}

absl::StatusOr<std::optional<std::string>> JsonObject::text(std::string_view name) {
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return std::nullopt;
  if (!value->IsString()) return wrong_type(name, "a string");
  return std::string(value->GetString(), value->GetStringLength());
}

absl::StatusOr<std::optional<double>> JsonObject::number(std::string_view name) {
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return std::nullopt;
  if (!value->IsNumber() || !std::isfinite(value->GetDouble())) {
    return wrong_type(name, "a finite number");
  }
  return value->GetDouble();
}

absl::StatusOr<std::optional<int>> JsonObject::whole(std::string_view name) {
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return std::nullopt;
  // 60.0 is an integer too, as in JSON Schema.
  if (!value->IsNumber() || std::nearbyint(value->GetDouble()) != value->GetDouble()) {
    return wrong_type(name, "a whole number");
  }
  constexpr double kLargest = std::numeric_limits<int>::max();
  if (std::abs(value->GetDouble()) > kLargest) return wrong_type(name, "a smaller number");
  return static_cast<int>(value->GetDouble());
}

absl::StatusOr<std::optional<std::uint64_t>> JsonObject::natural(std::string_view name) {
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return std::nullopt;
  if (value->IsUint64()) return value->GetUint64();
  // 7.0 is accepted. Above 2^53 a double does not represent every integer.
  constexpr double kExact = 9007199254740992.0;
  const double number = value->IsDouble() ? value->GetDouble() : -1.0;
  if (number >= 0.0 && number <= kExact && std::nearbyint(number) == number) {
    return static_cast<std::uint64_t>(number);
  }
  return wrong_type(name, "a whole number from 0 to 2^64 - 1");
}

absl::StatusOr<std::optional<JsonObject>> JsonObject::object(std::string_view name) {
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return std::nullopt;
  if (!value->IsObject()) return wrong_type(name, "an object");
  return JsonObject(tree_, value, absl::StrCat(field(name), "."));
}

absl::StatusOr<std::vector<JsonObject>> JsonObject::objects(std::string_view name) {
  std::vector<JsonObject> objects;
  const auto* value = static_cast<const JsonValue*>(find(name));
  if (value == nullptr) return objects;
  if (!value->IsArray()) return wrong_type(name, "a list");
  for (const JsonValue& entry : value->GetArray()) {
    const std::string place = absl::StrCat(std::string(name), "[", objects.size(), "]");
    if (!entry.IsObject()) return wrong_type(place, "an object");
    objects.push_back(JsonObject(tree_, &entry, absl::StrCat(field(place), ".")));
  }
  return objects;
}

absl::Status JsonObject::refuse_others() const {
  const auto& object = *static_cast<const JsonValue*>(value_);
  for (const auto& member : object.GetObject()) {
    const std::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (asked_.contains(name)) continue;
    std::string known;
    for (const std::string& one : asked_) absl::StrAppend(&known, known.empty() ? "" : ", ", one);
    return refuse(name, absl::StrCat("is not known here; known are ", known));
  }
  return absl::OkStatus();
}

}  // namespace focus::core::rest
