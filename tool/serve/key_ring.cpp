// SPDX-License-Identifier: MIT
#include "serve/key_ring.h"

#include <algorithm>
#include <exception>
#include <sys/stat.h>
#include <utility>

#include "serve/private_text.h"
#include "text.h"

namespace cli {

KeyRing::KeyRing(focus::Service& service, std::string path, Log log)
    : service_(service), path_(std::move(path)), log_(std::move(log)) {}

std::optional<std::string> KeyRing::open(const std::string& organization) {
  seen_ = stamp();
  if (seen_ != Stamp()) {
    make_private(path_);
    let_in(read_key_file(path_));
    return std::nullopt;
  }
  if (path_.empty() && service_.access_key_count() > 0) return std::nullopt;  // of a cluster
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

/// One after the other, so that `keys_` is who is let in also where one can not be: what is removed
/// comes first, and needs no luck.
void KeyRing::let_in(const std::vector<KeyRecord>& keys) {
  const auto with_hash_of = [](const std::vector<KeyRecord>& list, const KeyRecord& key) {
    return std::find_if(list.begin(), list.end(),
                        [&](const KeyRecord& one) { return one.access.hash == key.access.hash; });
  };
  for (auto key = keys_.begin(); key != keys_.end();) {
    if (with_hash_of(keys, *key) != keys.end()) {
      ++key;
      continue;
    }
    service_.remove_access_key(key->access.hash);
    key = keys_.erase(key);
  }
  for (const KeyRecord& key : keys) {
    const auto known = with_hash_of(keys_, key);
    if (known != keys_.end() && *known == key) continue;
    service_.add_access_key(key.access);
    if (known != keys_.end()) keys_.erase(known);
    keys_.push_back(key);
  }
  keys_ = keys;  // in their order
}

}  // namespace cli
