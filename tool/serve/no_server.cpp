// SPDX-License-Identifier: MIT
// What the tool says where it was built without Boost.
#include "failure.h"
#include "options.h"

namespace cli {

int serve(const ServeOptions&) {
  throw Failure(kExitFailed,
                "serve: this build has no HTTP server; build it where Boost is installed "
                "(on Debian libboost-dev) and FOCUS_SERVE is ON");
}

}  // namespace cli
