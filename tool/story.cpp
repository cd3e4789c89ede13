// SPDX-License-Identifier: MIT
#include "story.h"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

namespace cli {
namespace {

/// @param index -1 for the middle, which tells best what a session is.
std::string tell(focus::Snapshot& snapshot, std::int32_t index) {
  focus::JsonOptions options;
  options.include_analysis = true;
  rapidjson::Document session;
  session.Parse(snapshot.json(options).c_str());
  if (session.HasParseError()) return {};
  const rapidjson::Value* segments = rapidjson::Pointer("/segments").Get(session);
  if (segments == nullptr || !segments->IsArray() || segments->Empty()) return {};
  const rapidjson::SizeType at =
      index < 0 ? segments->Size() / 2 : static_cast<rapidjson::SizeType>(index);
  if (at >= segments->Size()) return {};
  for (const char* where : {"/analysis/prompt/summary", "/analysis/why"}) {
    const rapidjson::Value* text = rapidjson::Pointer(where).Get((*segments)[at]);
    if (text != nullptr && text->IsString()) return text->GetString();
  }
  return {};
}

}  // namespace

std::string story_of(focus::Snapshot snapshot) { return tell(snapshot, -1); }

std::string story_of(focus::Snapshot snapshot, std::int32_t index) { return tell(snapshot, index); }

}  // namespace cli
