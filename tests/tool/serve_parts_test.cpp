// SPDX-License-Identifier: MIT
// Parts of the server that need no socket.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tool/serve/answer_text.h"
#include "tool/serve/head_scanner.h"
#include "tool/serve/public_path.h"
#include "tool/serve/reading_pace.h"
#include "tool/serve/stream_pump.h"

using namespace cli;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("the end of a head is found however it comes") {
  const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  HeadScanner scanner;
  std::string in = "\r\n\n";
  CHECK(scanner.find_end(in) == 0);
  for (const char c : head.substr(0, head.size() - 1)) {
    in += c;
    REQUIRE(scanner.find_end(in) == 0);
  }
  in += "\nnext";
  CHECK(scanner.find_end(in) == head.size());
  CHECK(in.substr(0, head.size()) == head);
  scanner.restart();
  in = "a\n\nb";
  CHECK(scanner.find_end(in) == 3);
}

TEST_CASE("the path of a public URL is that of a folder") {
  CHECK(PublicPath("https://x.example").path().empty());
  CHECK(PublicPath("https://x.example/").path().empty());
  CHECK(PublicPath("https://x.example/focus//?a#b").path() == "/focus");
  CHECK(PublicPath("https://x.example:8443/a/b").path() == "/a/b");
  CHECK(PublicPath("").path().empty());
  const PublicPath path("https://x.example/focus");
  const auto stripped = [&](const std::string& target) {
    RequestHead head;
    head.target = target;
    path.strip(head);
    return head.target;
  };
  CHECK(stripped("/focus/v1?a=/focus/") == "/v1?a=/focus/");
  CHECK(stripped("/focus/") == "/");
  CHECK(stripped("/focus") == "/focus");
  CHECK(stripped("/focused/v1") == "/focused/v1");
  CHECK(stripped("/v1/focus/") == "/v1/focus/");
}

TEST_CASE("a body ends as its client can understand it") {
  Answer answer;
  CHECK(body_end_of(answer, true) == BodyEnd::length);
  answer.kind = focus::HttpBody::stream;
  answer.headers = {{"content-type", "text/event-stream"}};
  CHECK(body_end_of(answer, false) == BodyEnd::chunks);
  CHECK(body_end_of(answer, true) == BodyEnd::close);
  answer.headers = {{"Content-Type", "Audio/mpeg"}};
  CHECK(body_end_of(answer, false) == BodyEnd::close);
  answer.headers.emplace_back("Content-Length", "5");
  CHECK(body_end_of(answer, false) == BodyEnd::length);
}

TEST_CASE("answers are written as HTTP has them") {
  Answer answer;
  answer.status = 404;
  answer.headers = {{"A", "b"}, {"A", "c"}};
  const std::string empty = head_of(answer, BodyEnd::length, "close");
  CHECK(empty.rfind("HTTP/1.1 404 Not Found\r\nA: b\r\nA: c\r\nContent-Length: 0\r\nDate: ", 0) ==
        0);
  CHECK(empty.find("\r\nConnection: close\r\n\r\n") == empty.size() - 23);
  answer.status = 204;
  CHECK(head_of(answer, BodyEnd::length, nullptr).find("Content-Length") == std::string::npos);
  answer.kind = focus::HttpBody::stream;
  const std::string stream = head_of(answer, BodyEnd::chunks, nullptr);
  CHECK(stream.find("\r\nTransfer-Encoding: chunked\r\n\r\n") != std::string::npos);
  CHECK(stream.find("Connection") == std::string::npos);
  std::string text;
  append_chunk(text, "0123456789abcdef", 16);
  append_last_chunk(text);
  CHECK(text == "10\r\n0123456789abcdef\r\n0\r\n\r\n");
}

TEST_CASE("a client that takes nothing, or can not keep up, is not waited for") {
  const ReadingPace::Moment begin{};
  const std::size_t full = ReadingPace::kMostUnread;
  ReadingPace silent(begin);
  silent.note(begin + seconds(20), false, 1);
  CHECK_FALSE(silent.is_too_slow(begin + seconds(20)));
  silent.note(begin + seconds(21), false, 1);
  CHECK(silent.is_too_slow(begin + seconds(21)));

  ReadingPace slow(begin);
  for (int i = 1; i <= 21; ++i) slow.note(begin + seconds(i), true, full);
  CHECK(slow.is_too_slow(begin + seconds(21)));

  ReadingPace fair(begin);
  for (int i = 1; i <= 100; ++i) {
    fair.note(begin + seconds(i), true, i % 10 == 0 ? full - 1 : full);
    REQUIRE_FALSE(fair.is_too_slow(begin + seconds(i)));
  }
  ReadingPace idle(begin);
  idle.note(begin + seconds(1000), false, 0);
  CHECK_FALSE(idle.is_too_slow(begin + seconds(1001)));
}

TEST_CASE("one stream that takes its time does not keep the others from their turns") {
  std::atomic<int> turns{0};
  std::atomic<int> ended{0};
  std::atomic<bool> release{false};
  StreamPump pump(2);
  pump.add([&] {
    while (!release) std::this_thread::sleep_for(milliseconds(1));
    return false;
  });
  for (int i = 0; i < 100; ++i) {
    pump.add([&, left = 4]() mutable {
      ++turns;
      if (--left > 0) return true;
      ++ended;
      return false;
    });
  }
  for (int i = 0; i < 1000 && ended < 100; ++i) std::this_thread::sleep_for(milliseconds(10));
  CHECK(ended == 100);
  CHECK(turns == 400);
  release = true;
  pump.stop();
  std::this_thread::sleep_for(StreamPump::kPeriod * 2);
  CHECK(turns == 400);
}

TEST_CASE("turns of a stream come each period, until the pump stops") {
  std::atomic<int> turns{0};
  StreamPump pump(3);
  pump.add([&] {
    ++turns;
    return true;
  });
  std::this_thread::sleep_for(StreamPump::kPeriod * 10);
  pump.stop();
  const int taken = turns;
  CHECK(taken >= 2);
  CHECK(taken <= 14);
  std::this_thread::sleep_for(StreamPump::kPeriod * 3);
  CHECK(turns == taken);
}
