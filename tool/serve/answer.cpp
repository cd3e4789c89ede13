// SPDX-License-Identifier: MIT
#include "serve/answer.h"

#include <random>
#include <utility>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "serve/utc_time.h"

namespace cli {
namespace {

/// To find a refusal again; nobody needs to be unable to guess it.
std::string trace_id() {
  std::random_device random;
  constexpr const char* kDigits = "0123456789abcdef";
  std::string id = "req_";
  for (int i = 0; i < 12; ++i) id += kDigits[random() % 16];
  return id;
}

}  // namespace

Answer answer_of(focus::HttpResponse response) {
  const focus::HttpResponseInfo info = response.info();
  Answer answer;
  answer.status = info.status;
  answer.headers = response.headers();
  answer.kind = info.body_kind;
  answer.body_size = info.body_size;
  if (!info.caller.empty()) answer.party = info.organization + " " + info.caller;
  if (info.body_kind == focus::HttpBody::bytes) {
    answer.bytes = info.body;
  } else {
    answer.source = std::make_shared<focus::HttpResponse>(std::move(response));
  }
  return answer;
}

Answer refuse_request(const Refusal& refusal, const std::string& reason) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto text = [&json](const char* key, const std::string& value) {
    json.Key(key);
    json.String(value.c_str(), static_cast<rapidjson::SizeType>(value.size()));
  };
  json.StartObject();
  json.Key("success");
  json.Bool(false);
  json.Key("error");
  json.StartObject();
  text("code", refusal.code);
  text("message", refusal.message);
  text("system_message", reason);
  text("type", refusal.type);
  json.Key("status");
  json.Int(refusal.status);
  json.Key("details");
  json.StartObject();
  json.EndObject();
  text("trace_id", trace_id());
  text("timestamp", utc_time());
  json.EndObject();
  json.EndObject();

  Answer answer;
  answer.status = refusal.status;
  answer.bytes.assign(buffer.GetString(), buffer.GetSize());
  answer.body_size = static_cast<std::int64_t>(answer.bytes.size());
  answer.headers = {{"Content-Type", "application/json"},
                    {"Content-Length", std::to_string(answer.body_size)},
                    {"Cache-Control", "no-store"},
                    {"X-Content-Type-Options", "nosniff"}};
  if (refusal.status == kServiceBusy.status) answer.headers.emplace_back("Retry-After", "5");
  return answer;
}

}  // namespace cli
