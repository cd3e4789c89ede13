// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/status.h>

#include "rest/context.h"

namespace focus::core {

/// The wire contract as a function from request to answer, and more in its manner: tracks,
/// steering, events, /openapi.json, /healthz, /metrics. Thread-safe. Errors come in this order:
/// 401, 429, 403, 404, 405, 413, and what is wrong with the body.
class Rest {
 public:
  explicit Rest(std::shared_ptr<Service> service)
      : context_(std::make_shared<RestContext>(std::move(service))) {}
  ~Rest() { context_->desk().let_go_all(); }
  Rest(const Rest&) = delete;
  Rest& operator=(const Rest&) = delete;

  HttpResponse handle(const HttpRequest& request);

  Access& access() { return context_->access(); }
  absl::Status set_options(HttpOptions options);
  absl::Status rotate_url_key() { return context_->signer().rotate(); }
  /// See SessionDesk.
  void let_go_idle() { context_->desk().let_go_idle(); }

 private:
  std::shared_ptr<RestContext> context_;
};

}  // namespace focus::core
