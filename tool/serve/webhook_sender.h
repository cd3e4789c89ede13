// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

/// Sends the webhooks of a service until it is destroyed. A request that is interrupted then is
/// sent again after the next start.
class WebhookSender {
 public:
  using Log = std::function<void(const std::string&)>;

  /// @param tells_all a line for each webhook; otherwise only where a receiver begins or ceases to
  /// fail. @param log is called from several threads. The service outlives the sender. Throws a
  /// Failure in a build without curl.
  static std::unique_ptr<WebhookSender> start(focus::Service& service, Log log, bool tells_all);

  virtual ~WebhookSender() = default;
};

}  // namespace cli
