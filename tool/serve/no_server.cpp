// SPDX-License-Identifier: MIT
// What the tool says where it was built without httplib.
#include "failure.h"
#include "options.h"

namespace cli {

int serve(const ServeOptions&) {
  throw Failure(kExitFailed,
                "serve: this build has no HTTP server; build it where cpp-httplib is installed "
                "(on Debian libcpp-httplib-dev) and FOCUS_SERVE is ON");
}

}  // namespace cli
