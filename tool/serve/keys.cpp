// SPDX-License-Identifier: MIT
// focus-session keys: who may ask a server.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "failure.h"
#include "options.h"
#include "serve/key_file.h"
#include "text.h"

namespace cli {
namespace {

constexpr std::size_t kShownDigits = 12;  // of a hash

std::string list_of(const std::vector<std::string>& names) {
  return names.empty() ? "-" : plain(joined(names, ","));
}

/// A name stands in the key file, which is JSON, and in lists on the terminal.
void refuse_unreadable(const std::string& option, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (plain(name) == name) continue;
    throw Failure(kExitUsage, option + ": must be one line of UTF-8, without control characters");
  }
}

int add(const KeysOptions& options) {
  KeyRecord record;
  record.access = options.access;
  if (record.access.organizations.empty()) record.access.organizations = {"org_local"};
  if (!options.read_only) record.access.capabilities = {focus::kCapabilityGenerate};
  refuse_unreadable("--caller", {record.access.caller});
  refuse_unreadable("--organization", record.access.organizations);
  if (options.metrics) record.access.capabilities.emplace_back(focus::kCapabilityMetrics);
  const std::string key = make_key(record);

  const KeyFileLock lock(options.file);
  std::vector<KeyRecord> keys;
  if (std::filesystem::exists(options.file)) keys = read_key_file(options.file);
  keys.push_back(record);
  write_key_file(options.file, keys);
  std::cout << key << std::endl;
  std::cerr << "Its hash, " << record.access.hash.substr(0, kShownDigits) << "..., is in "
            << plain(options.file) << "; the key is shown only now." << std::endl;
  return kExitOk;
}

int list(const KeysOptions& options) {
  for (const KeyRecord& key : read_key_file(options.file)) {
    const std::int32_t limit = key.access.requests_per_minute;
    std::cout << key.access.hash.substr(0, kShownDigits) << "  made "
              << (key.created_at.empty() ? "-" : key.created_at) << '\n'
              << "  caller               "
              << (key.access.caller.empty() ? "-" : plain(key.access.caller)) << '\n'
              << "  organizations        " << list_of(key.access.organizations) << '\n'
              << "  capabilities         " << list_of(key.access.capabilities) << '\n'
              << "  requests per minute  "
              << (limit == 0  ? "as the server has it"
                  : limit < 0 ? "without limit"
                              : std::to_string(limit))
              << '\n';
  }
  return kExitOk;
}

int remove(const KeysOptions& options) {
  const KeyFileLock lock(options.file);
  std::vector<KeyRecord> keys = read_key_file(options.file);
  const std::string hash =
      options.hash.rfind("fsk_", 0) == 0 ? focus::hash_of_access_key(options.hash) : options.hash;
  const auto is_meant = [&](const KeyRecord& key) { return key.access.hash.rfind(hash, 0) == 0; };
  const auto count = std::count_if(keys.begin(), keys.end(), is_meant);
  constexpr std::size_t kFewestDigits = 4;  // a slip of the finger must not take a key away
  if (hash.size() < kFewestDigits) {
    throw Failure(kExitFailed, "HASH: say " + std::to_string(kFewestDigits) +
                                   " of its digits at least, see focus-session keys list");
  }
  if (count == 0) {
    throw Failure(kExitFailed, "HASH: none of the keys in " + options.file + " has it");
  }
  if (count > 1) {
    throw Failure(kExitFailed, "HASH: " + std::to_string(count) +
                                   " keys begin like that; say more of its digits");
  }
  const auto meant = std::find_if(keys.begin(), keys.end(), is_meant);
  const std::string removed = meant->access.hash.substr(0, 12);
  keys.erase(meant);
  write_key_file(options.file, keys);
  std::cout << "removed " << removed << '\n';
  return kExitOk;
}

}  // namespace

int keys(const KeysOptions& options) {
  switch (options.what) {
    case KeysOptions::What::add:
      return add(options);
    case KeysOptions::What::list:
      return list(options);
    case KeysOptions::What::remove:
      return remove(options);
  }
  return kExitUsage;
}

}  // namespace cli
