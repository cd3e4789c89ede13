// SPDX-License-Identifier: MIT
#include "rest/prompt_json.h"

namespace focus::core::rest {

void write_reading(JsonWriter& json, const plan::PromptReading& reading) {
  json.StartObject();
  write(json, "character", name_of(reading.character));
  write_key(json, "understood");
  json.StartArray();
  for (const plan::UnderstoodWords& words : reading.understood) {
    json.StartObject();
    write(json, "word", words.written);
    write(json, "read_as", words.read_as);
    write(json, "effect", words.effect);
    json.EndObject();
  }
  json.EndArray();
  write(json, "understood_more", reading.understood_more);
  write_key(json, "not_understood");
  json.StartArray();
  for (const std::string& word : reading.not_understood) {
    write_text(json, word);
  }
  json.EndArray();
  write(json, "not_understood_more", reading.not_understood_more);
  write(json, "summary", reading.summary);
  json.EndObject();
}

std::string reading_json(const plan::PromptReading& reading) {
  JsonText text;
  write_reading(text.writer(), reading);
  return text.take();
}

}  // namespace focus::core::rest
