// SPDX-License-Identifier: MIT
// A whole request: lines of method, target and headers, an empty line, the body. A header "K"
// stands for a good key.
#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string method = input.line();
  const std::string target = input.line();
  std::vector<std::pair<std::string, std::string>> headers;
  while (!input.empty() && headers.size() < 64) {
    const std::string line = input.line();
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (line == "K") {
      headers.emplace_back("X-API-Key", access_key());
    } else if (colon != std::string::npos) {
      headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
  }
  ask(method, target, headers, input.rest());
  return 0;
}
