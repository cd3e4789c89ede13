// SPDX-License-Identifier: MIT
#include "serve/listener.h"

#include <boost/asio/ip/v6_only.hpp>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

#include "failure.h"
#include "serve/answer.h"
#include "serve/answer_text.h"
#include "serve/peer.h"
#include "text.h"

namespace cli {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr int kBacklog = 512;
constexpr std::chrono::milliseconds kPause(20);

std::string peer_of(const tcp::endpoint& endpoint) {
  sockaddr_storage address{};
  std::memcpy(&address, endpoint.data(), endpoint.size());
  return peer_name(address);
}

Failure not_bound(const std::string& host, int port, const ErrorCode& error) {
  const std::string number = std::to_string(port);
  if (error == asio::error::address_in_use) {
    return {kExitFailed,
            "--port: " + number + " is in use; choose another one, or 0 for any that is free"};
  }
  if (error == asio::error::access_denied) {
    return {kExitFailed, "--port: " + number + " is not for everybody; choose one from 1024"};
  }
  return {kExitFailed, "--host: there is no address \"" + plain(host) +
                           "\" on this machine that could be listened on"};
}

}  // namespace

Listener::Listener(asio::io_context& context, const std::string& host, int port,
                   const Limits& limits, ClientList& clients, Welcome welcome)
    : context_(context),
      acceptor_(context),
      pause_(context),
      limits_(limits),
      clients_(clients),
      welcome_(std::move(welcome)) {
  bind(host, port);
}

void Listener::bind(const std::string& host, int port) {
  ErrorCode error;
  const auto flags = tcp::resolver::passive | tcp::resolver::numeric_service;
  const auto found = tcp::resolver(context_).resolve(host, std::to_string(port), flags, error);
  if (error) throw not_bound(host, port, error);
  for (const auto& entry : found) {
    const tcp::endpoint endpoint = entry.endpoint();
    ErrorCode ignored;
    acceptor_.close(ignored);
    acceptor_.open(endpoint.protocol(), error);
    if (error) continue;
    acceptor_.set_option(tcp::acceptor::reuse_address(true), ignored);
    if (endpoint.protocol() == tcp::v6()) {
      acceptor_.set_option(asio::ip::v6_only(false), ignored);
    }
    ::fcntl(acceptor_.native_handle(), F_SETFD, FD_CLOEXEC);
    acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kBacklog, error);
    if (!error) break;
  }
  if (error || !acceptor_.is_open()) throw not_bound(host, port, error);
  acceptor_.non_blocking(true);
  port_ = acceptor_.local_endpoint().port();
}

void Listener::open() { wait(); }

/// (The acceptor itself belongs to the thread that lets clients in.)
void Listener::close() {
  closed_ = true;
  ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
}

void Listener::wait() {
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](const ErrorCode&) {
    if (!closed_) let_in();
  });
}

void Listener::let_in() {
  while (!closed_) {
    tcp::socket socket(context_);
    tcp::endpoint endpoint;
    ErrorCode error;
    acceptor_.accept(socket, endpoint, error);
    if (error == asio::error::would_block || error == asio::error::try_again) return wait();
    if (error == asio::error::connection_aborted) continue;
    if (error) {
      if (error.value() == EMFILE || error.value() == ENFILE) clients_.make_room();
      return pause();  // whatever it is, it may pass
    }
    try {
      admit(std::move(socket), peer_of(endpoint));
    } catch (const std::exception&) {
      return pause();  // out of memory
    }
  }
}

void Listener::pause() {
  pause_.expires_after(kPause);
  pause_.async_wait([this](const ErrorCode&) {
    if (!closed_) let_in();
  });
}

void Listener::admit(tcp::socket socket, std::string peer) {
  if (clients_.size_of(peer) >= limits_.per_address && !clients_.make_room_for(peer)) {
    turn_away(socket, limits_.per_address);
    return;
  }
  if (clients_.size() >= limits_.connections) clients_.make_room();
  welcome_(std::move(socket), std::move(peer));
}

/// Says why, as far as the client's system takes it at once, and closes.
void Listener::turn_away(tcp::socket& socket, std::size_t most) {
  const Answer answer =
      refuse_request(kServiceBusy, "connections_per_address: " + std::to_string(most) +
                                       " clients are answered at this address already");
  const std::string text = head_of(answer, BodyEnd::length, "close") + answer.bytes;
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
}

}  // namespace cli
