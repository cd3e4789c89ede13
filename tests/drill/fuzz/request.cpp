// SPDX-License-Identifier: MIT
// The body of a session's start and of its steering, as JSON from a client.
#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

namespace {

const std::vector<std::pair<std::string, std::string>>& headers() {
  static const std::vector<std::pair<std::string, std::string>> known = {
      {"X-API-Key", access_key()}, {"Content-Type", "application/json"}};
  return known;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string sessions = "/v1/music/org_a/focus/sessions";
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const Answer started = ask("POST", sessions, headers(), body);
  if (started.status != 202) return 0;
  const std::string id = text_after(started.body, "\"session_id\":\"");
  must(!id.empty(), "a session that was started has an id");
  const Answer shown = ask("GET", sessions + "/" + id, headers(), {});
  must(shown.status == 200, "a session that was started is shown");
  const Answer steered = ask("POST", sessions + "/" + id + "/steer", headers(), body);
  must(steered.status != 404, "a session that was started can be steered");
  check_code(focus_session_delete(service(), id.c_str()));
  return 0;
}
