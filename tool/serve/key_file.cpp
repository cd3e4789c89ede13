// SPDX-License-Identifier: MIT
#include "serve/key_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "failure.h"
#include "json.h"
#include "serve/utc_time.h"
#include "write_all.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path) {
  throw Failure(kExitFailed, path + ": " + std::generic_category().message(errno));
}

std::string folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

/// A file beside `path`, which goes away again unless it took its place.
class Replacement {
 public:
  explicit Replacement(std::string path) : path_(std::move(path)), name_(path_ + ".XXXXXX") {
    file_ = ::mkstemp(name_.data());  // readable by its owner alone
    if (file_ < 0) fail(path_);
  }
  ~Replacement() {
    ::close(file_);
    if (!done_) ::unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void fill(const std::string& text) {
    if (!write_all(file_, text) || ::fsync(file_) != 0) fail(path_);
    if (::rename(name_.c_str(), path_.c_str()) != 0) fail(path_);
    done_ = true;
  }

 private:
  std::string path_;
  std::string name_;
  int file_ = -1;
  bool done_ = false;
};

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
  Replacement(path).fill(json.str() + "\n");

  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);  // so that the new name lasts
  ::close(folder);
}

void make_key_file_private(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (status.st_uid == ::geteuid() && (status.st_mode & 0077) != 0) {
    (void)::chmod(path.c_str(), 0600);
  }
}

KeyFileLock::KeyFileLock(const std::string& path)
    : folder_(::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC)) {
  if (folder_ < 0) fail(path);
  while (::flock(folder_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

KeyFileLock::~KeyFileLock() { ::close(folder_); }

}  // namespace cli
