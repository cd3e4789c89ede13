// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "handles.h"
#include "rest/rest.h"
#include "store/audio_bytes.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_http_response : HandleBase {
  rest::HttpResponse answer;
  std::int64_t read = 0;  // bytes of the body that were read
};

namespace {

absl::StatusOr<rest::HttpRequest> request_from(const focus_http_request& given) {
  rest::HttpRequest request;
  if (given.method == nullptr) return null_argument("method");
  if (given.target == nullptr) return null_argument("target");
  if (given.header_count < 0) {
    return invalid_field("header_count", absl::StrCat("must not be ", given.header_count));
  }
  const bool has_headers = given.header_names != nullptr && given.header_values != nullptr;
  if (given.header_count > 0 && !has_headers) return null_argument("header_names");
  if (given.body_size < 0) {
    return invalid_field("body_size", absl::StrCat("must not be ", given.body_size));
  }
  if (given.body_size > 0 && given.body == nullptr) return null_argument("body");
  request.method = given.method;
  request.target = given.target;
  for (std::int32_t index = 0; index < given.header_count; ++index) {
    const char* name = given.header_names[index];
    const char* value = given.header_values[index];
    if (name == nullptr || value == nullptr) return null_argument("header_names");
    request.headers.emplace_back(name, value);
  }
  request.body = {static_cast<const char*>(given.body), static_cast<std::size_t>(given.body_size)};
  FOCUS_ASSIGN_OR_RETURN(request.body_follows, flag_from(given.body_follows, "body_follows"));
  request.base_url = text_or_empty(given.base_url);
  FOCUS_RETURN_IF_ERROR(rest::check_base_url("base_url", request.base_url));
  return request;
}

/// 0 leaves the default.
template <typename Number>
void set_bound(Number given, Number& bound) {
  if (given != 0) bound = given;
}

std::int64_t size_of_body(const rest::HttpResponse& answer) {
  if (answer.stream) return -1;
  return answer.audio ? answer.length : static_cast<std::int64_t>(answer.text.size());
}

absl::StatusOr<std::int64_t> read_on(focus_http_response& response, char* buffer,
                                     std::int64_t capacity, std::chrono::milliseconds timeout) {
  rest::HttpResponse& answer = response.answer;
  if (answer.stream) return answer.stream->read(buffer, capacity, timeout);
  const std::int64_t count = std::min(capacity, size_of_body(answer) - response.read);
  if (count == 0) return rest::BodyStream::kEnd;
  if (!answer.audio) {
    std::copy_n(answer.text.data() + response.read, count, buffer);
  } else {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           answer.audio->read(answer.offset + response.read, buffer, count));
    if (got == 0) return fault_error(Fault::bad_data, "the audio ends before its length");
    response.read += got;
    return got;
  }
  response.read += count;
  return count;
}

}  // namespace

namespace focus::core::capi {

std::shared_ptr<rest::Rest> open_rest(const std::shared_ptr<session::Service>& service) {
  return std::make_shared<rest::Rest>(service);
}

void let_go_idle(rest::Rest* rest) { rest->let_go_idle(); }

}  // namespace focus::core::capi

int32_t focus_service_handle(focus_service* service, const focus_http_request* request,
                             focus_http_response** response) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(response, "response"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (request == nullptr) return null_argument("request");
    FOCUS_ASSIGN_OR_RETURN(const focus_http_request given,
                           read_struct(request, FOCUS_HTTP_REQUEST_INIT, "request"));
    FOCUS_ASSIGN_OR_RETURN(const rest::HttpRequest asked, request_from(given));
    auto made = std::make_unique<focus_http_response>();
    made->answer = service->rest->handle(asked);
    *response = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_http_response_get_info(const focus_http_response* response,
                                     focus_http_response_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(response, "response"));
    const rest::HttpResponse& answer = response->answer;
    focus_http_response_info value = FOCUS_HTTP_RESPONSE_INFO_INIT;
    value.status = answer.status;
    value.header_count = static_cast<std::int32_t>(answer.headers.size());
    value.body_size = size_of_body(answer);
    value.file_path = "";
    value.organization = answer.organization.c_str();
    value.caller = answer.caller.c_str();
    if (answer.stream) {
      value.body_kind = FOCUS_HTTP_BODY_STREAM;
    } else if (answer.audio && !answer.audio->in_memory().empty()) {
      value.body_kind = FOCUS_HTTP_BODY_BYTES;
      value.body = answer.audio->in_memory().data() + answer.offset;
    } else if (answer.audio) {
      value.body_kind = FOCUS_HTTP_BODY_FILE;
      value.file_path = answer.audio->path().c_str();
      value.file_offset = answer.offset;
    } else {
      value.body = answer.text.data();
    }
    return write_struct(info, value, "info");
  });
}

