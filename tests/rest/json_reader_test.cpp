// SPDX-License-Identifier: MIT
#include "rest/json_reader.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;
using focus::core::field_of;
using focus::core::rest::JsonObject;

namespace {

/// The field of the error that parsing ends with; "" where it ends well.
std::string field_of_parse(const std::string& text) {
  return field_of(rest::JsonObject::parse(text).status());
}

rest::JsonObject parsed(const std::string& text) {
  auto object = rest::JsonObject::parse(text);
  REQUIRE(object.ok());
  return *std::move(object);
}

}  // namespace

TEST_CASE("members are read by their type", "[json]") {
  rest::JsonObject object = parsed(R"({"a":"x\u0041","b":1.5,"c":60,"d":18446744073709551615})");
  CHECK(object.text("a")->value() == "xA");
  CHECK(object.number("b")->value() == 1.5);
  CHECK(object.whole("c")->value() == 60);
  CHECK(object.natural("d")->value() == UINT64_MAX);
  CHECK_FALSE(object.text("e")->has_value());
  CHECK(object.refuse_others().ok());
}

TEST_CASE("a wrong type names its member", "[json]") {
  rest::JsonObject object = parsed(
      R"({"text":1,"null":null,"whole":1.5,"large":3e9,"true":true,"quoted":"60","minus":-1})");
  CHECK(field_of(object.text("text").status()) == "text");
  CHECK(field_of(object.text("null").status()) == "null");
  CHECK(field_of(object.number("null").status()) == "null");
  CHECK(field_of(object.whole("whole").status()) == "whole");
  CHECK(field_of(object.whole("large").status()) == "large");
  CHECK(field_of(object.whole("true").status()) == "true");
  CHECK(field_of(object.whole("quoted").status()) == "quoted");
  CHECK(field_of(object.natural("minus").status()) == "minus");
  CHECK(field_of(object.object("text").status()) == "text");
}

TEST_CASE("a zero byte does not end the text", "[json]") {
  const std::string text("{\"a\":1}\0{}", 10);
  const auto object = rest::JsonObject::parse(text);
  CHECK(field_of(object.status()) == "body");
  CHECK(object.status().message().find("at byte 7") != std::string::npos);
}

TEST_CASE("a member without a name is the body's fault", "[json]") {
  CHECK(field_of(parsed(R"({"":1})").refuse_others()) == "body");
}

TEST_CASE("60.0 is a whole number", "[json]") {
  CHECK(parsed(R"({"minutes":60.0})").whole("minutes")->value() == 60);
  CHECK(parsed(R"({"seed":7.0})").natural("seed")->value() == 7);
}

TEST_CASE("numbers are read to the last bit, and what is too large is refused", "[json]") {
  const auto read = [](const std::string& number) {
    auto object = JsonObject::parse("{\"x\": " + number + "}");
    return object.ok() ? object->number("x") : object.status();
  };
  CHECK(**read("0e308") == 0.0);
  CHECK(**read("0e99") == 0.0);
  CHECK(**read("-0.0") == 0.0);
  CHECK(**read("0.3") == 0.3);
  CHECK(**read("1e-400") == 0.0);
  CHECK(**read("9007199254740993") == 9007199254740992.0);
  CHECK(**read("2.2250738585072011e-308") == 2.2250738585072011e-308);
  CHECK(**read("179769313486231570793e288") == 1.7976931348623157e308);
  CHECK_FALSE(read("1e309").ok());
  CHECK_FALSE(read("999e308").ok());
  CHECK_FALSE(read("1" + std::string(400, '0')).ok());
}

TEST_CASE("members that nobody asks for are refused by their name", "[json]") {
  rest::JsonObject object = parsed(R"({"known":1,"options":{"seed":1,"sead":2}})");
  REQUIRE(object.whole("known").ok());
  CHECK(field_of(object.refuse_others()) == "options");
  auto options = object.object("options");
  REQUIRE(options.ok());
  CHECK(object.refuse_others().ok());
  REQUIRE((*options)->natural("seed").ok());
  CHECK(field_of((*options)->refuse_others()) == "options.sead");
}

TEST_CASE("a member may not come twice, wherever it is", "[json]") {
  CHECK(field_of_parse(R"({"goal":"focus","goal":"relax"})") == "goal");
  CHECK(field_of_parse(R"({"options":{"seed":1,"seed":1}})") == "options.seed");
  CHECK(field_of_parse(R"({"a":{"x":1},"b":{"x":1}})") == "");
}

TEST_CASE("NaN and Infinity are refused by the name of their member", "[json]") {
  for (const char* text :
       {R"({"divergence":NaN})", R"({"divergence":Infinity})", R"({"divergence":-Infinity})"}) {
    CHECK(field_of(parsed(text).number("divergence").status()) == "divergence");
  }
  CHECK(field_of_parse(R"({"divergence":1e999})") == "divergence");
}

TEST_CASE("text that is no UTF-8 names its member", "[json]") {
  CHECK(field_of_parse("{\"custom_prompt\":\"a\xFF\"}") == "custom_prompt");
  CHECK(field_of_parse("{\"custom_prompt\":\"\xC0\xAF\"}") == "custom_prompt");
  CHECK(field_of_parse(R"({"custom_prompt":"\ud800"})") == "custom_prompt");
  CHECK(field_of_parse("{\"\xFF\":1}") == "body");
}

TEST_CASE("text with a zero character, behind which C reads nothing, names its member", "[json]") {
  CHECK(field_of_parse(R"({"custom_prompt":"rain\u0000and drums"})") == "custom_prompt");
  CHECK(field_of_parse(R"({"options":{"engine":"\u0000"}})") == "options.engine");
  CHECK(field_of_parse(R"({"custom_prompt":"rain\u0001\u001b[31m"})") == "");
}

TEST_CASE("what is no JSON object is the body's fault, at a byte", "[json]") {
  for (const char* text : {"", " ", "[]", "1", "null", "\"a\"", "{", "{\"a\":}", "{\"a\":1,}",
                           "{\"a\":1} x", "{'a':1}", "{\"a\":01}"}) {
    INFO(text);
    CHECK(field_of_parse(text) == "body");
  }
  const std::string message(rest::JsonObject::parse(R"({"goal": focus})").status().message());
  CHECK(message.find("at byte ") != std::string::npos);
}

TEST_CASE("depth is bounded: sixty thousand brackets are refused", "[json]") {
  CHECK(field_of_parse("{\"a\":" + std::string(60'000, '[')) == "a");
  CHECK(field_of_parse(std::string(60'000, '[')) == "body");
}
