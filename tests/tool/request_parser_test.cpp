// SPDX-License-Identifier: MIT
#include "tool/serve/request_parser.h"

#include <string>

#include <catch2/catch.hpp>

using cli::read_head;
using cli::RequestParser;
using Body = cli::RequestParser::Body;

TEST_CASE("a head is read as it came") {
  const auto head = read_head(
      "POST /a%20b?c=%41#d HTTP/1.1\r\nHost: x\r\nX-Percent:  a%20b \r\nEmpty:\r\n"
      "content-length: 12\r\nEXPECT: 100-Continue\r\n\r\n");
  REQUIRE_FALSE(head.refusal);
  CHECK(head.method == "POST");
  CHECK(head.target == "/a%20b?c=%41#d");
  CHECK(head.headers == focus::HttpHeaders{{"Host", "x"},
                                           {"X-Percent", "a%20b"},
                                           {"Empty", ""},
                                           {"content-length", "12"},
                                           {"EXPECT", "100-Continue"}});
  CHECK(head.content_length == 12);
  CHECK(head.expects_continue);
  CHECK(head.keep_alive);
  CHECK_FALSE(head.chunked);
}

TEST_CASE("lines may end with a bare newline, and a target may be a whole URL") {
  CHECK(read_head("GET http://a.example/b?c HTTP/1.1\nHost: x\n\n").target == "/b?c");
  CHECK(read_head("GET http://a.example HTTP/1.1\nHost: x\n\n").target == "/");
}

TEST_CASE("the connection is kept as the client says") {
  const auto keeps = [](const std::string& version, const std::string& headers) {
    return read_head("GET / " + version + "\r\nHost: x\r\n" + headers + "\r\n").keep_alive;
  };
  CHECK(keeps("HTTP/1.1", ""));
  CHECK_FALSE(keeps("HTTP/1.1", "Connection: close\r\n"));
  CHECK_FALSE(keeps("HTTP/1.1", "Connection: TE, Close\r\n"));
  CHECK_FALSE(keeps("HTTP/1.1", "Connection: close\r\nConnection: keep-alive\r\n"));
  CHECK_FALSE(keeps("HTTP/1.0", ""));
  CHECK(keeps("HTTP/1.0", "Connection: Keep-Alive\r\n"));
}

TEST_CASE("a head that two readers could understand differently is refused") {
  const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n";
  const auto [text, status] = GENERATE_COPY(table<std::string, int>({
      {"\r\n", 400},
      {"GET /\r\n\r\n", 400},
      {"GET / HTTP/2\r\n\r\n", 400},
      {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET / a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /\t HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /" + std::string(8192, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {get + "Host: y\r\n\r\n", 400},
      {get + "no colon\r\n\r\n", 400},
      {get + "Blank : a\r\n\r\n", 400},
      {get + "A: b\r\n folded\r\n\r\n", 400},
      {get + "A: b\rc\r\n\r\n", 400},
      {get + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
      {get + "Content-Length: 1, 1\r\n\r\n", 400},
      {get + "Content-Length: +1\r\n\r\n", 400},
      {get + "Content-Length:\r\n\r\n", 400},
      {get + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
      {get + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {get + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {get + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
  }));
  INFO(text.substr(0, 200));
  const auto head = read_head(text);
  REQUIRE(head.refusal);
  CHECK(head.refusal->status == status);
  CHECK_FALSE(head.keep_alive);
  CHECK(head.target.empty());
}

TEST_CASE("a body is read in parts, and what follows it is left") {
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  RequestParser plain;
  plain.read_head(post + "Content-Length: 5\r\n\r\n");
  std::string in = "abc";
  CHECK(plain.read_body(in) == Body::partial);
  CHECK(in.empty());
  in = "deGET /";
  CHECK(plain.read_body(in) == Body::whole);
  CHECK(plain.body() == "abcde");
  CHECK(in == "GET /");

  RequestParser none;
  none.read_head(post + "\r\n");
  CHECK(none.read_body(in) == Body::whole);
  CHECK(in == "GET /");
}

TEST_CASE("chunks may come byte by byte, with extensions and trailers that say nothing") {
  RequestParser parser;
  REQUIRE_FALSE(
      parser.read_head("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").refusal);
  std::string in;
  Body state = Body::partial;
  for (const char c : std::string("6;name=value\r\nabcdef\r\n2\r\ngh\r\n0\r\nHost: y\r\n\r\n")) {
    REQUIRE(state == Body::partial);
    in += c;
    state = parser.read_body(in);
  }
  CHECK(state == Body::whole);
  CHECK(parser.body() == "abcdefgh");
  CHECK(parser.head().headers.size() == 2);
}

TEST_CASE("chunks that make no sense, or are too much, end the body") {
  const auto state_of = [](std::string in) {
    RequestParser parser;
    parser.read_head("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    return parser.read_body(in);
  };
  CHECK(state_of("nonsense\r\n") == Body::broken);
  CHECK(state_of("2\r\nabcd\r\n") == Body::broken);
  CHECK(state_of("fffffffffffffffffff\r\n") == Body::broken);
  CHECK(state_of("1;" + std::string(70000, 'a')) == Body::broken);
  CHECK(state_of("10001\r\n") == Body::too_large);  // before any of it comes
  CHECK(state_of("10000\r\n" + std::string(65536, ' ') + "\r\n1\r\n") == Body::too_large);
  CHECK(state_of("10000\r\n" + std::string(65536, ' ') + "\r\n0\r\n\r\n") == Body::whole);
}
