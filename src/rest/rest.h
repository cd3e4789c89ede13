// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/status.h>

#include "rest/context.h"

namespace focus::core::rest {

/// The HTTP interface as a function from request to response: the wire contract, and in addition
/// tracks, steering, events, /openapi.json, /healthz and /metrics. Thread-safe. Errors are checked
/// in this order: 401, 429, 403, 404, 405, 413, 400 for a wrong header, and then the errors in the
/// body.
class Rest {
 public:
  explicit Rest(std::shared_ptr<session::Service> service)
      : context_(std::make_shared<RestContext>(std::move(service))) {}
  ~Rest() {
    context_->broadcasts().let_go_all();
    context_->uses().let_go_all();
  }
  Rest(const Rest&) = delete;
  Rest& operator=(const Rest&) = delete;

  HttpResponse handle(const HttpRequest& request);

  Access& access() { return context_->access(); }
  absl::Status set_options(HttpOptions options);
  absl::Status rotate_url_key() { return context_->signer().rotate(); }
  Webhooks& webhooks() { return context_->webhooks(); }
  /// See SessionUses.
  void let_go_idle() { context_->uses().let_go_idle(); }

 private:
  std::shared_ptr<RestContext> context_;
};

}  // namespace focus::core::rest
