// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <cctype>
#include <cstdlib>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace focus::test {

struct HttpAnswer {
  int status = 0;                              ///< 0: there was none, or not a whole one
  std::map<std::string, std::string> headers;  ///< by names in lower case
  std::string body;

  /// "" where it is not there.
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found != headers.end() ? found->second : "";
  }
};

/// A client that sends what it is told to, byte for byte.
class HttpClient {
 public:
  explicit HttpClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~HttpClient() { ::close(socket_); }
  HttpClient(HttpClient&& other) noexcept
      : socket_(other.socket_), connected_(other.connected_), in_(std::move(other.in_)) {
    other.socket_ = -1;
  }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  bool connected() const { return connected_; }

  /// False where the other side has closed.
  bool send(const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t count = ::send(socket_, text.data() + done, text.size() - done, MSG_NOSIGNAL);
      if (count <= 0) return false;
      done += static_cast<std::size_t>(count);
    }
    return true;
  }

  /// Waits until `words` have come, and returns everything up to their end.
  std::string read_until(const std::string& words) {
    std::size_t found = 0;
    while ((found = in_.find(words)) == std::string::npos) {
      if (!receive()) return {};
    }
    return take(found + words.size());
  }

  /// The next answer; to a HEAD without a body.
  HttpAnswer answer(bool head = false) {
    HttpAnswer answer;
    const std::string text = read_until("\r\n\r\n");
    if (text.rfind("HTTP/1.1 ", 0) != 0) return {};
    const int status = std::atoi(text.c_str() + 9);
    for (std::size_t line = text.find("\r\n") + 2; line < text.size() - 2;) {
      const std::size_t end = text.find("\r\n", line);
      const std::size_t colon = text.find(": ", line);
      std::string name = text.substr(line, colon - line);
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      answer.headers[name] = text.substr(colon + 2, end - colon - 2);
      line = end + 2;
    }
    const auto length = answer.headers.find("content-length");
    if (!head && length != answer.headers.end()) {
      const std::size_t size = std::strtoull(length->second.c_str(), nullptr, 10);
      while (in_.size() < size) {
        if (!receive()) return {};
      }
      answer.body = take(size);
    }
    answer.status = status;
    return answer;
  }

  /// Waits until the other side closes; false where it still says something, or never does.
  bool closed() { return !receive() && ended_; }

 private:
  /// Generous: it is there so that a test of a server that hangs ends.
  static constexpr int kLongestWait = 30000;  // milliseconds

  bool receive() {
    pollfd entry{socket_, POLLIN, 0};
    if (::poll(&entry, 1, kLongestWait) <= 0) return false;
    char block[65536];
    const ssize_t count = ::recv(socket_, block, sizeof block, 0);
    if (count > 0) in_.append(block, static_cast<std::size_t>(count));
    ended_ = count <= 0;
    return count > 0;
  }
  std::string take(std::size_t size) {
    std::string text = in_.substr(0, size);
    in_.erase(0, size);
    return text;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string in_;
};

}  // namespace focus::test
