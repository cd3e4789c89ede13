// SPDX-License-Identifier: MIT
// A prompt, through the door of C: a session is planned for it, or the prompt is refused by name.
#include <cstring>

#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string prompt(reinterpret_cast<const char*>(data), size);
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  request.goal = FOCUS_GOAL_CUSTOM_PROMPT;
  request.custom_prompt = prompt.c_str();
  request.target_minutes = 1;
  request.sample_rate = 8000;
  request.engine = "quick";
  focus_session* session = nullptr;
  const std::int32_t code = focus_session_start(service(), &request, &session);
  check_code(code);
  if (code != FOCUS_OK) {
    focus_error error = FOCUS_ERROR_INIT;
    focus_last_error(&error);
    must(std::strcmp(error.field, "custom_prompt") == 0, "a refused prompt is named");
    return 0;
  }
  focus_snapshot* snapshot = nullptr;
  must(focus_session_snapshot(session, &snapshot) == FOCUS_OK, "a planned session is shown");
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  must(focus_snapshot_info(snapshot, &info) == FOCUS_OK, "a planned session is told");
  const std::string id = info.session_id;
  focus_snapshot_destroy(snapshot);
  focus_session_destroy(session);
  check_code(focus_session_delete(service(), id.c_str()));
  return 0;
}
