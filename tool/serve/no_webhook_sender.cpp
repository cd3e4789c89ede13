// SPDX-License-Identifier: MIT
// In the place of webhook_sender.cpp where there is no curl.
#include "failure.h"
#include "serve/webhook_sender.h"

namespace cli {

std::unique_ptr<WebhookSender> WebhookSender::start(focus::Service&, Log, bool) {
  throw Failure(kExitUsage,
                "--webhook: this build sends none; install libcurl's development files, and build "
                "again");
}

}  // namespace cli
