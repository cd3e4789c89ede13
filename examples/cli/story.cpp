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
  for (const char* where : {"/segments/0/analysis/prompt/summary", "/segments/0/analysis/why"}) {
    const rapidjson::Value* text = rapidjson::Pointer(where).Get(session);
    if (text != nullptr && text->IsString()) return text->GetString();
  }
  return {};
}

}  // namespace cli
