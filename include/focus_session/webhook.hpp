// SPDX-License-Identifier: MIT
//
// Webhooks in the C++ wrapper: what happens, as signed requests that the host sends. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_WEBHOOK_HPP
#define FOCUS_SESSION_WEBHOOK_HPP

#include <array>
#include <cstdint>
#include <string>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// Draws a secret for a receiver to check signatures with.
inline std::string generate_webhook_secret() {
  std::array<char, FOCUS_WEBHOOK_SECRET_SIZE> secret{};
  detail::check(focus_webhook_secret_generate(secret.data(), FOCUS_WEBHOOK_SECRET_SIZE));
  return secret.data();
}

/// Who is told of what happens; see focus_webhook_options.
struct WebhookEndpoint {
  std::string url = {};
  std::string secret = {};
};

/// A request to be sent; empty where none is due. Not thread-safe. It may outlive its service.
class Webhook {
 public:
  Webhook() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_webhook* get() const noexcept { return handle_.get(); }

  WebhookInfo info() const {
    focus_webhook_info c = FOCUS_WEBHOOK_INFO_INIT;
    if (!detail::check(focus_webhook_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }
  /// Tells how it went; see focus_webhook_settle.
  bool settle(std::int32_t http_status, std::int64_t retry_after_seconds = 0) {
    return detail::check(focus_webhook_settle(get(), http_status, retry_after_seconds));
  }

 private:
  friend class Service;
  detail::Handle<focus_webhook, focus_webhook_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_WEBHOOK_HPP
