// SPDX-License-Identifier: MIT
#include "serve/connection.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace cli {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kBlock = 65536;
constexpr std::chrono::seconds kLongestStall(20);  // of a client that takes nothing
constexpr std::chrono::seconds kLongestFarewell(2);
constexpr std::size_t kMostDiscarded = 4 << 20;
constexpr int kSendBuffer = 192 * 1024;

std::int64_t milliseconds_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             steady_clock::now().time_since_epoch())
      .count();
}

#if defined(POLLRDHUP)
constexpr short kHangUp = POLLRDHUP;
#else
constexpr short kHangUp = 0;
#endif

}  // namespace

Connection::Connection(int descriptor, std::string peer)
    : descriptor_(descriptor), peer_(std::move(peer)) {
  ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
  // An answer is sent as a whole, so that there is nothing to wait for.
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // The system would keep megabytes for a client that does not read.
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
}

Connection::~Connection() { ::close(descriptor_); }

Connection::Input Connection::take_in() {
  for (;;) {
    const Input now = input();
    if (now != Input::partial) return now;
    switch (receive()) {
      case Received::some:
        break;
      case Received::none:
        return Input::partial;
      case Received::end:
        return Input::closed;
    }
  }
}

Connection::Input Connection::take_in(std::size_t size) {
  while (in_.size() < size) {
    const Received received = receive();
    if (received == Received::end) return Input::closed;
    if (received == Received::none) return Input::partial;
  }
  return Input::head;
}

Connection::Input Connection::input() {
  const std::size_t size = head_size();
  if (std::max(size, scanned_) > kLongestHead) return Input::too_long;
  return size > 0 ? Input::head : Input::partial;
}

std::string Connection::take_head() {
  const std::size_t size = head_size();
  std::string head = in_.substr(0, size);
  in_.erase(0, size);
  scanned_ = 0;
  return head;
}

/// Where the first empty line ends; 0 as long as there is none.
std::size_t Connection::head_size() {
  if (scanned_ == 0) in_.erase(0, std::min(in_.find_first_not_of("\r\n"), in_.size()));
  for (;;) {
    const std::size_t newline = in_.find('\n', scanned_);
    const std::size_t next = newline + 1;
    scanned_ = std::min(newline, in_.size());
    if (newline == in_.npos || next == in_.size()) return 0;
    if (in_[next] == '\n') return next + 1;
    if (in_[next] == '\r') {
      if (next + 1 == in_.size()) return 0;
      if (in_[next + 1] == '\n') return next + 2;
    }
    scanned_ = next;
  }
}

Connection::Wait Connection::wait_for_input(Moment deadline) {
  return wait_for(POLLIN, deadline) ? Wait::ready : Wait::late;
}

Connection::Wait Connection::take_bytes(std::size_t count, std::string& out, Moment deadline) {
  while (count > 0) {
    const std::size_t taken = std::min(count, in_.size());
    out.append(in_, 0, taken);
    in_.erase(0, taken);
    count -= taken;
    if (count == 0) break;
    if (!wait_for(POLLIN, deadline)) return Wait::late;
    if (receive() == Received::end) return Wait::closed;
  }
  return Wait::ready;
}

Connection::Wait Connection::take_line(std::size_t longest, std::string& line, Moment deadline) {
  std::size_t end = 0;
  while ((end = in_.find('\n')) == in_.npos) {
    if (in_.size() > longest + 1) return Wait::closed;
    if (!wait_for(POLLIN, deadline)) return Wait::late;
    if (receive() == Received::end) return Wait::closed;
  }
  line = in_.substr(0, end);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  in_.erase(0, end + 1);
  return line.size() > longest ? Wait::closed : Wait::ready;
}

bool Connection::flush() {
  std::size_t sent = 0;
  while (!broken_ && sent < out_.size()) {
    // A client that has gone raises SIGPIPE, which httplib has set to be ignored.
    const ssize_t count = ::send(descriptor_, out_.data() + sent, out_.size() - sent, 0);
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      broken_ = !wait_for(POLLOUT, steady_clock::now() + kLongestStall);
    } else if (errno != EINTR) {
      broken_ = true;
    }
  }
  bytes_sent_ += static_cast<std::int64_t>(sent);
  out_.clear();
  return !broken_;
}

bool Connection::gone() const {
  pollfd entry{descriptor_, kHangUp, 0};
  return broken_ || (::poll(&entry, 1, 0) > 0 &&
                     (entry.revents & (kHangUp | POLLHUP | POLLERR | POLLNVAL)) != 0);
}

void Connection::close_gently() {
  if (!flush()) return;
  ::shutdown(descriptor_, SHUT_WR);
  const Moment deadline = steady_clock::now() + kLongestFarewell;
  for (std::size_t discarded = in_.size(); discarded < kMostDiscarded; discarded += in_.size()) {
    in_.clear();
    if (!wait_for(POLLIN, deadline) || receive() == Received::end) return;
  }
}

void Connection::shut_down() { ::shutdown(descriptor_, SHUT_RDWR); }

void Connection::rest() {
  in_.shrink_to_fit();
  std::string().swap(out_);
  std::string().swap(script_);
}

void Connection::let_httplib_read(std::string request) {
  script_ = std::move(request);
  script_position_ = 0;
}

ssize_t Connection::read(char* data, size_t size) {
  const std::size_t count = std::min(size, script_.size() - script_position_);
  script_.copy(data, count, script_position_);
  script_position_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, size_t size) {
  if (broken_) return -1;
  out_.append(data, size);
  if (out_.size() >= kBlock && !flush()) return -1;
  return static_cast<ssize_t>(size);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  get_remote_ip_and_port(ip, port);
}

Connection::Received Connection::receive() {
  char block[16384];
  for (;;) {
    const ssize_t count = ::recv(descriptor_, block, sizeof block, 0);
    if (count > 0) {
      in_.append(block, static_cast<std::size_t>(count));
      return Received::some;
    }
    if (count == 0) return Received::end;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Received::none;
    if (errno != EINTR) return Received::end;
  }
}

std::chrono::milliseconds Connection::waited_for() const {
  const std::int64_t since = waits_since_;
  return std::chrono::milliseconds(since == 0 ? 0 : milliseconds_now() - since);
}

bool Connection::wait_for(short events, Moment deadline) {
  struct Waiting {
    explicit Waiting(std::atomic<std::int64_t>& its_since) : since(its_since) {
      since = milliseconds_now();
    }
    ~Waiting() { since = 0; }
    std::atomic<std::int64_t>& since;
  };
  const Waiting waiting(waits_since_);
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
    pollfd entry{descriptor_, events, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready > 0) return true;  // an error counts: the call that follows tells which
    if (left.count() <= 0 || (ready < 0 && errno != EINTR)) return false;
  }
}

}  // namespace cli
