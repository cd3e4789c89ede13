// SPDX-License-Identifier: MIT
// The request line and the headers of an HTTP/1 request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "serve/answer.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// The longest body that the library takes.
inline constexpr std::size_t kMostBodyBytes = 65536;

struct RequestHead {
  std::string method;
  std::string target;  ///< as it came
  focus::HttpHeaders headers;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool chunked = false;
  bool expects_continue = false;
  std::uint64_t content_length = 0;
  std::optional<Answer> refusal;  ///< set where the request can not be read; nothing else is then

  /// Whether a body follows.
  bool has_body() const { return chunked || content_length > 0; }
  /// Whether a body follows whose length is known and allowed, and which the client sends without
  /// being asked for it.
  bool body_comes_by_itself() const {
    return !chunked && !expects_continue && content_length <= kMostBodyBytes;
  }
};

/// Reads a head as RFC 9112 has it. Where two readers could see different things (two lengths, a
/// folded line, ...) it is refused.
RequestHead read_head(std::string_view text);

}  // namespace cli
