// SPDX-License-Identifier: MIT
// The socket of one client, which is read and written without ever waiting.
#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cli {

using Moment = std::chrono::steady_clock::time_point;

/// One thread at a time uses it, but for the functions that say [any-thread].
class Connection {
 public:
  /// Takes a connected socket. `peer` is where the client asks from, see peer_name().
  Connection(boost::asio::ip::tcp::socket socket, std::string peer);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& peer() const { return peer_; }

  // ---- What comes ----

  enum class Received { some, none, end };
  /// Appends to in() what has come.
  Received receive();
  std::string& in() { return in_; }

  // ---- What goes ----

  /// Adds to what is to be sent, after everything before it.
  void write(const char* data, std::size_t size);
  void write(std::string text);
  enum class Sent { all, some, failed };
  /// Sends as much as the system takes.
  Sent send();
  std::size_t unsent() const { return out_.size() + more_.size() - sent_; }
  std::int64_t bytes_sent() const { return bytes_sent_; }
  /// Says that nothing more goes.
  void end_output();

  // ---- Waiting ----

  /// Each calls `handler` once, on a thread of the socket's context: when something has come or can
  /// be sent, or the connection was shut down. `handler` keeps the owner of this connection alive.
  /// The caller must not touch the connection after it.
  template <typename Handler>
  void when_readable(Handler handler) {
    wait(boost::asio::ip::tcp::socket::wait_read, std::move(handler));
  }
  template <typename Handler>
  void when_writable(Handler handler) {
    wait(boost::asio::ip::tcp::socket::wait_write, std::move(handler));
  }

  enum class Late {
    shut_down,  ///< in both directions
    end_input   ///< nothing more comes, but an answer may go
  };
  /// What happens where the client has not done its part until `deadline`. A later call replaces
  /// it.
  void set_deadline(Moment deadline, Late late);
  void clear_deadline() { deadline_ = 0; }
  /// Does it where the deadline is over. [any-thread]
  void check_deadline(Moment now);
  bool was_late() const { return was_late_; }

  /// Since when the client is waited for, for it to send or to read something.
  void begin_wait();
  void end_wait() { waits_since_ = 0; }
  /// How long the client has been waited for by now; 0 where nobody waits. [any-thread]
  std::chrono::milliseconds waited_for() const;

  /// Whether the client has gone. [any-thread]
  bool gone() const;
  /// Ends whatever is being read or written. [any-thread]
  void shut_down();
  /// Gives memory back before a longer wait.
  void rest();

 private:
  template <typename Handler>
  void wait(boost::asio::ip::tcp::socket::wait_type what, Handler handler) {
    socket_.async_wait(
        what, [handler = std::move(handler)](const boost::system::error_code&) { handler(); });
  }
  void forget_sent();

  boost::asio::ip::tcp::socket socket_;
  const int descriptor_;  // as long as this object is there
  const std::string peer_;
  std::string in_;
  std::string out_;
  std::string more_;      // after out_: a body that was not copied
  std::size_t sent_ = 0;  // of both
  std::int64_t bytes_sent_ = 0;
  std::atomic<std::int64_t> deadline_{0};  // in milliseconds of the steady clock; 0: none
  std::atomic<Late> late_{Late::shut_down};
  std::atomic<bool> was_late_{false};
  std::atomic<std::int64_t> waits_since_{0};  // likewise
};

}  // namespace cli
