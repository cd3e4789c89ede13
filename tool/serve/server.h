// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <httplib.h>
#include <memory>
#include <optional>
#include <string>

#include "serve/answer.h"
#include "serve/connection.h"
#include "serve/connection_list.h"
#include "serve/request_head.h"
#include "serve/shared_places.h"
#include "serve/waiting_room.h"
#include "serve/worker_pool.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// The contract over HTTP. httplib binds the address and writes the answers; what clients send is
/// read by us, and answered by the library alone (but for the files of the page), so that every
/// header and every path reaches it as it came.
class HttpServer : private httplib::Server {
 public:
  static constexpr std::int64_t kUnreadBytesPerKey = 64 << 20;

  struct Settings {
    std::string host;
    int port = 0;  ///< 0: any free one
    std::size_t connections = 1000;
    std::size_t connections_per_address = 500;
    /// Of what was sent to the clients of one key, or of one address without a key, and is not read
    /// yet.
    std::int64_t unread_bytes_per_key = kUnreadBytesPerKey;
    std::function<void(const std::string&)> access_log;  ///< empty: none. [any-thread]
  };

  /// Binds the address, and answers nobody yet. Throws Failure where it is not to be had.
  HttpServer(focus::Service& service, Settings settings);
  ~HttpServer() override;

  int port() const { return port_; }
  void start();
  /// Answers what was asked already, ends streams, and closes everything, within five seconds.
  /// False when an answer could not be ended even so.
  bool stop();

 private:
  struct Exchange;

  void attend(std::shared_ptr<Connection> connection);
  bool answer_request(Connection& connection);
  Answer answer(Exchange& exchange, const RequestHead& head);
  Answer ask_library(Exchange& exchange, const RequestHead& head);
  void take_places(Exchange& exchange);
  bool send(Exchange& exchange);
  void warm_up();
  void fill(Exchange& exchange, httplib::Response& response) const;
  bool send_file(Exchange& exchange, std::size_t length, httplib::DataSink& sink) const;
  bool send_stream(Exchange& exchange, httplib::DataSink& sink) const;
  void log(const Exchange& exchange, const RequestHead& head) const;

  focus::Service& service_;
  const Settings settings_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  SharedPlaces streams_;
  SharedPlaces large_answers_;
  SharedPlaces bodies_;
  ConnectionList connections_;
  WorkerPool workers_;
  std::unique_ptr<WaitingRoom> room_;
};

/// Lets the process have as many descriptors as it may, and tells how many connections are wise.
std::size_t raise_connection_limit();

}  // namespace cli
