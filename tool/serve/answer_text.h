// SPDX-License-Identifier: MIT
// Answers as HTTP/1.1 writes them.
#pragma once

#include <cstddef>
#include <string>

#include "serve/answer.h"

namespace cli {

/// How a client learns where a body ends.
enum class BodyEnd {
  length,  ///< of its length, or because there is no body
  chunks,
  close  ///< of the connection
};

/// How the body of `answer` is to end. Old players can read no chunks, so audio whose length is not
/// known ends with the connection.
BodyEnd body_end_of(const Answer& answer, bool is_http_1_0);

/// The status line and the headers, with the empty line. `connection` is the value of that header;
/// nullptr: there is none.
std::string head_of(const Answer& answer, BodyEnd end, const char* connection);

/// Appends a part of a body that is sent in chunks.
void append_chunk(std::string& text, const char* data, std::size_t size);
/// Appends the end of such a body.
void append_last_chunk(std::string& text);

}  // namespace cli
