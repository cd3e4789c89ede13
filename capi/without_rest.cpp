// SPDX-License-Identifier: MIT
// Replaces http.cpp, access.cpp, webhook.cpp and snapshot_json.cpp in a minimal build. Every build
// thus has the same header and the same symbols, and functions of a missing part return a clear
// error.
#include <string>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

std::int32_t missing(const char* what) noexcept {
  return guarded([&]() -> absl::Status {
    return fault_error(Fault::unsupported,
                       std::string(what) +
                           " is not in this minimal build of the library; build it "
                           "without FOCUS_MINIMAL");
  });
}

/// For functions that return a handle or a text: sets it to NULL, as after every failure.
template <typename Output>
std::int32_t missing(const char* what, Output** output) noexcept {
  if (output != nullptr) *output = nullptr;
  return missing(what);
}

}  // namespace

namespace focus::core::rest {
class Rest {};
}  // namespace focus::core::rest

namespace focus::core::capi {

std::shared_ptr<rest::Rest> open_rest(const std::shared_ptr<session::Service>&) { return nullptr; }
void let_go_idle(rest::Rest*) {}

}  // namespace focus::core::capi

int32_t focus_service_handle(focus_service*, const focus_http_request*,
                             focus_http_response** response) noexcept {
  return missing("answering requests", response);
}

int32_t focus_http_response_get_info(const focus_http_response*,
                                     focus_http_response_info*) noexcept {
  return missing("answering requests");
}

int32_t focus_http_response_get_header(const focus_http_response*, int32_t, const char** name,
                                       const char** value) noexcept {
  if (name != nullptr) *name = nullptr;
  return missing("answering requests", value);
}

int32_t focus_http_response_read(focus_http_response*, void*, int64_t, int32_t, int64_t*) noexcept {
  return missing("answering requests");
}

int32_t focus_http_response_destroy(focus_http_response* response) noexcept {
  return response == nullptr ? FOCUS_OK : missing("answering requests");
}

int32_t focus_service_set_http_options(focus_service*, const focus_http_options*) noexcept {
  return missing("answering requests");
}

int32_t focus_service_rotate_url_key(focus_service*) noexcept { return missing("signing of URLs"); }

int32_t focus_access_key_generate(char*, int32_t) noexcept { return missing("access by key"); }

int32_t focus_access_key_hash(const char*, char*, int32_t) noexcept {
  return missing("access by key");
}

int32_t focus_service_add_access_key(focus_service*, const focus_access_key*) noexcept {
  return missing("access by key");
}

int32_t focus_service_access_key_count(focus_service*, int32_t* count) noexcept {
  if (count != nullptr) *count = 0;
  return missing("access by key");
}

int32_t focus_service_remove_access_key(focus_service*, const char*) noexcept {
  return missing("access by key");
}

int32_t focus_webhook_secret_generate(char*, int32_t) noexcept { return missing("webhooks"); }

int32_t focus_service_set_webhooks(focus_service*, const focus_webhook_options*) noexcept {
  return missing("webhooks");
}

int32_t focus_service_next_webhook(focus_service*, int32_t, focus_webhook** webhook) noexcept {
  return missing("webhooks", webhook);
}

int32_t focus_webhook_get_info(const focus_webhook*, focus_webhook_info*) noexcept {
  return missing("webhooks");
}

int32_t focus_webhook_settle(focus_webhook*, int32_t, int64_t) noexcept {
  return missing("webhooks");
}

int32_t focus_webhook_destroy(focus_webhook* webhook) noexcept {
  return webhook == nullptr ? FOCUS_OK : missing("webhooks");
}

int32_t focus_snapshot_json(focus_snapshot*, const focus_json_options*,
                            const char** json) noexcept {
  return missing("the JSON of a session", json);
}
