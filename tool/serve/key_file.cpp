// SPDX-License-Identifier: MIT
#include "serve/key_file.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "failure.h"
#include "json.h"
#include "serve/private_text.h"
#include "serve/utc_time.h"

namespace cli {
namespace {

void write_list(JsonWriter& json, const char* name, const std::vector<std::string>& list) {
  json.Key(name);
  json.StartArray();
  for (const std::string& entry : list) json.String(entry.c_str());
  json.EndArray();
}

}  // namespace

bool operator==(const KeyRecord& one, const KeyRecord& other) {
  const focus::AccessKey& a = one.access;
  const focus::AccessKey& b = other.access;
  return a.hash == b.hash && a.caller == b.caller && a.organizations == b.organizations &&
         a.capabilities == b.capabilities && a.requests_per_minute == b.requests_per_minute &&
         one.created_at == other.created_at;
}

std::string make_key(KeyRecord& record) {
  std::string key = focus::generate_access_key();
  record.access.hash = focus::hash_of_access_key(key);
  record.created_at = utc_time();
  return key;
}

bool is_organization(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
           c == '-';
  });
}

void write_key_file(const std::string& path, const std::vector<KeyRecord>& keys) {
  JsonWriter json;
  json.StartObject();
  json.Key("keys");
  json.StartArray();
  for (const KeyRecord& key : keys) {
    json.StartObject();
    json.text("hash", key.access.hash);
    json.text("caller", key.access.caller);
    write_list(json, "organizations", key.access.organizations);
    write_list(json, "capabilities", key.access.capabilities);
    json.whole("requests_per_minute", key.access.requests_per_minute);
    json.text("created_at", key.created_at);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  write_private_text(path, json.str() + "\n");
}

KeyFileLock::KeyFileLock(const std::string& path)
    : folder_(::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC)) {
  if (folder_ < 0) fail_with_errno(path);
  while (::flock(folder_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

KeyFileLock::~KeyFileLock() { ::close(folder_); }

}  // namespace cli
