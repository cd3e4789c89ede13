// SPDX-License-Identifier: MIT
#include "serve/key_ring.h"

#include <algorithm>
#include <exception>
#include <sys/stat.h>
#include <utility>

#include "text.h"

namespace cli {

KeyRing::KeyRing(focus::Service& service, std::string path, Log log)
    : service_(service), path_(std::move(path)), log_(std::move(log)) {}

std::optional<std::string> KeyRing::open(const std::string& organization) {
  seen_ = stamp();
  if (seen_ != Stamp()) {
    let_in(read_key_file(path_));
    return std::nullopt;
  }
  KeyRecord record;
  record.access.caller = "local";
  record.access.organizations = {organization};
  record.access.capabilities = {focus::kCapabilityGenerate};
  std::string key = make_key(record);
  if (!path_.empty()) write_key_file(path_, {record});
  let_in({record});
  seen_ = stamp();
  return key;
}

void KeyRing::refresh() {
  if (path_.empty()) return;
  const Stamp now = stamp();
  if (now == seen_) return;
  seen_ = now;  // before it is read: what changes meanwhile is seen the next time
  try {
    const std::vector<KeyRecord> keys = read_key_file(path_);
    if (keys == keys_) return;
    let_in(keys);
    log_("keys: " + plural(static_cast<std::int64_t>(keys.size()), "key") + " read from " + path_);
  } catch (const std::exception& error) {
    log_("keys: who was let in before still is, for " + std::string(error.what()));
  }
}

/// All zeros where there is no file.
KeyRing::Stamp KeyRing::stamp() const {
  struct stat status {};
  if (path_.empty() || ::stat(path_.c_str(), &status) != 0) return {};
#if defined(__APPLE__)
  const timespec changed = status.st_mtimespec;
#else
  const timespec changed = status.st_mtim;
#endif
  return {status.st_ino, status.st_size, static_cast<std::int64_t>(changed.tv_sec),
          static_cast<std::int64_t>(changed.tv_nsec)};
}

void KeyRing::let_in(const std::vector<KeyRecord>& keys) {
  const auto has = [](const std::vector<KeyRecord>& list, const std::string& hash) {
    return std::any_of(list.begin(), list.end(),
                       [&](const KeyRecord& key) { return key.access.hash == hash; });
  };
  const std::vector<KeyRecord> before = std::exchange(keys_, keys);
  for (const KeyRecord& key : before) {
    if (!has(keys, key.access.hash)) service_.remove_access_key(key.access.hash);
  }
  for (const KeyRecord& key : keys) {
    const bool known = std::find(before.begin(), before.end(), key) != before.end();
    if (!known) service_.add_access_key(key.access);
  }
}

}  // namespace cli
