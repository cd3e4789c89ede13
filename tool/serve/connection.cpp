// SPDX-License-Identifier: MIT
#include "serve/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace cli {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kBlock = 16384;
constexpr std::size_t kKept = 16384;  // of memory that is not used now
constexpr int kSendBuffer = 192 * 1024;

std::int64_t milliseconds_of(Moment moment) {
  return std::chrono::duration_cast<milliseconds>(moment.time_since_epoch()).count();
}

std::int64_t milliseconds_now() { return milliseconds_of(std::chrono::steady_clock::now()); }

#if defined(POLLRDHUP)
constexpr short kHangUp = POLLRDHUP;
#else
constexpr short kHangUp = 0;
#endif

bool must_wait(const ErrorCode& error) {
  return error == asio::error::would_block || error == asio::error::try_again;
}

}  // namespace

Connection::Connection(tcp::socket socket, std::string peer)
    : socket_(std::move(socket)), descriptor_(socket_.native_handle()), peer_(std::move(peer)) {
  ErrorCode ignored;
  ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  socket_.non_blocking(true, ignored);
  // An answer is sent as a whole, so that there is nothing to wait for.
  socket_.set_option(tcp::no_delay(true), ignored);
  // The system would keep megabytes for a client that does not read.
  socket_.set_option(tcp::socket::send_buffer_size(kSendBuffer), ignored);
}

Connection::Received Connection::receive() {
  char block[kBlock];
  ErrorCode error;
  const std::size_t count = socket_.read_some(asio::buffer(block), error);
  if (must_wait(error)) return Received::none;
  if (error) return Received::end;
  in_.append(block, count);
  return Received::some;
}

void Connection::write(const char* data, std::size_t size) {
  if (more_.empty()) {
    out_.append(data, size);
  } else {
    more_.append(data, size);
  }
}

void Connection::write(std::string text) {
  if (more_.empty()) {
    more_ = std::move(text);
  } else {
    more_ += text;
  }
}

Connection::Sent Connection::send() {
  while (unsent() > 0) {
    const std::size_t first = std::min(sent_, out_.size());
    const std::size_t second = sent_ - first;
    const std::array<asio::const_buffer, 2> rest{
        asio::buffer(out_.data() + first, out_.size() - first),
        asio::buffer(more_.data() + second, more_.size() - second)};
    ErrorCode error;
    const std::size_t count = socket_.write_some(rest, error);
    if (must_wait(error)) {
      if (sent_ >= kSendBuffer) forget_sent();
      return Sent::some;
    }
    if (error) return Sent::failed;
    sent_ += count;
    bytes_sent_ += static_cast<std::int64_t>(count);
  }
  out_.clear();
  more_.clear();
  if (out_.capacity() > kKept) out_.shrink_to_fit();
  if (more_.capacity() > kKept) more_.shrink_to_fit();
  sent_ = 0;
  return Sent::all;
}

/// A stream adds at the end as long as it lasts.
void Connection::forget_sent() {
  const std::size_t first = std::min(sent_, out_.size());
  out_.erase(0, first);
  more_.erase(0, sent_ - first);
  sent_ = 0;
}

void Connection::end_output() {
  ErrorCode ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::set_deadline(Moment deadline, Late late) {
  late_ = late;
  deadline_ = milliseconds_of(deadline);
}

void Connection::check_deadline(Moment now) {
  std::int64_t deadline = deadline_;
  if (deadline == 0 || milliseconds_of(now) < deadline) return;
  if (!deadline_.compare_exchange_strong(deadline, 0)) return;  // it was set to another time
  was_late_ = true;
  ::shutdown(descriptor_, late_ == Late::end_input ? SHUT_RD : SHUT_RDWR);
}

void Connection::begin_wait() {
  if (waits_since_ == 0) waits_since_ = milliseconds_now();
}

milliseconds Connection::waited_for() const {
  const std::int64_t since = waits_since_;
  return milliseconds(since == 0 ? 0 : milliseconds_now() - since);
}

bool Connection::gone() const {
  pollfd entry{descriptor_, kHangUp, 0};
  return ::poll(&entry, 1, 0) > 0 &&
         (entry.revents & (kHangUp | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

void Connection::shut_down() { ::shutdown(descriptor_, SHUT_RDWR); }

void Connection::rest() {
  if (in_.empty()) std::string().swap(in_);
  std::string().swap(out_);
  std::string().swap(more_);
}

}  // namespace cli
