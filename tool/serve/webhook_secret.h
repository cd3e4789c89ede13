// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cli {

struct WebhookSecrets {
  std::string text;     ///< as focus_webhook_options has it
  bool is_new = false;  ///< drawn just now
};

/// What webhooks are signed with: the lines of the file, which is made with a new secret where
/// there is none. "" for the path: a new secret that is kept nowhere. Throws a Failure.
WebhookSecrets read_webhook_secrets(const std::string& path);

}  // namespace cli
