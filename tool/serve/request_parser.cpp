// SPDX-License-Identifier: MIT
#include "serve/request_parser.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>

namespace cli {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kLongestTarget = 8192;
/// Of the line before a chunk, and of all trailers.
constexpr std::size_t kLongestChunkHead = 65536;
/// Beast counts a head that has come whole again; the caller has its own limit.
constexpr std::uint32_t kAnyHead = 1 << 20;

struct Refused {
  Refusal refusal;
  std::string reason;
};

[[noreturn]] void refuse(const std::string& reason) { throw Refused{kBadRequest, reason}; }

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_same(std::string_view one, std::string_view other) {
  return boost::beast::iequals({one.data(), one.size()}, {other.data(), other.size()});
}

/// What Beast found wrong, in words.
const char* reason_of(boost::beast::error_code error) {
  if (error == http::error::bad_method || error == http::error::bad_target) {
    return "the request line must be METHOD TARGET HTTP/1.1";
  }
  if (error == http::error::bad_version) return "the version must be HTTP/1.1";
  if (error == http::error::bad_field) return "a header must be a name, a colon and a value";
  if (error == http::error::bad_value || error == http::error::bad_line_ending) {
    return "a header must not hold control characters";
  }
  if (error == http::error::bad_content_length) return "Content-Length must be one number";
  if (error == http::error::bad_transfer_encoding) {
    return "there must be one Transfer-Encoding, and no Content-Length beside it";
  }
  return "the request line and the headers make no sense";
}

/// Beast takes the line ends of RFC 9112 alone; a bare newline is as clear.
std::string with_line_ends(std::string_view text) {
  std::string whole;
  whole.reserve(text.size() + 64);
  for (const char c : text) {
    if (c == '\n' && (whole.empty() || whole.back() != '\r')) whole += '\r';
    whole += c;
  }
  return whole;
}

bool has_bare_newline(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') return true;
  }
  return false;
}

/// Whether a line continues the one before: Beast would join them, another reader might not.
bool has_folded_line(std::string_view text) {
  return text.find("\n ") != text.npos || text.find("\n\t") != text.npos;
}

}  // namespace

RequestParser::RequestParser() {
  header_limit(kAnyHead);
  body_limit(std::numeric_limits<std::uint64_t>::max());
}

const RequestHead& RequestParser::read_head(std::string_view text) {
  try {
    if (has_folded_line(text)) refuse("a header must be a name, a colon and a value");
    std::string mended;
    if (has_bare_newline(text)) text = mended = with_line_ends(text);
    ErrorCode error;
    put({text.data(), text.size()}, error);
    if (error || in_head_) refuse(reason_of(error));
  } catch (const Refused& refused) {
    head_ = {};
    head_.keep_alive = false;
    head_.refusal = refuse_request(refused.refusal, refused.reason);
  }
  return head_;
}

RequestParser::Body RequestParser::read_body(std::string& in) {
  std::size_t taken = 0;
  ErrorCode error;
  while (!is_done() && taken < in.size() && !error) {
    taken += put({in.data() + taken, in.size() - taken}, error);
  }
  in.erase(0, taken);
  if (error == http::error::body_limit) return Body::too_large;
  if (error && error != http::error::need_more) return Body::broken;
  if (is_done()) return Body::whole;
  return in.size() > kLongestChunkHead ? Body::broken : Body::partial;
}

void RequestParser::on_request_impl(Verb, View method, View target, int version, ErrorCode&) {
  head_.method = view(method);
  head_.http_1_0 = version == 10;
  read_target(view(target));
}

void RequestParser::read_target(std::string_view target) {
  if (target.size() > kLongestTarget) {
    throw Refused{kUriTooLong,
                  "the request target is longer than " + std::to_string(kLongestTarget) + " bytes"};
  }
  // A client that believes to speak to a proxy writes the whole URL.
  if (is_same(target.substr(0, 7), "http://")) {
    const std::size_t path = target.find('/', 7);
    target = path == target.npos ? "/" : target.substr(path);
  }
  if (target.substr(0, 1) != "/" && target != "*") refuse("the request target must be a path");
  head_.target = target;
}

/// Trailers are left alone.
void RequestParser::on_field_impl(Field field, View name, View value, ErrorCode&) {
  if (!in_head_) return;
  head_.headers.emplace_back(view(name), view(value));
  note_field(field, view(value));
}

void RequestParser::note_field(Field field, std::string_view value) {
  switch (field) {
    case Field::host:
      if (++hosts_ > 1) refuse("there are two Host headers");
      break;
    case Field::expect:
      head_.expects_continue = is_same(value, "100-continue");
      break;
    case Field::content_length:  // Beast would take a list of equal numbers
      if (value.find_first_not_of("0123456789") != value.npos) {
        refuse("Content-Length must be one number");
      }
      break;
    case Field::transfer_encoding:
      if (head_.http_1_0) refuse("Transfer-Encoding has no place here");
      if (!is_same(value, "chunked")) {
        throw Refused{kNotImplemented, "the only Transfer-Encoding that is known is chunked"};
      }
      break;
    default:
      break;
  }
}

void RequestParser::on_header_impl(ErrorCode&) {
  if (hosts_ == 0 && !head_.http_1_0) refuse("HTTP/1.1 needs a Host header");
  in_head_ = false;
  head_.chunked = chunked();
  head_.content_length = content_length().value_or(0);
  head_.keep_alive = keep_alive();
}

std::size_t RequestParser::on_body_impl(View part, ErrorCode& error) {
  if (body_.size() + part.size() > kMostBodyBytes) error = http::error::body_limit;
  if (!error) body_.append(part.data(), part.size());
  return part.size();
}

/// A chunk that is too large is refused before it comes.
void RequestParser::on_chunk_header_impl(std::uint64_t size, View, ErrorCode& error) {
  if (size > kMostBodyBytes - body_.size()) error = http::error::body_limit;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View part, ErrorCode& error) {
  return on_body_impl(part, error);
}

RequestHead read_head(std::string_view text) { return RequestParser().read_head(text); }

}  // namespace cli