int32_t focus_http_response_get_header(const focus_http_response* response, int32_t index,
                                       const char** name, const char** value) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(name, "name"));
    FOCUS_RETURN_IF_ERROR(clear_output(value, "value"));
    FOCUS_RETURN_IF_ERROR(check_handle(response, "response"));
    const auto& headers = response->answer.headers;
    if (index < 0 || static_cast<std::size_t>(index) >= headers.size()) {
      return not_found("index", absl::StrCat("no header ", index, " of ", headers.size()));
    }
    *name = headers[static_cast<std::size_t>(index)].first.c_str();
    *value = headers[static_cast<std::size_t>(index)].second.c_str();
    return absl::OkStatus();
  });
}

int32_t focus_http_response_read(focus_http_response* response, void* buffer, int64_t capacity,
                                 int32_t timeout_ms, int64_t* count) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(response, "response"));
    if (count == nullptr) return null_argument("count");
    *count = rest::BodyStream::kEnd;
    if (buffer == nullptr) return null_argument("buffer");
    if (capacity < 1) return invalid_field("capacity", "must be 1 at least");
    if (timeout_ms < 0) return invalid_field("timeout_ms", "must not be negative");
    FOCUS_ASSIGN_OR_RETURN(*count, read_on(*response, static_cast<char*>(buffer), capacity,
                                           std::chrono::milliseconds(timeout_ms)));
    return absl::OkStatus();
  });
}

int32_t focus_http_response_destroy(focus_http_response* response) noexcept {
  return destroy(response);
}

int32_t focus_service_set_http_options(focus_service* service,
                                       const focus_http_options* options) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const focus_http_options given,
                           read_struct(options, FOCUS_HTTP_OPTIONS_INIT, "options"));
    rest::HttpOptions chosen;
    if (given.requests_per_minute != 0) chosen.requests_per_minute = given.requests_per_minute;
    if (given.url_life_seconds != 0) chosen.url_life_seconds = given.url_life_seconds;
    if (given.url_key_life_seconds != 0) chosen.url_key_life_seconds = given.url_key_life_seconds;
    chosen.public_base_url = text_or_empty(given.public_base_url);
    chosen.allowed_origins =
        absl::StrSplit(text_or_empty(given.allowed_origins), ' ', absl::SkipEmpty());
    set_bound(given.stored_bytes_per_key, chosen.bounds.stored_bytes_per_key);
    set_bound(given.stored_bytes_per_organization, chosen.bounds.stored_bytes_per_organization);
    set_bound(given.sessions_per_key, chosen.bounds.sessions_per_key);
    set_bound(given.sessions_per_organization, chosen.bounds.sessions_per_organization);
    set_bound(given.streams_per_key, chosen.bounds.streams_per_key);
    set_bound(given.streams_per_organization, chosen.bounds.streams_per_organization);
    set_bound(given.listeners_per_key, chosen.bounds.listeners_per_key);
    set_bound(given.listeners_per_organization, chosen.bounds.listeners_per_organization);
    FOCUS_ASSIGN_OR_RETURN(chosen.open_metrics, flag_from(given.open_metrics, "open_metrics"));
    FOCUS_ASSIGN_OR_RETURN(chosen.direct_audio, flag_from(given.direct_audio, "direct_audio"));
    return service->rest->set_options(std::move(chosen));
  });
}

int32_t focus_service_rotate_url_key(focus_service* service) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    return service->rest->rotate_url_key();
  });
}
