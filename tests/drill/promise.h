// SPDX-License-Identifier: MIT
// What drills that call the C header hold the library to.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <focus_session/focus_session.h>

namespace focus::drill {

/// Ends the run, as a crash does, where a promise is broken.
inline void must(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "drill: broken: %s\n", promise);
  std::abort();
}

/// Checks the code of a call: a documented one, and an error has a message of one line.
inline void check_code(std::int32_t code) {
  must(code <= FOCUS_OK && code >= FOCUS_ERROR_INTERNAL, "a call returns a code of the header");
  must(code != FOCUS_ERROR_INTERNAL, "no input is a defect of the library");
  if (code == FOCUS_OK) return;
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  const std::string_view message(error.message);
  must(!message.empty() && message.find('\n') == std::string_view::npos,
       "an error is told in one line");
}

}  // namespace focus::drill
