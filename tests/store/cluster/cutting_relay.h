// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cstddef>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>

namespace focus::test {

/// Stands between a node and its database, and can lose the answer to a COMMIT: the server has
/// committed, and the node never hears of it.
class CuttingRelay {
 public:
  /// `url` is "postgresql://USER:PASSWORD@127.0.0.1:PORT/NAME".
  explicit CuttingRelay(const std::string& url) {
    const std::size_t port = url.rfind(':') + 1;
    const std::size_t name = url.rfind('/');
    if (!absl::SimpleAtoi(url.substr(port, name - port), &server_port_)) {
      throw std::runtime_error("the database's address has no port");
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      throw std::runtime_error("no port of this machine is free");
    }
    url_ = absl::StrCat(url.substr(0, port), ntohs(address.sin_port), url.substr(name));
    thread_ = std::thread([this] { serve(); });
  }
  ~CuttingRelay() {
    stopping_ = true;
    thread_.join();
    for (const Pair& pair : pairs_) close(pair);
    ::close(listener_);
  }
  CuttingRelay(const CuttingRelay&) = delete;
  CuttingRelay& operator=(const CuttingRelay&) = delete;

  /// The database's address by way of the relay.
  const std::string& url() const { return url_; }
  /// The connection that commits next is lost before it has the answer.
  void lose_next_commit() { is_armed_ = true; }
  /// How many have been lost.
  int lost() const { return lost_; }

 private:
  struct Pair {
    int client = -1;
    int server = -1;
    bool is_lost = false;  ///< its client is to get no answer more
  };

  static sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
  }

  static void close(const Pair& pair) {
    ::close(pair.client);
    ::close(pair.server);
  }

  void accept_one() {
    Pair pair;
    pair.client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    pair.server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(server_port_);
    if (::connect(pair.server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
      close(pair);
      return;
    }
    pairs_.push_back(pair);
  }

  /// Passes on what `from` has sent. False at its end.
  bool pass(Pair& pair, int from, int to) {
    char bytes[16384];
    const ssize_t read = ::read(from, bytes, sizeof(bytes));
    if (read <= 0) return false;
    const std::string_view text(bytes, static_cast<std::size_t>(read));
    if (from == pair.server && pair.is_lost) {  // the server has answered, so it has committed
      ++lost_;
      return false;
    }
    if (from == pair.client && text.find("COMMIT") != text.npos && is_armed_.exchange(false)) {
      pair.is_lost = true;
    }
    return ::send(to, text.data(), text.size(), MSG_NOSIGNAL) == read;
  }

  void serve() {
    while (!stopping_) {
      std::vector<pollfd> sources{{listener_, POLLIN, 0}};
      for (const Pair& pair : pairs_) {
        sources.push_back({pair.client, POLLIN, 0});
        sources.push_back({pair.server, POLLIN, 0});
      }
      if (::poll(sources.data(), sources.size(), 10) <= 0) continue;
      std::vector<Pair> left;
      for (std::size_t k = 0; k < pairs_.size(); ++k) {
        Pair pair = pairs_[k];
        const bool goes_on =
            (sources[2 * k + 1].revents == 0 || pass(pair, pair.client, pair.server)) &&
            (sources[2 * k + 2].revents == 0 || pass(pair, pair.server, pair.client));
        if (goes_on) {
          left.push_back(pair);
        } else {
          close(pair);
        }
      }
      pairs_.swap(left);
      if (sources[0].revents != 0) accept_one();
    }
  }

  int server_port_ = 0;
  int listener_ = -1;
  std::string url_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> is_armed_{false};
  std::atomic<int> lost_{0};
  std::vector<Pair> pairs_;  // of the thread
  std::thread thread_;
};

}  // namespace focus::test
