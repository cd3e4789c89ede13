// SPDX-License-Identifier: MIT
// HTTP as clients of all kinds speak it with the server.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include "tool/running_server.h"

using focus::test::error_code;
using focus::test::HttpAnswer;
using focus::test::HttpClient;
using focus::test::run;
using focus::test::RunningServer;

namespace {

const std::string kEngines = "/v1/music/org_local/engines";
const std::string kSessions = "/v1/music/org_local/focus/sessions";

}  // namespace

TEST_CASE("a connection is kept, and requests that come at once are answered in turn") {
  RunningServer server;
  HttpClient client = server.client();
  for (int i = 0; i < 3; ++i) {
    client.send(server.request("GET", "/healthz"));
    const HttpAnswer answer = client.answer();
    CHECK(answer.status == 200);
    CHECK(answer.header("connection").empty());
    CHECK(answer.header("date").find(" GMT") != std::string::npos);
  }
  client.send(server.request("GET", "/healthz") + server.request("GET", kEngines) +
              server.request("POST", kSessions, "{}") +
              server.request("GET", "/healthz", "", "Connection: close\r\n"));
  CHECK(client.answer().body == R"({"status":"ok"})");
  CHECK(client.answer().body.find("studio") != std::string::npos);
  CHECK(client.answer().status == 422);
  CHECK(client.answer().header("connection") == "close");
  CHECK(client.closed());
}

TEST_CASE("a request may come byte by byte, and after empty lines") {
  RunningServer server;
  HttpClient client = server.client();
  for (const char c : "\r\n" + server.request("POST", kSessions, "{}")) {
    REQUIRE(client.send(std::string(1, c)));
  }
  CHECK(client.answer().status == 422);
}

TEST_CASE("what is not HTTP gets the envelope, and the connection ends") {
  RunningServer server;
  const auto refused = [&](const std::string& text, int status, const std::string& code) {
    INFO(text.substr(0, 100));
    HttpClient client = server.client();
    client.send(text);
    const HttpAnswer answer = client.answer();
    CHECK(answer.status == status);
    CHECK(error_code(answer) == code);
    CHECK(client.closed());
  };
  refused("hello\r\n\r\n", 400, "BAD_REQUEST");
  refused("GET / HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST");
  refused("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "URI_TOO_LONG");
  refused("GET / HTTP/1.1\r\nA: " + std::string(70000, 'a'), 431, "HEADERS_TOO_LARGE");
  refused(server.request("POST", kSessions, "", "Transfer-Encoding: chunked\r\n") + "nonsense\r\n",
          400, "BAD_REQUEST");
  CHECK(server.ask("GET", "/healthz").status == 200);
}

TEST_CASE("methods and headers reach the library as they came") {
  RunningServer server;
  const HttpAnswer brew = server.ask("BREW", kEngines);
  CHECK(brew.status == 405);
  CHECK(brew.header("allow").find("GET") != std::string::npos);
  CHECK(server.ask("GET", "/v1/nothing").status == 404);
  CHECK(server.ask("GET", "/nothing").status == 404);
  // A server that looks into requests itself would answer with 416, and a compressed body.
  CHECK(server.ask("GET", kEngines, "", "Range: nonsense\r\n").status == 200);
  const HttpAnswer plain = server.ask("GET", kEngines, "", "Accept-Encoding: gzip, br\r\n");
  CHECK(plain.header("content-encoding").empty());
  CHECK(plain.body.front() == '{');
}

TEST_CASE("HEAD is answered as GET is, without the body") {
  RunningServer server;
  const HttpAnswer get = server.ask("GET", kEngines);
  HttpClient client = server.client();
  client.send(server.request("HEAD", kEngines));
  HttpAnswer head = client.answer(true);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == std::to_string(get.body.size()));
  client.send(server.request("GET", "/healthz"));
  CHECK(client.answer().body == R"({"status":"ok"})");
}

TEST_CASE("HTTP/1.0 is spoken") {
  RunningServer server;
  HttpClient client = server.client();
  client.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(client.answer().header("connection") == "keep-alive");
  client.send("GET /healthz HTTP/1.0\r\n\r\n");
  CHECK(client.answer().body == R"({"status":"ok"})");
  CHECK(client.closed());
}

TEST_CASE("a body may come in chunks, or when it is asked for, or not at all") {
  RunningServer server;
  HttpClient client = server.client();
  client.send(server.request("POST", kSessions, "", "Transfer-Encoding: chunked\r\n") +
              "6;name=value\r\n{\"goal\r\n5\r\n\":1}\n\r\n0\r\nTrailer: x\r\n\r\n");
  const HttpAnswer chunked = client.answer();
  CHECK(chunked.status == 422);
  CHECK(chunked.body.find("\"field\":\"goal\"") != std::string::npos);

  std::string waiting = server.request("POST", kSessions, "{}", "Expect: 100-continue\r\n");
  waiting.resize(waiting.size() - 2);
  client.send(waiting);
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("{}");
  CHECK(client.answer().status == 422);

  client.send(server.request("POST", kSessions));
  const HttpAnswer empty = client.answer();
  CHECK(empty.status == 422);
  CHECK(empty.body.find("\"field\":\"body\"") != std::string::npos);

  client.send(server.request("GET", "/healthz", "{}"));
  CHECK(client.answer().status == 200);
  CHECK(client.closed());
}

