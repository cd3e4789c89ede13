// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cctype>
#include <functional>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace focus::test {

/// A request as a ScriptedServer has received it. Names of headers are in lower case.
struct SeenRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;
  std::string body;
};

/// A server of HTTP on a port of this machine whose answers a test writes, to the byte: one request
/// a connection, one connection at a time.
class ScriptedServer {
 public:
  /// Returns what is sent, before the connection is closed: "" sends nothing.
  using Script = std::function<std::string(const SeenRequest&)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      throw std::runtime_error("no port of this machine is free");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~ScriptedServer() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<SeenRequest> seen() const {
    const std::lock_guard guard(mutex_);
    return seen_;
  }

  /// An answer with its length.
  static std::string answer(int status, const std::string& body = {},
                            const std::string& headers = {}) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Scripted\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n" + headers + "\r\n" + body;
  }
  static std::string error(int status, const std::string& code, const std::string& message = {}) {
    return answer(status, "<?xml version='1.0'?><Error><Code>" + code + "</Code><Message>" +
                              message + "</Message></Error>");
  }

 private:
  void serve() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      const SeenRequest request = receive(client);
      {
        const std::lock_guard guard(mutex_);
        seen_.push_back(request);
      }
      const std::string sent = script_(request);
      for (std::size_t at = 0; at < sent.size();) {
        const ssize_t count = ::send(client, sent.data() + at, sent.size() - at, MSG_NOSIGNAL);
        if (count <= 0) break;
        at += static_cast<std::size_t>(count);
      }
      ::close(client);
    }
  }

  static SeenRequest receive(int client) {
    std::string text;
    const auto more = [&] {
      char block[65536];
      const ssize_t count = ::recv(client, block, sizeof(block), 0);
      if (count > 0) text.append(block, static_cast<std::size_t>(count));
      return count > 0;
    };
    std::size_t end = std::string::npos;
    while ((end = text.find("\r\n\r\n")) == std::string::npos && more()) {
    }
    SeenRequest request;
    if (end == std::string::npos) return request;
    const std::string head = text.substr(0, end + 2);
    const std::size_t first_line = head.find("\r\n");
    const std::size_t space = head.find(' ');
    request.method = head.substr(0, space);
    request.target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
    for (std::size_t at = first_line + 2; at < head.size();) {
      const std::size_t line_end = head.find("\r\n", at);
      const std::size_t colon = head.find(':', at);
      std::string name = head.substr(at, colon - at);
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      const std::size_t value = head.find_first_not_of(' ', colon + 1);
      request.headers[name] = head.substr(value, line_end - value);
      at = line_end + 2;
    }
    const std::string length = request.headers["content-length"];
    const std::size_t body = length.empty() ? 0 : std::stoul(length);
    while (text.size() < end + 4 + body && more()) {
    }
    request.body = text.substr(end + 4);
    return request;
  }

  const Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<SeenRequest> seen_;
  std::thread thread_;
};

}  // namespace focus::test
