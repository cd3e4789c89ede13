// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "drill/fuzz/target.h"

namespace focus::fuzz {
namespace {

std::int32_t describe(void*, focus_engine_description* description) {
  description->key = "quick";
  description->display_name = "Quick";
  description->version = "1";
  description->licence_class = FOCUS_LICENCE_UNCLEAR;
  return FOCUS_OK;
}

/// A tone that costs next to nothing to make.
std::int32_t generate(void*, const focus_brief* brief, focus_sink* sink) {
  constexpr int kBlock = 512;
  float samples[2 * kBlock];
  for (int i = 0; i < kBlock; ++i) {
    samples[2 * i] = samples[2 * i + 1] =
        static_cast<float>(0.2 * std::sin(2.0 * 3.14159265358979 * 8.0 * i / kBlock));
  }
  for (std::int64_t left = brief->frames; left > 0; left -= kBlock) {
    const std::int32_t code =
        focus_sink_write_interleaved(sink, samples, std::min<std::int64_t>(left, kBlock), 2);
    if (code != FOCUS_OK) return code;
  }
  return FOCUS_OK;
}

struct House {
  House() {
    focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
    options.storage = FOCUS_STORAGE_MEMORY;
    options.worker_count = 1;
    must(focus_service_open(&options, &service) == FOCUS_OK, "a service opens");
    focus_engine_vtable engine = FOCUS_ENGINE_VTABLE_INIT;
    engine.describe = describe;
    engine.generate = generate;
    must(focus_engine_register(service, &engine, nullptr) == FOCUS_OK, "an engine registers");

    char made[FOCUS_ACCESS_KEY_SIZE];
    char hash[FOCUS_ACCESS_KEY_HASH_SIZE];
    must(focus_access_key_generate(made, sizeof(made)) == FOCUS_OK &&
             focus_access_key_hash(made, hash, sizeof(hash)) == FOCUS_OK,
         "a key is made");
    key = made;
    const char* organizations[] = {"org_a"};
    const char* capabilities[] = {FOCUS_CAPABILITY_GENERATE};
    focus_access_key access = FOCUS_ACCESS_KEY_INIT;
    access.hash = hash;
    access.requests_per_minute = FOCUS_NO_RATE_LIMIT;
    access.organizations = organizations;
    access.organization_count = 1;
    access.capabilities = capabilities;
    access.capability_count = 1;
    must(focus_service_add_access_key(service, &access) == FOCUS_OK, "a key is added");
  }

  focus_service* service = nullptr;
  std::string key;
};

const House& house() {
  static const House one;
  return one;
}

}  // namespace

focus_service* service() { return house().service; }
const std::string& access_key() { return house().key; }

Answer ask(const std::string& method, const std::string& target,
           const std::vector<std::pair<std::string, std::string>>& headers, std::string_view body) {
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : headers) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  request.method = method.c_str();
  request.target = target.c_str();
  request.header_names = names.data();
  request.header_values = values.data();
  request.header_count = static_cast<std::int32_t>(names.size());
  request.body = body.data();
  request.body_size = static_cast<std::int64_t>(body.size());
  focus_http_response* response = nullptr;
  must(focus_service_handle(service(), &request, &response) == FOCUS_OK,
       "a request is answered, whatever it holds");
  focus_http_response_info info = FOCUS_HTTP_RESPONSE_INFO_INIT;
  must(focus_http_response_get_info(response, &info) == FOCUS_OK, "an answer can be looked at");
  must(info.status >= 200 && info.status < 600 && info.status != 500,
       "no request is a server's error");
  Answer answer;
  answer.status = info.status;
  if (info.body_kind == FOCUS_HTTP_BODY_STREAM) {
    char block[4096];
    std::int64_t count = 0;
    check_code(focus_http_response_read(response, block, sizeof(block), 0, &count));
  } else {
    char block[65536];
    std::int64_t count = 0;
    while (focus_http_response_read(response, block, sizeof(block), 0, &count) == FOCUS_OK &&
           count > 0) {
      answer.body.append(block, static_cast<std::size_t>(count));
    }
    must(static_cast<std::int64_t>(answer.body.size()) == info.body_size,
         "a body is as long as it says");
  }
  focus_http_response_destroy(response);
  return answer;
}

std::string text_after(const std::string& text, std::string_view before) {
  const std::size_t at = text.find(before);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + before.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

std::string file_of(std::string_view bytes, const std::string& name) {
  static const std::filesystem::path folder = [] {
    char path[] = "/tmp/focus-fuzz-XXXXXX";
    must(mkdtemp(path) != nullptr, "a folder is made");
    static std::filesystem::path made = path;
    std::atexit([] {
      std::error_code ignored;
      std::filesystem::remove_all(made, ignored);
    });
    return made;
  }();
  const std::filesystem::path path = folder / name;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path.string();
}

}  // namespace focus::fuzz
