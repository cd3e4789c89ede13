// SPDX-License-Identifier: MIT
#include "serve/answer_text.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/status.hpp>
#include <string_view>

#include "serve/utc_time.h"

namespace cli {
namespace {

namespace http = boost::beast::http;

const std::string* find_header(const Answer& answer, std::string_view name) {
  const auto found =
      std::find_if(answer.headers.begin(), answer.headers.end(), [&](const auto& header) {
        return boost::beast::iequals(header.first, {name.data(), name.size()});
      });
  return found == answer.headers.end() ? nullptr : &found->second;
}

void append_header(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

template <typename Buffers>
void append(std::string& text, const Buffers& buffers) {
  for (const boost::asio::const_buffer part : boost::beast::buffers_range_ref(buffers)) {
    text.append(static_cast<const char*>(part.data()), part.size());
  }
}

}  // namespace

BodyEnd body_end_of(const Answer& answer, bool is_http_1_0) {
  if (answer.kind != focus::HttpBody::stream) return BodyEnd::length;
  if (find_header(answer, "Content-Length") != nullptr) return BodyEnd::length;
  const std::string* type = find_header(answer, "Content-Type");
  const bool is_audio = type != nullptr && boost::beast::iequals(type->substr(0, 6), "audio/");
  return is_http_1_0 || is_audio ? BodyEnd::close : BodyEnd::chunks;
}

std::string head_of(const Answer& answer, BodyEnd end, const char* connection) {
  const auto reason =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(answer.status)));
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  text.append(reason.data(), reason.size()).append("\r\n");
  for (const auto& [name, value] : answer.headers) append_header(text, name, value);
  const bool has_body = answer.status != 204 && answer.status != 304;
  if (answer.kind == focus::HttpBody::bytes && answer.body_size == 0 && has_body &&
      find_header(answer, "Content-Length") == nullptr) {
    append_header(text, "Content-Length", "0");
  }
  append_header(text, "Date", http_date());
  if (connection != nullptr) append_header(text, "Connection", connection);
  if (end == BodyEnd::chunks) append_header(text, "Transfer-Encoding", "chunked");
  return text.append("\r\n");
}

void append_chunk(std::string& text, const char* data, std::size_t size) {
  append(text, http::make_chunk(boost::asio::const_buffer(data, size)));
}

void append_last_chunk(std::string& text) { append(text, http::make_chunk_last()); }

}  // namespace cli
