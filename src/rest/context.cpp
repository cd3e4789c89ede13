// SPDX-License-Identifier: MIT
#include "rest/context.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "rest/cross_origin.h"
#include "rest/trace_context.h"

namespace focus::core::rest {
namespace {

absl::Status check_range(const char* field, int value, int low, int high) {
  if (value >= low && value <= high) return absl::OkStatus();
  return invalid_field(field, absl::StrCat("must be ", low, " to ", high, ", not ", value));
}

absl::Status check_bound(const char* field, std::int64_t value) {
  if (value >= 1 || value == HttpOptions::Bounds::kNone) return absl::OkStatus();
  return invalid_field(field, absl::StrCat("must be 1 or more, or -1 for no bound, not ", value));
}

std::optional<std::int64_t> bound_or_none(std::int64_t bound) {
  return bound == HttpOptions::Bounds::kNone ? std::nullopt : std::optional(bound);
}

/// Whether the text consists of letters, digits and the other characters of host names, ports and
/// IPv6 addresses.
bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           std::string_view(".-:[]_").find(c) != std::string_view::npos;
  });
}

}  // namespace

absl::Status check_base_url(const char* field, const std::string& base_url) {
  const bool is_url = base_url.starts_with("http://") || base_url.starts_with("https://");
  const bool is_plain = std::all_of(base_url.begin(), base_url.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '?' && c != '#' && c != '"';
  });
  if (base_url.empty() || (is_url && is_plain)) return absl::OkStatus();
  return invalid_field(field,
                       "must begin with http:// or https:// and have no query, such as "
                       "https://music.example.com");
}

absl::Status validate(const HttpOptions& options) {
  if (options.requests_per_minute != HttpOptions::kNoRateLimit) {
    FOCUS_RETURN_IF_ERROR(
        check_range("requests_per_minute", options.requests_per_minute, 1, 1'000'000));
  }
  FOCUS_RETURN_IF_ERROR(check_range("url_life_seconds", options.url_life_seconds, 1, 604'800));
  FOCUS_RETURN_IF_ERROR(
      check_range("url_key_life_seconds", options.url_key_life_seconds, 60, 31'536'000));
  FOCUS_RETURN_IF_ERROR(check_base_url("public_base_url", options.public_base_url));
  FOCUS_RETURN_IF_ERROR(check_origins(options.allowed_origins));
  const HttpOptions::Bounds& bounds = options.bounds;
  FOCUS_RETURN_IF_ERROR(check_bound("stored_bytes_per_key", bounds.stored_bytes_per_key));
  FOCUS_RETURN_IF_ERROR(
      check_bound("stored_bytes_per_organization", bounds.stored_bytes_per_organization));
  for (const auto& [field, bound] :
       {std::pair{"sessions_per_key", bounds.sessions_per_key},
        std::pair{"sessions_per_organization", bounds.sessions_per_organization},
        std::pair{"streams_per_key", bounds.streams_per_key},
        std::pair{"streams_per_organization", bounds.streams_per_organization},
        std::pair{"listeners_per_key", bounds.listeners_per_key},
        std::pair{"listeners_per_organization", bounds.listeners_per_organization}}) {
    if (bound != HttpOptions::Bounds::kNone) {
      FOCUS_RETURN_IF_ERROR(check_range(field, bound, 1, 1'000'000));
    }
  }
  return absl::OkStatus();
}

RestContext::RestContext(std::shared_ptr<session::Service> service)
    : service_(std::move(service)),
      instance_(make_id("", service_->entropy())),
      access_(service_->store().cluster() != nullptr ? &service_->store().cluster()->access_keys()
                                                     : nullptr),
      shared_access_(service_->store().cluster() != nullptr
                         ? std::make_unique<SharedAccess>(access_, *service_->store().cluster(),
                                                          service_->clock(), service_->log())
                         : nullptr),
      uses_(service_),
      signer_(service_->store().url_keys(), service_->clock(), service_->entropy()),
      webhooks_(service_->store().messages(), service_->clock(), service_->log()),
      broadcasts_(service_->clock()) {
  // What can not be read now is read when the host sets its options, or not bound.
  set_options({}).IgnoreError();
}

HttpOptions RestContext::options() const {
  const MutexLock guard(mutex_);
  return options_;
}

absl::Status RestContext::set_options(HttpOptions options) {
  while (options.public_base_url.ends_with('/')) options.public_base_url.pop_back();
  FOCUS_RETURN_IF_ERROR(
      service_->set_stored_bounds({bound_or_none(options.bounds.stored_bytes_per_key),
                                   bound_or_none(options.bounds.stored_bytes_per_organization)}));
  const MutexLock guard(mutex_);
  options_ = std::move(options);
  return absl::OkStatus();
}

std::string base_url_for(const HttpOptions& options, const HttpRequest& request) {
  if (!options.public_base_url.empty()) return options.public_base_url;
  if (!request.base_url.empty()) {
    const std::size_t end = request.base_url.find_last_not_of('/');
    return request.base_url.substr(0, end + 1);
  }
  const std::string_view host = request.header("Host").value_or("");
  return absl::StrCat("http://", is_host(host) ? std::string(host) : "localhost");
}

HttpResponse json_response(int status, std::string json) {
  HttpResponse response;
  response.status = status;
  response.text = std::move(json);
  response.add_header("Content-Type", "application/json");
  return response;
}

ApiError explain(const RestContext&, const absl::Status& status) {
  ApiError error = error_of(status);
  if (error.status < 500) return error;
  error.logged = absl::StrCat("a request failed (", std::string(name_of(fault_of(status))),
                              "): ", std::string(status.message()));
  return error;
}

HttpResponse respond(RestContext& context, const HttpRequest& request, const ApiError& error) {
  session::Service& service = context.service();
  const auto given = trace_id_of(request);
  const std::string trace_id = given ? std::string(*given) : make_id("req_", service.entropy());
  if (!error.logged.empty()) {
    service.log().write(LogLevel::error, absl::StrCat(trace_id, ": ", error.logged));
  }
  return envelope(error, trace_id, format_utc(service.clock().unix_seconds()));
}

int read_index(std::string_view text) {
  int index = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, index);
  const bool plain = !text.empty() && text.front() != '-' && text.front() != '+';
  return plain && error == std::errc() && read == end ? index : -1;
}

}  // namespace focus::core::rest
