// SPDX-License-Identifier: MIT
// Boost.Beast's parser of requests, with the rules of this server beside it.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>
#include <utility>  // Boost 1.74 forgets it

#include "serve/request_head.h"

namespace cli {

/// Reads one request: its head at once, then the parts of its body.
class RequestParser : private boost::beast::http::basic_parser<true> {
 public:
  RequestParser();

  /// Reads the whole head, with the empty line that ends it. Once. The head has a refusal where it
  /// is not valid.
  const RequestHead& read_head(std::string_view text);
  RequestHead& head() { return head_; }

  enum class Body {
    partial,
    whole,
    too_large,  ///< more than the library takes; the rest is not read
    broken      ///< it makes no sense
  };
  /// Takes from the beginning of `in` what belongs to the body. After a head without a refusal.
  Body read_body(std::string& in);
  /// What was read of the body.
  std::string& body() { return body_; }

 private:
  using ErrorCode = boost::beast::error_code;
  using View = boost::beast::string_view;
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;

  void on_request_impl(Verb verb, View method, View target, int version, ErrorCode& error) override;
  void on_field_impl(Field field, View name, View value, ErrorCode& error) override;
  void on_header_impl(ErrorCode& error) override;
  std::size_t on_body_impl(View part, ErrorCode& error) override;
  void on_chunk_header_impl(std::uint64_t size, View extensions, ErrorCode& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t rest, View part, ErrorCode& error) override;
  void on_response_impl(int, View, int, ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  void read_target(std::string_view target);
  void note_field(Field field, std::string_view value);

  RequestHead head_;
  std::string body_;
  bool in_head_ = true;
  int hosts_ = 0;
};

}  // namespace cli
