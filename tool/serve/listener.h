// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <string>

#include "serve/client_list.h"

namespace cli {

/// Lets clients in, as many as there may be.
class Listener {
 public:
  struct Limits {
    std::size_t connections = 1000;  ///< beyond, the client that has waited longest is closed
    std::size_t per_address = 500;   ///< likewise, of the clients that ask from one address
  };
  /// Receives a client, and where it asks from. Must return at once.
  using Welcome = std::function<void(boost::asio::ip::tcp::socket, std::string)>;

  /// Binds the address. Throws Failure where it is not to be had.
  Listener(boost::asio::io_context& context, const std::string& host, int port,
           const Limits& limits, ClientList& clients, Welcome welcome);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }
  /// From now on clients are let in. Once.
  void open();
  /// Lets nobody in any more. [any-thread]
  void close();

 private:
  void bind(const std::string& host, int port);
  void wait();
  void let_in();
  void pause();
  void admit(boost::asio::ip::tcp::socket socket, std::string peer);
  static void turn_away(boost::asio::ip::tcp::socket& socket, std::size_t most);

  boost::asio::io_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  const Limits limits_;
  ClientList& clients_;
  const Welcome welcome_;
  int port_ = 0;
  std::atomic<bool> closed_{false};
};

}  // namespace cli
