// SPDX-License-Identifier: MIT
// The file that says who may ask: hashes of keys, and what each may do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <focus_session/focus_session.hpp>

namespace cli {

struct KeyRecord {
  focus::AccessKey access;
  std::string created_at;  ///< RFC 3339
};

bool operator==(const KeyRecord& one, const KeyRecord& other);

/// Draws a key for `access`, whose hash it sets. @return the key, which is kept nowhere.
std::string make_key(KeyRecord& record);

/// True for what the library takes as an organization: letters, digits, _ and -.
bool is_organization(const std::string& name);

/// Throws a Failure that names the file, the key and the field.
std::vector<KeyRecord> read_key_file(const std::string& path);
/// Replaces the file, whole or not at all, readable by its owner alone. Throws a Failure.
void write_key_file(const std::string& path, const std::vector<KeyRecord>& keys);

/// Keeps other processes of this tool from changing the file in the meantime.
class KeyFileLock {
 public:
  explicit KeyFileLock(const std::string& path);
  ~KeyFileLock();
  KeyFileLock(const KeyFileLock&) = delete;
  KeyFileLock& operator=(const KeyFileLock&) = delete;

 private:
  int folder_;
};

}  // namespace cli
