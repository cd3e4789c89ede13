// SPDX-License-Identifier: MIT
#include "serve/webhook_secret.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "failure.h"
#include "serve/private_text.h"
#include <focus_session/focus_session.hpp>

namespace cli {

WebhookSecrets read_webhook_secrets(const std::string& path) {
  if (path.empty()) return {focus::generate_webhook_secret(), true};
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    const std::string secret = focus::generate_webhook_secret();
    write_private_text(path, secret + "\n");
    return {secret, true};
  }
  make_private(path);
  std::ifstream file(path);
  if (!file) fail_with_errno(path);
  WebhookSecrets secrets;
  for (std::string line; file >> line;) secrets.text += (secrets.text.empty() ? "" : " ") + line;
  if (secrets.text.empty()) {
    throw Failure(kExitFailed, path + ": has no secret; remove it, and a new one is made");
  }
  return secrets;
}

}  // namespace cli
