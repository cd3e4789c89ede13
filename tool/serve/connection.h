// SPDX-License-Identifier: MIT
// The socket of one client, read and written in blocks and never waited for without an end.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <httplib.h>
#include <string>

namespace cli {

using Moment = std::chrono::steady_clock::time_point;

/// Not thread-safe, but for shut_down(). It is a Stream so that httplib can write answers to it;
/// what clients send is read here, because httplib reads one byte a call and without a deadline.
class Connection : public httplib::Stream {
 public:
  static constexpr std::size_t kLongestHead = 65536;

  /// Takes `descriptor`, a connected socket, which becomes non-blocking. `peer` is where the client
  /// asks from, see peer_name().
  explicit Connection(int descriptor, std::string peer = "");
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int descriptor() const { return descriptor_; }
  const std::string& peer() const { return peer_; }
  /// How long the client has been waited for by now, for it to send or to read something; 0 where
  /// nobody waits. [any-thread]
  std::chrono::milliseconds waited_for() const;

  // ---- The head of a request ----

  enum class Input { partial, head, too_long, closed };
  /// Takes in what has come, without waiting.
  Input take_in();
  /// The same of what was taken in before.
  Input input();
  /// Takes in what has come until `size` bytes are here; Input::head then.
  Input take_in(std::size_t size);
  /// How many bytes of the next request, or of what is left of this one, are here.
  std::size_t buffered() const { return in_.size(); }
  /// The head as it is here. After Input::head.
  std::string_view peek_head() { return std::string_view(in_).substr(0, head_size()); }
  /// The head, with the empty line that ends it. Once, after Input::head.
  std::string take_head();

  // ---- The body of a request ----

  enum class Wait { ready, late, closed };
  /// Waits for a byte to come.
  Wait wait_for_input(Moment deadline);
  /// Appends the next `count` bytes to `out`.
  Wait take_bytes(std::size_t count, std::string& out, Moment deadline);
  /// The next line without its end. A line that is longer than `longest` counts as closed.
  Wait take_line(std::size_t longest, std::string& line, Moment deadline);

  // ---- The answer ----

  /// Sends what was written. False once the client has gone, or took nothing for too long.
  bool flush();
  /// Whether the client has gone.
  bool gone() const;
  std::int64_t bytes_sent() const { return bytes_sent_; }
  /// Says that there is no more, and discards for a moment what the client still sends: closing at
  /// once would make its system throw the answer away unread.
  void close_gently();
  /// Ends whatever is being read or written. [any-thread]
  void shut_down();
  /// Gives memory back before a longer wait.
  void rest();

  /// What httplib shall read next.
  void let_httplib_read(std::string request);

  bool is_readable() const override { return script_position_ < script_.size(); }
  bool is_writable() const override { return !broken_; }
  ssize_t read(char* data, size_t size) override;
  ssize_t write(const char* data, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// Not the descriptor: httplib refuses to work for one that select() could not take.
  socket_t socket() const override { return 0; }

 private:
  enum class Received { some, none, end };
  Received receive();
  /// Waits until one of `events` is there; false at the deadline.
  bool wait_for(short events, Moment deadline);
  std::size_t head_size();

  int descriptor_;
  const std::string peer_;
  /// Since when, in milliseconds of the steady clock; 0 where nobody waits.
  std::atomic<std::int64_t> waits_since_{0};
  std::string in_;
  std::size_t scanned_ = 0;  ///< of `in_`, for the end of the head
  std::string out_;
  std::int64_t bytes_sent_ = 0;
  bool broken_ = false;
  std::string script_;
  std::size_t script_position_ = 0;
};

}  // namespace cli
