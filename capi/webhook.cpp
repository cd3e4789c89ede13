// SPDX-License-Identifier: MIT
#include <chrono>
#include <string>
#include <vector>

#include "base/entropy.h"
#include "handles.h"
#include "rest/rest.h"
#include "rest/webhooks.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_webhook : HandleBase {
  std::shared_ptr<rest::Rest> rest;
  rest::WebhookRequest request;
};

int32_t focus_webhook_secret_generate(char* secret, int32_t capacity) noexcept {
  return guarded([&]() -> absl::Status {
    return give_text(rest::WebhookSecret::generate(Entropy::system()), secret, capacity, "secret");
  });
}

int32_t focus_service_set_webhooks(focus_service* service,
                                   const focus_webhook_options* options) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const focus_webhook_options given,
                           read_struct(options, FOCUS_WEBHOOK_OPTIONS_INIT, "options"));
    if (given.endpoint_count < 0) return invalid_field("endpoint_count", "must not be negative");
    if (given.endpoint_count > 0 && given.urls == nullptr) return null_argument("urls");
    if (given.endpoint_count > 0 && given.secrets == nullptr) return null_argument("secrets");
    std::vector<rest::WebhookEndpoint> endpoints;
    for (std::int32_t index = 0; index < given.endpoint_count; ++index) {
      if (given.urls[index] == nullptr) return null_argument("urls");
      if (given.secrets[index] == nullptr) return null_argument("secrets");
      endpoints.push_back({given.urls[index], given.secrets[index]});
    }
    return service->rest->webhooks().set_endpoints(endpoints);
  });
}

int32_t focus_service_next_webhook(focus_service* service, int32_t timeout_ms,
                                   focus_webhook** webhook) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(webhook, "webhook"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (timeout_ms < 0) return invalid_field("timeout_ms", "must not be negative");
    auto taken = std::make_unique<focus_webhook>();
    taken->rest = service->rest;
    FOCUS_ASSIGN_OR_RETURN(auto request,
                           service->rest->webhooks().next(std::chrono::milliseconds(timeout_ms)));
    if (!request) return absl::OkStatus();
    taken->request = *std::move(request);
    *webhook = taken.release();
    return absl::OkStatus();
  });
}

int32_t focus_webhook_get_info(const focus_webhook* webhook, focus_webhook_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(webhook, "webhook"));
    const rest::WebhookRequest& request = webhook->request;
    focus_webhook_info value = FOCUS_WEBHOOK_INFO_INIT;
    value.attempt = request.message.attempts;
    value.url = request.message.address.c_str();
    value.id = request.id.c_str();
    value.timestamp = request.timestamp;
    value.signature = request.signature.c_str();
    value.body = request.body.c_str();
    value.body_size = static_cast<std::int64_t>(request.body.size());
    value.type = name_of(request.message.happening.kind).data();  // a literal
    return write_struct(info, value, "info");
  });
}

int32_t focus_webhook_settle(focus_webhook* webhook, int32_t http_status,
                             int64_t retry_after_seconds) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(webhook, "webhook"));
    if (http_status < 0) return invalid_field("http_status", "must not be negative");
    if (retry_after_seconds < 0) {
      return invalid_field("retry_after_seconds", "must not be negative");
    }
    return webhook->rest->webhooks().settle(webhook->request, http_status, retry_after_seconds);
  });
}

int32_t focus_webhook_destroy(focus_webhook* webhook) noexcept { return destroy(webhook); }
