// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "serve/connection.h"
#include "serve/request_head.h"

namespace cli {

struct RequestBody {
  enum class State {
    whole,
    too_large,  ///< more than the library takes; the rest was not read
    late,       ///< it did not come in time
    broken      ///< it makes no sense, or the client has gone
  };
  State state = State::whole;
  std::string bytes;
};

/// Reads the body that `head` announces, and asks for it where the client waits to be asked.
RequestBody read_body(Connection& connection, const RequestHead& head);

}  // namespace cli
