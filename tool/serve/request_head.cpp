// SPDX-License-Identifier: MIT
#include "serve/request_head.h"

#include <algorithm>
#include <vector>

#include "text.h"

namespace cli {
namespace {

constexpr std::size_t kLongestTarget = 8192;

struct Refused {
  Refusal refusal;
  std::string reason;
};

[[noreturn]] void refuse(const std::string& reason) { throw Refused{kBadRequest, reason}; }

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           kMarks.find(c) != kMarks.npos;
  });
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// The lines before the empty one.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) break;
    lines.push_back(line);
    text.remove_prefix(end + 1);
  }
  return lines;
}

void read_target(RequestHead& head, std::string_view target) {
  if (target.size() > kLongestTarget) {
    throw Refused{kUriTooLong,
                  "the request target is longer than " + std::to_string(kLongestTarget) + " bytes"};
  }
  // A client that believes to speak to a proxy writes the whole URL.
  if (lower(target.substr(0, 7)) == "http://") {
    const std::size_t path = target.find('/', 7);
    target = path == target.npos ? "/" : target.substr(path);
  }
  const bool harmless = std::all_of(target.begin(), target.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
  });
  if (!harmless || (target.substr(0, 1) != "/" && target != "*")) {
    refuse("the request target must be a path");
  }
  head.target = target;
}

void read_request_line(RequestHead& head, std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || first == last || !is_token(line.substr(0, first))) {
    refuse("the request line must be METHOD TARGET HTTP/1.1");
  }
  head.method = line.substr(0, first);
  const std::string_view version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") refuse("the version must be HTTP/1.1");
  head.http_1_0 = version == "HTTP/1.0";
  head.keep_alive = !head.http_1_0;
  read_target(head, line.substr(first + 1, last - first - 1));
}

void read_header(RequestHead& head, std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  if (colon == line.npos || !is_token(name)) {
    refuse("a header must be a name, a colon and a value");
  }
  const std::string_view value = trimmed(line.substr(colon + 1));
  const bool harmless = std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
  if (!harmless) refuse("a header must not hold control characters");
  head.headers.emplace_back(name, value);
}

/// What the headers say of the connection and of the body.
class Framing {
 public:
  explicit Framing(RequestHead& head) : head_(head) {}

  void read(const std::string& name, const std::string& value) {
    if (name == "host" && std::exchange(host_, true)) refuse("there are two Host headers");
    if (name == "connection") read_connection(value);
    if (name == "content-length") read_length(value);
    if (name == "expect") head_.expects_continue = lower(value) == "100-continue";
    if (name == "transfer-encoding") {
      if (head_.chunked || head_.http_1_0) refuse("Transfer-Encoding has no place here");
      if (lower(value) != "chunked") {
        throw Refused{kNotImplemented, "the only Transfer-Encoding that is known is chunked"};
      }
      head_.chunked = true;
    }
  }

  void check() const {
    if (!host_ && !head_.http_1_0) refuse("HTTP/1.1 needs a Host header");
    if (head_.chunked && length_) {
      refuse("there are a Content-Length and a Transfer-Encoding");
    }
  }

 private:
  void read_connection(std::string_view value) {
    while (!value.empty()) {
      const std::size_t comma = std::min(value.find(','), value.size());
      const std::string option = lower(trimmed(value.substr(0, comma)));
      if (option == "close") head_.keep_alive = false, closing_ = true;
      if (option == "keep-alive") head_.keep_alive = !closing_;
      value.remove_prefix(std::min(comma + 1, value.size()));
    }
  }

  void read_length(const std::string& value) {
    const bool digits = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    const auto number = natural_number(value);
    if (!digits || !number || (length_ && *number != head_.content_length)) {
      refuse("Content-Length must be one number");
    }
    length_ = true;
    head_.content_length = *number;
  }

  RequestHead& head_;
  bool host_ = false;
  bool length_ = false;
  bool closing_ = false;
};

}  // namespace

std::size_t RequestHead::body_to_wait_for() const {
  const bool comes = !refusal && !chunked && !expects_continue && method != "GET" &&
                     method != "HEAD" && content_length <= kMostBodyBytes;
  return comes ? static_cast<std::size_t>(content_length) : 0;
}

RequestHead read_head(std::string_view text) {
  RequestHead head;
  try {
    const std::vector<std::string_view> lines = lines_of(text);
    if (lines.empty()) refuse("there is no request line");
    read_request_line(head, lines[0]);
    Framing framing(head);
    for (std::size_t i = 1; i < lines.size(); ++i) {
      read_header(head, lines[i]);
      framing.read(lower(head.headers.back().first), head.headers.back().second);
    }
    framing.check();
  } catch (const Refused& refused) {
    head = {};
    head.keep_alive = false;
    head.refusal = refuse_request(refused.refusal, refused.reason);
  }
  return head;
}

}  // namespace cli
