// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "serve/public_path.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// The contract over HTTP, on Boost.Asio and Boost.Beast. What clients send is answered by the
/// library alone (but for the files of the page), so that every header and every path reaches it as
/// it came.
///
/// A few threads attend to all sockets and wait for none, nor for the library: see Crew.
/// Streams are read by the threads of a pump, in turn.
class HttpServer {
 public:
  static constexpr std::int64_t kUnreadBytesPerKey = 64 << 20;
  static constexpr std::size_t kStreams = 1024;

  struct Settings {
    std::string host;
    int port = 0;  ///< 0: any free one
    PublicPath public_path;
    std::size_t connections = 1000;
    std::size_t connections_per_address = 500;
    std::size_t streams = kStreams;  ///< of everybody, at a time
    /// Of what was sent to the clients of one key, or of one address without a key, and is not read
    /// yet.
    std::int64_t unread_bytes_per_key = kUnreadBytesPerKey;
    std::function<void(const std::string&)> access_log;  ///< empty: none. [any-thread]
  };

  /// Binds the address, and answers nobody yet. Throws Failure where it is not to be had.
  HttpServer(focus::Service& service, Settings settings);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;
  void start();
  /// Answers what was asked already, ends streams, and closes everything, within five seconds.
  /// False when an answer could not be ended even so.
  bool stop();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

/// Lets the process have as many descriptors as it may, and tells how many connections are wise.
std::size_t raise_connection_limit();

}  // namespace cli
