// SPDX-License-Identifier: MIT
#include "store/objects/s3_address.h"

#include <algorithm>
#include <curl/curl.h>
#include <memory>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "base/error.h"
#include "base/text.h"
#include "store/objects/percent_encoding.h"
#include "store/objects/s3_error.h"

namespace focus::core::store {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kShortestBucket = 3;
constexpr std::size_t kLongestBucket = 63;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

/// The rules that S3 itself has; older buckets of other storages may have broken them.
absl::Status check_bucket(const std::string& bucket) {
  const auto may_be_in = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '.';
  };
  if (bucket.size() < kShortestBucket || bucket.size() > kLongestBucket ||
      !std::all_of(bucket.begin(), bucket.end(), may_be_in)) {
    return invalid_field(kBucketField,
                         "must be 3 to 63 lowercase letters, digits, hyphens and dots");
  }
  return absl::OkStatus();
}

bool is_control(char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }

}  // namespace

absl::StatusOr<S3Address> S3Address::of(const std::string& endpoint, const std::string& bucket,
                                        S3Addressing addressing,
                                        const std::string& endpoint_field) {
  FOCUS_RETURN_IF_ERROR(check_bucket(bucket));
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (!url) return out_of_memory("reading an address");
  const auto wrong = [&] {
    return invalid_field(endpoint_field,
                         "must be an address such as https://s3.example.com or "
                         "http://10.0.0.5:8080, without a path and without a key");
  };
  if (curl_url_set(url.get(), CURLUPART_URL, endpoint.c_str(), 0) != CURLUE_OK) return wrong();
  const std::string path = part_of(url.get(), CURLUPART_PATH);
  for (const CURLUPart part :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    if (!part_of(url.get(), part).empty()) return wrong();
  }
  if (!path.empty() && path != "/") return wrong();

  S3Address address;
  address.scheme_ = part_of(url.get(), CURLUPART_SCHEME);
  address.bucket_ = bucket;
  if (address.scheme_ != "http" && address.scheme_ != "https") return wrong();
  const std::string port = part_of(url.get(), CURLUPART_PORT);
  const bool is_usual_port = port == (address.scheme_ == "http" ? "80" : "443");
  address.host_ = part_of(url.get(), CURLUPART_HOST);
  if (!port.empty() && !is_usual_port) absl::StrAppend(&address.host_, ":", port);
  if (addressing == S3Addressing::virtual_host) {
    address.host_ = absl::StrCat(bucket, ".", address.host_);
    address.before_ = "/";
  } else {
    address.before_ = absl::StrCat("/", bucket, "/");
  }
  return address;
}

std::string S3Address::path_of(std::string_view name) const {
  if (!name.empty()) return before_ + std::string(name);
  return before_ == "/" ? before_ : before_.substr(0, before_.size() - 1);
}

std::string S3Address::url_of(const std::string& path, const std::string& query) const {
  return absl::StrCat(scheme_, "://", host_, percent_encode(path, Slash::kept),
                      query.empty() ? "" : "?", query);
}

absl::Status check_object_name(const std::string& name) {
  if (percent_encode(name, Slash::encoded).size() > kLongestName || !is_utf8(name) ||
      std::any_of(name.begin(), name.end(), is_control)) {
    return invalid_field("name", "the name of an object must be at most 200 bytes of UTF-8");
  }
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (const std::string& part : parts) {
    if (part.empty() || part == "." || part == "..") {
      return invalid_field("name", "the name of an object must be a relative path without dots");
    }
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
