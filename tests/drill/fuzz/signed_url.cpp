// SPDX-License-Identifier: MIT
// Changes of a playback URL: none but the URL itself opens a segment. The input is a list of edits,
// three bytes each: what is done, where, with which byte.
#include <chrono>
#include <thread>

#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

namespace {

/// The path and query of a playback URL of a segment that is ready.
const std::string& playback_target() {
  static const std::string target = [] {
    const std::string sessions = "/v1/music/org_a/focus/sessions";
    const std::vector<std::pair<std::string, std::string>> headers = {
        {"X-API-Key", access_key()}, {"Content-Type", "application/json"}};
    const Answer started =
        ask("POST", sessions, headers, R"({"goal": "focus", "target_minutes": 1})");
    const std::string id = text_after(started.body, "\"session_id\":\"");
    std::string url;
    for (int tries = 0; url.empty() && tries < 6000; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      const Answer shown = ask("GET", sessions + "/" + id, headers, {});
      url = text_after(shown.body, "\"playback_url\":\"");
    }
    must(!url.empty(), "a segment gets ready");
    return url.substr(url.find("/v1/"));
  }();
  return target;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  std::string target = playback_target();
  while (!input.empty() && !target.empty()) {
    const std::uint8_t what = input.byte();
    const std::size_t where = input.byte() % target.size();
    const char with = static_cast<char>(input.byte());
    if (with == '\0') continue;
    if (what % 3 == 0) target[where] = with;
    if (what % 3 == 1) target.insert(where, 1, with);
    if (what % 3 == 2) target.erase(where, 1);
  }
  const Answer answer = ask("GET", target, {}, {});
  const bool is_open =
      answer.status == 200 && answer.body.size() > 4 &&
      (answer.body.compare(0, 4, "fLaC") == 0 || answer.body.compare(0, 4, "RIFF") == 0);
  if (target == playback_target()) {
    must(is_open, "the URL itself opens the segment");
  } else {
    must(!is_open, "a changed URL opens no segment");
  }
  return 0;
}