TEST_CASE("a body that is too large is refused at once, in a way that can be read") {
  RunningServer server;
  const std::string large(200000, ' ');
  const auto refused = [&](const std::string& text) {
    HttpClient client = server.client();
    client.send(text);
    const HttpAnswer answer = client.answer();
    CHECK(answer.status == 413);
    CHECK(error_code(answer) == "PAYLOAD_TOO_LARGE");
    CHECK(answer.header("connection") == "close");
  };
  refused(server.request("POST", kSessions, large));
  refused(server.request("POST", kSessions, "", "Content-Length: 99999999999\r\n"));
  refused(
      server.request("POST", kSessions, "", "Content-Length: 70000\r\nExpect: 100-continue\r\n"));
  refused(server.request("POST", kSessions, "", "Transfer-Encoding: chunked\r\n") + "30d40\r\n" +
          large + "\r\n0\r\n\r\n");
  const HttpAnswer most = server.ask("POST", kSessions, std::string(65536, ' '));
  CHECK(most.status == 422);
}

TEST_CASE("the page is served where it was compiled in") {
  RunningServer server;
  HttpAnswer page = server.ask("GET", "/");
  if (!std::filesystem::exists(FOCUS_PAGE "/index.html")) {
    CHECK(error_code(page) == "RESOURCE_NOT_FOUND");
    return;
  }
  CHECK(page.status == 200);
  CHECK(page.body == focus::test::content_of(FOCUS_PAGE "/index.html"));
  CHECK(page.header("content-type") == "text/html; charset=utf-8");
  CHECK(page.header("cache-control") == "no-cache");
  CHECK(page.header("referrer-policy") == "no-referrer");
  CHECK(page.header("x-content-type-options") == "nosniff");
  CHECK(page.header("content-security-policy").rfind("default-src 'none'; script-src 'self';", 0) ==
        0);
  const HttpAnswer known =
      server.ask("GET", "/", "", "If-None-Match: " + page.header("etag") + "\r\n");
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  const HttpAnswer head = server.ask("HEAD", "/");
  CHECK(head.header("content-length") == std::to_string(page.body.size()));
}

TEST_CASE("the page is packed for clients that take it, and is another entity then") {
  RunningServer server;
  const HttpAnswer plain = server.ask("GET", "/", "", "Accept-Encoding: br, gzip;q=0\r\n");
  if (plain.status == 404) return;  // no page was compiled in
  CHECK(plain.header("content-encoding").empty());
  CHECK(plain.header("vary") == "Accept-Encoding");
  const HttpAnswer packed = server.ask("GET", "/", "", "Accept-Encoding: deflate, gzip\r\n");
  CHECK(packed.header("content-encoding") == "gzip");
  CHECK(packed.body.substr(0, 8) == std::string("\x1f\x8b\x08\0\0\0\0\0", 8));
  CHECK(packed.body.size() < plain.body.size() / 2);
  CHECK(packed.header("etag") != plain.header("etag"));
  const HttpAnswer known = server.ask(
      "GET", "/", "", "Accept-Encoding: gzip\r\nIf-None-Match: " + packed.header("etag") + "\r\n");
  CHECK(known.status == 304);
}

TEST_CASE("the log tells requests without their secrets") {
  RunningServer server({"--log"});
  server.ask("GET", "/healthz?signature=secret");
  CHECK(server.tool().says("GET /healthz 200 "));
  server.ask("GET", "/%0A%1b");
  CHECK(server.tool().says("GET /%0A%1b 404 "));
  CHECK(server.stop() == 0);
  CHECK(server.tool().said().find("secret") == std::string::npos);
  CHECK(server.tool().says("stopped"));
}

TEST_CASE("a port that is taken is refused before a key is made") {
  RunningServer server;
  const focus::test::TempFolder folder;
  const auto second = run(std::string(FOCUS_TOOL) + " serve --data " + folder / "data" +
                          " --port " + std::to_string(server.port()));
  CHECK(second.exit_code == 1);
  CHECK(second.out.empty());
  CHECK(second.err.find("--port: " + std::to_string(server.port()) + " is in use") !=
        std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder / "data/keys.json"));
  const auto nowhere = run(std::string(FOCUS_TOOL) + " serve --port 0 --host 203.0.113.7");
  CHECK(nowhere.exit_code == 1);
  CHECK(nowhere.err.find("--host: ") != std::string::npos);
}
