// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>
#include <system_error>

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "failure.h"
#include "serve/key_file.h"

namespace cli {
namespace {

using Value = rapidjson::Value;

std::string text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

/// Reads one file; what is wrong with it is told with its place.
class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  std::vector<KeyRecord> read() {
    const rapidjson::Document document = parse();
    if (!document.IsObject() || document.MemberCount() != 1 || !document.HasMember("keys") ||
        !document["keys"].IsArray()) {
      refuse("must be one object with one list, keys");
    }
    std::vector<KeyRecord> keys;
    std::set<std::string> hashes;
    for (const Value& key : document["keys"].GetArray()) {
      ++number_;
      keys.push_back(read_key(key));
      if (!hashes.insert(keys.back().access.hash).second) refuse("hash: is that of another key");
    }
    return keys;
  }

 private:
  [[noreturn]] void refuse(const std::string& message) const {
    throw Failure(kExitFailed,
                  path_ + ": " +
                      (number_ > 0 ? "key " + std::to_string(number_) + ": " : std::string()) +
                      message);
  }

  rapidjson::Document parse() const {
    std::ifstream in(path_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) refuse(std::generic_category().message(errno));
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    if (document.HasParseError()) {
      refuse("is not JSON: at byte " + std::to_string(document.GetErrorOffset()) + ": " +
             rapidjson::GetParseError_En(document.GetParseError()));
    }
    return document;
  }

  KeyRecord read_key(const Value& key) const {
    if (!key.IsObject()) refuse("must be an object");
    KeyRecord record;
    std::set<std::string> seen;
    for (const auto& member : key.GetObject()) {
      const std::string name = text_of(member.name);
      if (!seen.insert(name).second) refuse(name + ": is there twice");
      read_member(record, name, member.value);
    }
    for (const char* name : {"hash", "organizations", "capabilities"}) {
      if (seen.count(name) == 0) refuse(std::string(name) + ": is missing");
    }
    return record;
  }

  void read_member(KeyRecord& record, const std::string& name, const Value& value) const {
    focus::AccessKey& access = record.access;
    if (name == "hash") {
      access.hash = read_text(name, value);
      if (access.hash.size() != 64 ||
          access.hash.find_first_not_of("0123456789abcdef") != std::string::npos) {
        refuse("hash: must be 64 digits of 0 to 9 and a to f");
      }
    } else if (name == "caller") {
      access.caller = read_text(name, value);
    } else if (name == "organizations") {
      access.organizations = read_list(name, value);
      const auto& all = access.organizations;
      if (all.empty() || !std::all_of(all.begin(), all.end(), is_organization)) {
        refuse("organizations: must be names of letters, digits, _ and -, one at least");
      }
    } else if (name == "capabilities") {
      access.capabilities = read_list(name, value);
    } else if (name == "requests_per_minute") {
      if (!value.IsInt() || value.GetInt() < FOCUS_NO_RATE_LIMIT) {
        refuse("requests_per_minute: must be a whole number, 0 for the usual, -1 for no limit");
      }
      access.requests_per_minute = value.GetInt();
    } else if (name == "created_at") {
      record.created_at = read_text(name, value);
    } else {
      refuse("\"" + name +
             "\" is no field: hash, caller, organizations, capabilities, requests_per_minute, "
             "created_at");
    }
  }

  std::string read_text(const std::string& name, const Value& value) const {
    if (!value.IsString()) refuse(name + ": must be a text");
    std::string text = text_of(value);
    const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), control)) {
      refuse(name + ": must not hold control characters");
    }
    return text;
  }

  std::vector<std::string> read_list(const std::string& name, const Value& value) const {
    if (!value.IsArray()) refuse(name + ": must be a list of texts");
    std::vector<std::string> list;
    for (const Value& entry : value.GetArray()) {
      list.push_back(read_text(name, entry));
      if (list.back().empty()) refuse(name + ": must not hold an empty text");
    }
    return list;
  }

  std::string path_;
  int number_ = 0;  ///< of the key that is being read, from 1
};

}  // namespace

std::vector<KeyRecord> read_key_file(const std::string& path) { return Reader(path).read(); }

}  // namespace cli
