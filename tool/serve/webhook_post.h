// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

/// How a webhook was received.
struct WebhookAnswer {
  std::int32_t status = 0;       ///< of HTTP; 0 where there was no answer
  std::int64_t retry_after = 0;  ///< seconds that the receiver asks for
  std::string error;             ///< why there was no answer
};

/// Sends webhooks one after another, over a connection that stays open. Redirections are not
/// followed, as Standard Webhooks has it. To be used by one thread.
class WebhookPost {
 public:
  /// A transfer ends without an answer as soon as `stops` is true.
  explicit WebhookPost(const std::atomic<bool>& stops);
  ~WebhookPost();
  WebhookPost(const WebhookPost&) = delete;
  WebhookPost& operator=(const WebhookPost&) = delete;

  WebhookAnswer send(const focus::WebhookInfo& webhook);

 private:
  struct Connection;
  const std::unique_ptr<Connection> connection_;
};

}  // namespace cli
