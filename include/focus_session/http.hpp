// SPDX-License-Identifier: MIT
//
// The wire contract in the C++ wrapper: requests, answers, and who may ask. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_HTTP_HPP
#define FOCUS_SESSION_HTTP_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// The capability that is required to start and steer a session.
inline constexpr const char* kCapabilityGenerate = FOCUS_CAPABILITY_GENERATE;
/// The capability that is required to see the money of all organizations in /metrics.
inline constexpr const char* kCapabilityMetrics = FOCUS_CAPABILITY_METRICS;

/// Draws a new key: "fsk_" and 64 hexadecimal digits.
inline std::string generate_access_key() {
  std::array<char, FOCUS_ACCESS_KEY_SIZE> key{};
  detail::check(focus_access_key_generate(key.data(), FOCUS_ACCESS_KEY_SIZE));
  return key.data();
}
/// Returns the hash by which a service identifies a key.
inline std::string hash_of_access_key(const std::string& key) {
  std::array<char, FOCUS_ACCESS_KEY_HASH_SIZE> hash{};
  detail::check(focus_access_key_hash(key.c_str(), hash.data(), FOCUS_ACCESS_KEY_HASH_SIZE));
  return hash.data();
}

/// Who may do what; see focus_access_key.
struct AccessKey {
  std::string hash = {};    ///< hash_of_access_key
  std::string caller = {};  ///< whose sessions and tracks it sees; "": its own
  std::vector<std::string> organizations = {};
  std::vector<std::string> capabilities = {};
  std::int32_t requests_per_minute = 0;  ///< 0: that of HttpOptions; -1: no limit
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "GET";
  std::string target = "/";  ///< path and query, percent-encoded
  HttpHeaders headers = {};
  std::string body = {};
  bool body_follows = false;  ///< see focus_http_request; the answer's status may be 100 then
  std::string base_url = {};  ///< see focus_http_request; "": http:// and the request's Host
};

/// The response to a request. Not thread-safe. It may outlive its service.
class HttpResponse {
 public:
  HttpResponse() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_http_response* get() const noexcept { return handle_.get(); }

  HttpResponseInfo info() const {
    focus_http_response_info c = FOCUS_HTTP_RESPONSE_INFO_INIT;
    if (!detail::check(focus_http_response_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }

  HttpHeaders headers() const {
    HttpHeaders headers;
    focus_http_response_info c = FOCUS_HTTP_RESPONSE_INFO_INIT;
    if (!detail::check(focus_http_response_get_info(get(), &c))) return headers;
    for (std::int32_t index = 0; index < c.header_count; ++index) {
      const char* name = nullptr;
      const char* value = nullptr;
      if (!detail::check(focus_http_response_get_header(get(), index, &name, &value))) break;
      headers.emplace_back(name, value);
    }
    return headers;
  }

  /// Reads the next part of the body. @return the number of bytes read; 0 if a stream had no data
  /// in that time; -1 at the end (and, without exceptions, after an error).
  std::int64_t read(void* buffer, std::int64_t capacity,
                    std::chrono::milliseconds timeout = std::chrono::milliseconds(0)) {
    std::int64_t count = -1;
    constexpr std::chrono::milliseconds kLongest(INT32_MAX);
    const auto milliseconds = static_cast<std::int32_t>(std::min(timeout, kLongest).count());
    return detail::check(focus_http_response_read(get(), buffer, capacity, milliseconds, &count))
               ? count
               : -1;
  }

 private:
  friend class Service;
  detail::Handle<focus_http_response, focus_http_response_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_HTTP_HPP
