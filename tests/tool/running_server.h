// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <rapidjson/document.h>

#include "tool/http_client.h"
#include "tool/running_tool.h"

namespace focus::test {

/// `focus-session serve` at work on a port of its own, and somebody who asks it.
class RunningServer {
 public:
  enum class Start { first, again };

  /// @param start `again` where there is a key file already, of which no key is told.
  explicit RunningServer(std::vector<std::string> options = {}, Start start = Start::first)
      : tool_(RunningTool::On::pipes, arguments(std::move(options))) {
    if (start == Start::first) key_ = tool_.told_after("): ");
    port_ = std::atoi(tool_.told_after("listening on http://127.0.0.1:").c_str());
  }

  RunningTool& tool() { return tool_; }
  int port() const { return port_; }
  const std::string& key() const { return key_; }
  void use_key(std::string key) { key_ = std::move(key); }
  HttpClient client() const { return HttpClient(port_); }

  /// Lets it end; its exit code.
  int stop() {
    tool_.send(SIGTERM);
    return tool_.exit_code();
  }

  std::string request(const std::string& method, const std::string& target,
                      const std::string& body = "", const std::string& headers = "") const {
    std::string text = method + " " + target +
                       " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                       "\r\nX-API-Key: " + key_ + "\r\n" + headers;
    if (!body.empty()) {
      text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n";
    }
    return text + "\r\n" + body;
  }
  HttpAnswer ask(const std::string& method, const std::string& target, const std::string& body = "",
                 const std::string& headers = "") const {
    HttpClient asking = client();
    asking.send(request(method, target, body, headers));
    return asking.answer(method == "HEAD");
  }

 private:
  static std::vector<std::string> arguments(std::vector<std::string> options) {
    const std::vector<std::string> first = {"serve", "--port", "0"};
    options.insert(options.begin(), first.begin(), first.end());
    return options;
  }

  RunningTool tool_;
  std::string key_;
  int port_ = 0;
};

/// The code of an error envelope; "" where it is none.
inline std::string error_code(const HttpAnswer& answer) {
  rapidjson::Document document;
  document.Parse(answer.body.c_str());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("error")) return {};
  const auto& error = document["error"];
  for (const char* name : {"message", "system_message", "type", "trace_id", "timestamp"}) {
    if (!error.HasMember(name) || !error[name].IsString()) return {};
  }
  if (document["success"].GetBool() || error["status"].GetInt() != answer.status ||
      !error["details"].IsObject()) {
    return {};
  }
  return error["code"].GetString();
}

}  // namespace focus::test
