// SPDX-License-Identifier: MIT
// Many clients, and bad ones: nobody holds anybody else up.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tool/running_server.h"

using focus::test::error_code;
using focus::test::HttpClient;
using focus::test::RunningServer;

TEST_CASE("silent and slow clients hold nobody up") {
  RunningServer server;
  std::vector<HttpClient> silent;
  for (int i = 0; i < 300; ++i) silent.push_back(server.client());
  std::vector<HttpClient> slow;
  const std::string request = server.request("POST", "/v1/music/org_local/focus/sessions", "{}");
  for (std::size_t i = 0; i < 50; ++i) {
    slow.push_back(server.client());
    slow.back().send(request.substr(0, 1 + 3 * i));
  }
  for (int i = 0; i < 20; ++i) CHECK(server.ask("GET", "/healthz").status == 200);

  for (std::size_t i = 0; i < slow.size(); ++i) {
    slow[i].send(request.substr(1 + 3 * i));
    CHECK(slow[i].answer().status == 422);
  }
  for (HttpClient& client : silent) {
    client.send(server.request("GET", "/healthz"));
    CHECK(client.answer().status == 200);
  }
}

TEST_CASE("beyond the limit of connections the one that was silent for longest has to go") {
  RunningServer server({"--connections", "20"});
  std::vector<HttpClient> silent;
  for (int i = 0; i < 60; ++i) {
    silent.push_back(server.client());
    CHECK(silent.back().connected());
  }
  for (int i = 0; i < 5; ++i) CHECK(server.ask("GET", "/healthz").status == 200);
  CHECK(silent.front().closed());
  silent.back().send(server.request("GET", "/healthz"));
  CHECK(silent.back().answer().status == 200);
}

TEST_CASE("bodies that never end hold up neither requests nor the end of the server") {
  RunningServer server;
  const std::string sessions = "/v1/music/org_local/focus/sessions";
  const std::string asking =
      server.request("POST", sessions, "", "Content-Length: 5\r\nExpect: 100-continue\r\n");
  std::vector<HttpClient> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(server.client());
    slow.back().send(server.request("POST", sessions, "", "Content-Length: 60000\r\n") + "{");
  }
  for (int i = 0; i < 256; ++i) {
    slow.push_back(server.client());
    slow.back().send(asking);
    CHECK(slow.back().read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  }
  HttpClient one_more = server.client();
  one_more.send(asking);
  const auto busy = one_more.answer();
  CHECK(busy.status == 503);
  CHECK(error_code(busy) == "SERVICE_BUSY");
  CHECK(busy.header("retry-after") == "5");
  for (int i = 0; i < 20; ++i) {
    CHECK(server.ask("GET", "/healthz").status == 200);
    CHECK(server.ask("POST", sessions, "{}").status == 422);
  }
  slow[0].send(std::string(59998, ' ') + "}");
  CHECK(slow[0].answer().status == 422);
  CHECK(server.stop() == 0);
}

TEST_CASE("clients that go in the middle leave the server as it was") {
  RunningServer server;
  for (int i = 0; i < 50; ++i) {
    server.client().send(server.request("GET", "/openapi.json"));
    server.client().send("GET / HT");
    server.client().send(server.request("POST", "/v1/music/org_local/focus/sessions", "",
                                        "Content-Length: 60000\r\n"));
  }
  CHECK(server.ask("GET", "/healthz").status == 200);
  CHECK(server.stop() == 0);
}
