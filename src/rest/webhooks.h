// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mutex.h"
#include "rest/webhook_secret.h"
#include "store/message_shelf.h"

namespace focus::core::rest {

/// Where a host wants to be told of what happens.
struct WebhookEndpoint {
  std::string url;
  std::string secret;  ///< see WebhookSecret
};

/// A POST that the host sends, as Standard Webhooks has it.
struct WebhookRequest {
  store::Message message;
  std::string id;              ///< header `webhook-id`: the same however often it is sent
  std::int64_t timestamp = 0;  ///< header `webhook-timestamp`: Unix seconds of this attempt
  std::string signature;       ///< header `webhook-signature`
  std::string body;            ///< JSON
};

/// What has happened, as signed requests that the host sends: the library opens no connection. The
/// messages wait in the store until the receiver has answered with 2xx. Thread-safe.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
class Webhooks {
 public:
  /// The caller of next() has this long to call settle(). After that the request is due again.
  static constexpr std::int64_t kLeaseSeconds = 60;
  static constexpr std::size_t kMostEndpoints = 16;

  /// The clock and the shelf outlive it.
  Webhooks(store::MessageShelf& shelf, const Clock& clock, Log log)
      : shelf_(shelf), clock_(clock), log_(std::move(log)) {}

  /// Replaces the endpoints. The error names the field.
  absl::Status set_endpoints(const std::vector<WebhookEndpoint>& endpoints);
  /// The request that is due longest; waits for one up to `timeout`. Nothing where none is due.
  absl::StatusOr<std::optional<WebhookRequest>> next(std::chrono::milliseconds timeout);
  /// How it went: `http_status` is the receiver's, 0 where there was no answer. 2xx ends the
  /// request; 410 (gone) ends all of its address; anything else is tried again after the delay of
  /// retry_delay(), or after `retry_after` seconds where that is longer.
  absl::Status settle(const WebhookRequest& request, int http_status, std::int64_t retry_after);
  /// Messages that were not delivered so far.
  absl::StatusOr<std::int64_t> waiting() { return shelf_.count(); }
  /// Messages that were given up since the start.
  std::int64_t given_up() const;

  /// Seconds from an attempt that has failed to the next one; nothing after the last. The schedule
  /// is the one that the specification suggests: over three days, each delay up to a tenth longer
  /// by what `id` is, so that what has failed together does not come again together.
  static std::optional<std::int64_t> retry_delay(int attempts, std::string_view id);

 private:
  using Secrets = std::map<std::string, WebhookSecret, std::less<>>;  // by address

  absl::StatusOr<std::optional<WebhookRequest>> take();
  absl::Status give_up(const WebhookRequest& request, std::string_view why);
  absl::Status drop_address(const std::string& address);
  absl::Status tell_shelf();
  std::shared_ptr<const Secrets> secrets() const;

  store::MessageShelf& shelf_;
  const Clock& clock_;
  const Log log_;
  mutable Mutex mutex_;
  std::shared_ptr<const Secrets> secrets_ ABSL_GUARDED_BY(mutex_);  // null at first
  std::int64_t given_up_ ABSL_GUARDED_BY(mutex_) = 0;
};

/// The body of a request: `type`, `timestamp` and `data`, always the same bytes for one message.
std::string webhook_body(const store::Message& message);
/// "msg_" and 24 digits that no other message of any service has.
std::string webhook_id(const store::Message& message);

}  // namespace focus::core::rest
