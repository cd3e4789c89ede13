// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"

namespace focus::core::store {

struct HttpTransportOptions {
  int connections = 8;         ///< at a time; who finds none waits
  double connect_seconds = 5;  ///< for the name, the connection and the handshake of TLS
  /// A transfer of less than 1 KiB a second for so long has failed.
  int stall_seconds = 20;
};

/// A request of HTTP.
struct HttpCall {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  /// The file that PUT sends as the body, of exactly so many bytes; "" for none.
  std::string upload_path;
  std::int64_t upload_bytes = 0;
  /// Takes the body of an answer with status 2xx, in parts. An error ends the transfer, and is the
  /// result of it. Where nothing is given, the body is kept as text.
  std::function<absl::Status(std::string_view)> receive;
};

struct HttpAnswer {
  int status = 0;
  std::int64_t length = -1;  ///< as its Content-Length has it; -1 where it has none
  std::int64_t date = 0;     ///< the server's clock in Unix seconds; 0 where it does not tell
  std::string text;          ///< the body, of at most HttpTransport::kLongestText bytes
};

/// Sends requests with libcurl, over a bounded number of connections that are used again. It goes
/// through no proxy, whatever the environment says, and follows no redirect, since that would show
/// a signature to another server. Thread-safe.
class HttpTransport {
 public:
  /// A longer answer that is kept as text is an error. A list of 1000 names is below it.
  static constexpr std::size_t kLongestText = std::size_t{8} << 20;

  /// `stopped` is asked a few times a second during a transfer, by the thread that called: once it
  /// is true, calls fail with Fault::cancelled.
  HttpTransport(HttpTransportOptions options, std::function<bool()> stopped);
  ~HttpTransport();
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  /// Whatever status the answer has, it is an answer. A server that can not be reached, or does not
  /// answer to the end, is Fault::unavailable. Blocks.
  absl::StatusOr<HttpAnswer> perform(const HttpCall& call);

 private:
  class Transfer;

  void* take_handle();
  void return_handle(void* handle);

  const HttpTransportOptions options_;
  const std::function<bool()> stopped_;
  Mutex mutex_;
  CondVar returned_;
  std::vector<void*> idle_ ABSL_GUARDED_BY(mutex_);  // of libcurl, with their open connections
  int lent_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace focus::core::store
