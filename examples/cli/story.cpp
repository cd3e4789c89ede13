// SPDX-License-Identifier: MIT
#include "story.h"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

namespace cli {

std::string story_of(focus::Snapshot snapshot) {
  focus::JsonOptions options;
  options.include_analysis = true;
  rapidjson::Document session;
  session.Parse(snapshot.json(options).c_str());
  if (session.HasParseError()) return {};
  // The middle of a session tells best what it is.
  const rapidjson::Value* segments = rapidjson::Pointer("/segments").Get(session);
  if (segments == nullptr || !segments->IsArray() || segments->Empty()) return {};
  const rapidjson::Value& middle = (*segments)[segments->Size() / 2];
  for (const char* where : {"/analysis/prompt/summary", "/analysis/why"}) {
    const rapidjson::Value* text = rapidjson::Pointer(where).Get(middle);
    if (text != nullptr && text->IsString()) return text->GetString();
  }
  return {};
}

}  // namespace cli
