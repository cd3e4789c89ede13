// SPDX-License-Identifier: MIT
// HTTP requests and responses without a socket: the host's own server passes them in and out.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/statusor.h>

namespace focus::core::store {
class AudioBytes;
}

namespace focus::core::rest {

/// A request as received. The views belong to the caller.
struct HttpRequest {
  std::string_view method;
  std::string_view target;  ///< path and query, percent-encoded
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  std::string_view body;
  bool body_follows = false;  ///< it has not come yet; see focus_http_request
  /// Of URLs in the answer, where HttpOptions has none; "": derived from the Host.
  std::string base_url = {};

  /// Returns the first header with this name (case-insensitive), without surrounding whitespace.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// A response body that is produced over time. To be used by one thread at a time.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  static constexpr std::int64_t kEnd = -1;
  /// Waits up to `timeout` for data. Returns the number of bytes written to `buffer`, 0 if there
  /// were none in that time, or kEnd if there will be no more.
  virtual absl::StatusOr<std::int64_t> read(char* buffer, std::int64_t capacity,
                                            std::chrono::milliseconds timeout) = 0;
};

/// Copies what is left of `text` behind `read`, as much as there is room for, and moves `read` on.
std::int64_t hand_out(std::string_view text, std::size_t& read, char* buffer,
                      std::int64_t capacity);

/// A response. Its body is one of three: `text`, a range of `audio`, or `stream`.
struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string text;
  std::shared_ptr<const store::AudioBytes> audio;
  std::int64_t offset = 0;  ///< start of the body in `audio`
  std::int64_t length = 0;  ///< length of the body
  std::unique_ptr<BodyStream> stream;
  /// For whom it is: the owner of the key, or of the audio; "" where nobody is known.
  std::string organization;
  std::string caller;

  void add_header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
};

}  // namespace focus::core::rest
