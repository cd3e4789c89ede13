// SPDX-License-Identifier: MIT
#include "serve/request_body.h"

#include <algorithm>
#include <optional>

namespace cli {
namespace {

using State = RequestBody::State;
using Wait = Connection::Wait;

constexpr std::size_t kLongestLine = 1024;  // of the size of a chunk, and of a trailer
constexpr int kMostTrailers = 64;
constexpr std::chrono::seconds kLongestBody(20);

State state_of(Wait wait) {
  if (wait == Wait::ready) return State::whole;
  return wait == Wait::late ? State::late : State::broken;
}

/// The size that begins the line before a chunk; what follows a semicolon says nothing to us.
std::optional<std::size_t> chunk_size(const std::string& line) {
  const std::size_t end = std::min(line.find_first_of("; \t"), line.size());
  if (end == 0 || end > 8) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const std::size_t digit = std::string("0123456789abcdefABCDEF").find(line[i]);
    if (digit == std::string::npos) return std::nullopt;
    size = size * 16 + (digit < 16 ? digit : digit - 6);
  }
  return size;
}

State read_trailers(Connection& connection, Moment deadline) {
  std::string line;
  for (int i = 0; i < kMostTrailers; ++i) {
    const Wait wait = connection.take_line(kLongestLine, line, deadline);
    if (wait != Wait::ready || line.empty()) return state_of(wait);
  }
  return State::broken;
}

State read_chunks(Connection& connection, Moment deadline, std::string& bytes) {
  std::string line;
  for (;;) {
    Wait wait = connection.take_line(kLongestLine, line, deadline);
    if (wait != Wait::ready) return state_of(wait);
    const auto size = chunk_size(line);
    if (!size) return State::broken;
    if (*size == 0) return read_trailers(connection, deadline);
    const std::size_t room = kMostBodyBytes - bytes.size();
    wait = connection.take_bytes(std::min(*size, room + 1), bytes, deadline);
    if (wait != Wait::ready) return state_of(wait);
    if (*size > room) return State::too_large;
    wait = connection.take_line(0, line, deadline);
    if (wait != Wait::ready) return state_of(wait);
  }
}

}  // namespace

RequestBody read_body(Connection& connection, const RequestHead& head) {
  RequestBody body;
  if (head.content_length > kMostBodyBytes) {
    // Nobody needs to send it to learn that it is too much.
    body.state = State::too_large;
    body.bytes.assign(kMostBodyBytes + 1, '\0');
    return body;
  }
  if (head.has_body() && head.expects_continue && !head.http_1_0 && connection.buffered() == 0) {
    constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    connection.write(kGoOn.data(), kGoOn.size());
    connection.flush();
  }
  const Moment deadline = std::chrono::steady_clock::now() + kLongestBody;
  body.state = head.chunked
                   ? read_chunks(connection, deadline, body.bytes)
                   : state_of(connection.take_bytes(static_cast<std::size_t>(head.content_length),
                                                    body.bytes, deadline));
  return body;
}

}  // namespace cli
