// SPDX-License-Identifier: MIT
// Holds the schema `Options` of the OpenAPI document, and the two numbers of the body itself,
// against the table of the request's fields; or writes them.
//
// Usage: openapi_options DOCUMENT [--update]
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "plan/request_fields.h"

using namespace focus::core;

namespace {

using Json = rapidjson::Value;
using Allocator = rapidjson::Document::AllocatorType;

/// Whole numbers are written without a point.
Json number(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15
             ? Json(static_cast<std::int64_t>(value))
             : Json(value);
}

/// What kind of number a field is: "integer", "number", or "" for none.
std::string type_of(const plan::RequestField& field) {
  const plan::Request request;
  return visit_value(field, request, []<typename Value>(const Value&) -> std::string {
    if constexpr (std::same_as<Value, int> || std::same_as<Value, std::optional<int>>) {
      return "integer";
    } else if constexpr (plan::NumberValue<Value> || plan::OptionalNumber<Value>) {
      return "number";
    } else {
      return "";
    }
  });
}

/// What a client gets that leaves the field out; nothing where the service decides.
std::optional<double> default_of(const plan::RequestField& field) {
  const plan::Request request;
  return visit_value(field, request, []<typename Value>(const Value& value) {
    if constexpr (plan::NumberValue<Value>) return std::optional<double>(value);
    return std::optional<double>();
  });
}

std::string text_of(const Json& json) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  json.Accept(writer);
  return buffer.GetString();
}

/// What the field is, and its default in words: a `default` in the schema of a request makes
/// generators of typed clients ask for the member always.
std::string description_of(const plan::RequestField& field) {
  std::string description(field.about);
  if (const auto value = default_of(field)) {
    description += " By default " + text_of(number(*value)) + ".";
  }
  return description;
}

/// The schema of a number of the options.
Json schema_of(const plan::RequestField& field, Allocator& memory) {
  Json schema(rapidjson::kObjectType);
  schema.AddMember("type", Json(type_of(field).c_str(), memory), memory);
  schema.AddMember("description", Json(description_of(field).c_str(), memory), memory);
  const plan::NumberRange& range = field.range;
  if (field.or_zero) {
    Json zero(rapidjson::kObjectType), least(rapidjson::kObjectType), either(rapidjson::kArrayType);
    zero.AddMember("const", 0, memory);
    least.AddMember("minimum", number(range.low), memory);
    either.PushBack(zero, memory).PushBack(least, memory);
    schema.AddMember("anyOf", either, memory);
  } else {
    schema.AddMember("minimum", number(range.low), memory);
  }
  schema.AddMember("maximum", number(range.high), memory);
  return schema;
}

/// Counts what differs, and tells it; makes it right in `document` on the way.
class Comparison {
 public:
  explicit Comparison(rapidjson::Document& document) : memory_(document.GetAllocator()) {
    Json& schemas = document["components"]["schemas"];
    Json& options = schemas["Options"]["properties"];
    for (const plan::RequestField& field : plan::request_fields()) {
      if (field.in_options) {
        compare_option(field, options);
      } else if (!type_of(field).empty()) {
        compare_range(field, schemas[schema_named(field).c_str()]);
      }
    }
    for (const auto& member : options.GetObject()) {
      const plan::RequestField* field = plan::request_field_named(member.name.GetString());
      if (field == nullptr || !field->in_options) {
        tell(member.name.GetString(), "is in the document alone");
      }
    }
  }

  int differences() const { return differences_; }

 private:
  void tell(std::string_view field, const std::string& what) {
    std::cout << field << ": " << what << '\n';
    ++differences_;
  }

  /// "target_minutes" has the schema TargetMinutes of its own.
  static std::string schema_named(const plan::RequestField& field) {
    std::string name;
    bool first = true;
    for (const char c : field.name) {
      if (c != '_') name += first ? static_cast<char>(c - 'a' + 'A') : c;
      first = c == '_';
    }
    return name;
  }

  void compare_option(const plan::RequestField& field, Json& options) {
    const auto found = options.FindMember(field.name.data());
    if (type_of(field).empty()) {  // choices and texts are written by hand
      if (found == options.MemberEnd()) tell(field.name, "is missing; add it by hand");
      return;
    }
    Json wanted = schema_of(field, memory_);
    if (found == options.MemberEnd()) {
      tell(field.name, "is missing:\n" + text_of(wanted));
      options.AddMember(Json(field.name.data(), memory_), wanted, memory_);
    } else if (found->value != wanted) {
      tell(field.name, "should be\n" + text_of(wanted) + "\nand is\n" + text_of(found->value));
      found->value = wanted;
    }
  }

  void compare_range(const plan::RequestField& field, Json& schema) {
    const auto hold = [&](const char* bound, double value) {
      if (schema.HasMember(bound) && schema[bound].GetDouble() == value) return;
      tell(field.name, std::string(bound) + " should be " + text_of(number(value)));
      schema.RemoveMember(bound);
      schema.AddMember(Json(bound, memory_), number(value), memory_);
    };
    hold("minimum", field.range.low);
    hold("maximum", field.range.high);
  }

  Allocator& memory_;
  int differences_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const bool updates = count > 2 && std::string(arguments[2]) == "--update";
  std::ifstream in(arguments[1], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  rapidjson::Document document;
  document.Parse(text.c_str());
  if (!in || document.HasParseError()) {
    std::cout << arguments[1] << " can not be read\n";
    return 2;
  }
  const int differences = Comparison(document).differences();
  if (!updates) {
    if (differences > 0) std::cout << "openapi_options " << arguments[1] << " --update mends it\n";
    return differences == 0 ? 0 : 1;
  }
  std::ofstream(arguments[1], std::ios::binary) << text_of(document) << '\n';
  return 0;
}
