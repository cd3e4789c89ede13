// SPDX-License-Identifier: MIT
#include "rest/rest.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "rest/cross_origin.h"
#include "rest/idempotency.h"
#include "rest/routes.h"

namespace focus::core::rest {
namespace {

constexpr std::size_t kLargestBody = 65'536;
constexpr int kGoOn = 100;

/// Returns the parts of the path that match the stars of the pattern, or nothing if the path does
/// not match.
std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              const std::vector<std::string>& parts) {
  std::vector<std::string> arguments;
  for (const std::string& part : parts) {
    if (pattern.empty()) return std::nullopt;
    pattern.remove_prefix(1);  // the slash
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    if (wanted == "*") {
      arguments.push_back(part);
    } else if (wanted != part) {
      return std::nullopt;
    }
    pattern.remove_prefix(wanted.size());
  }
  return pattern.empty() ? std::optional(std::move(arguments)) : std::nullopt;
}

/// The routes that match a path, with any method.
struct Found {
  const Route* route = nullptr;  ///< the one with the request's method
  std::vector<std::string> arguments;
  std::string methods;  ///< the methods that the path supports, for an Allow header
};

Found find_route(std::string_view method, const std::vector<std::string>& parts) {
  Found found;
  for (const Route& route : all_routes()) {
    auto arguments = match(route.pattern, parts);
    if (!arguments) continue;
    const bool gets = route.method == "GET";
    const std::string methods = absl::StrCat(std::string(route.method), gets ? ", HEAD" : "");
    if (found.methods.find(methods) == std::string::npos) {
      absl::StrAppend(&found.methods, found.methods.empty() ? "" : ", ", methods);
    }
    if (found.route != nullptr) continue;
    if (method != route.method && !(gets && method == "HEAD")) continue;
    found.route = &route;
    found.arguments = *std::move(arguments);
  }
  return found;
}

/// Whether the path needs a key. Audio URLs are signed instead.
bool needs_key(const Target& target, const HttpOptions& options) {
  const auto& parts = target.parts;
  if (parts.size() == 1 && parts[0] == "metrics") return !options.open_metrics;
  return parts[0] == "v1" && !(parts.size() > 1 && parts[1] == "audio");
}

/// The organization in a path, or "".
std::string organization_of(const Target& target) {
  const auto& parts = target.parts;
  return parts.size() > 2 && parts[0] == "v1" && parts[1] == "music" ? parts[2] : "";
}

std::optional<ApiError> check_rate(RestContext& context, const HttpRequest& request,
                                   const HttpOptions& options, const Caller& caller) {
  const int limit = caller.requests_per_minute.value_or(options.requests_per_minute);
  if (limit == Caller::kNoRateLimit) return std::nullopt;
  const double now = context.service().clock().steady_seconds();
  // A request whose body is still to come is counted when that has come.
  std::optional<int> wait;
  if (request.body_follows) {
    wait = caller.passed->foresee(now, limit);
  } else if (context.shared_access() != nullptr && caller.passed->is_near(limit)) {
    wait = context.shared_access()->count_in_cluster(caller, limit);
  } else {
    wait = caller.passed->wait_seconds(now, limit);
  }
  return wait ? std::optional(rate_limited(*wait)) : std::nullopt;
}

/// Checks the key, its rate limit and its organization, in the order of the contract. Returns an
/// error if the request is not permitted. `caller` receives the key's owner, if there is a known
/// key.
std::optional<ApiError> check_caller(RestContext& context, const HttpRequest& request,
                                     const Target& target, std::shared_ptr<const Caller>& caller) {
  const HttpOptions options = context.options();
  caller = context.access().caller_of(request);
  if (!needs_key(target, options)) return std::nullopt;
  if (!caller) return unauthenticated();
  if (auto error = check_rate(context, request, options, *caller)) return error;
  const std::string organization = organization_of(target);
  if (!organization.empty() && !caller->belongs_to(organization)) {
    return forbidden("The key does not belong to this organization");
  }
  return std::nullopt;
}

/// The error for a path that cannot be parsed.
ApiError refuse_broken(RestContext& context, const HttpRequest& request) {
  const bool needs_key =
      request.target.starts_with("/v1/") && !request.target.starts_with("/v1/audio/");
  if (needs_key && !context.access().caller_of(request)) return unauthenticated();
  return not_found("path");
}

/// The body is wanted.
HttpResponse go_on() {
  HttpResponse response;
  response.status = kGoOn;
  return response;
}

HttpResponse as_response(RestContext& context, const HttpRequest& request, Answer answer) {
  if (const auto* error = std::get_if<ApiError>(&answer)) return respond(context, request, *error);
  return std::get<HttpResponse>(std::move(answer));
}

Answer answer_to(const std::shared_ptr<RestContext>& context, const HttpRequest& request) {
  if (auto preflight = answer_preflight(context->options().allowed_origins, request)) {
    return *std::move(preflight);
  }
  const std::optional<Target> target = parse_target(request.target);
  if (!target) return refuse_broken(*context, request);
  std::shared_ptr<const Caller> caller;
  if (auto error = check_caller(*context, request, *target, caller)) return *std::move(error);
  Found found = find_route(request.method, target->parts);
  if (found.methods.empty()) return not_found("path");
  if (found.route == nullptr) return method_not_allowed(std::move(found.methods));
  const bool generates = found.route->needs == Route::Capability::generate;
  if (generates && !caller->may(kGenerateCapability)) {
    return forbidden(absl::StrCat(std::string(kGenerateCapability), " capability required"));
  }
  if (request.body.size() > kLargestBody) return payload_too_large();
  std::optional<std::string> key;
  if (request.method == "POST") {
    auto read = read_request_key(request);
    if (auto* error = std::get_if<ApiError>(&read)) return std::move(*error);
    key = std::get<std::optional<std::string>>(std::move(read));
  }
  const std::string organization = organization_of(*target);
  const std::string owner = caller && !organization.empty() ? caller->name : "";
  Answer answer = go_on();
  if (!request.body_follows) {
    const Call call{request, *target, std::move(caller), std::move(found.arguments)};
    answer = key && !owner.empty()
                 ? answer_once(*context, call, *key,
                               [&](const Call& begun) {
                                 return as_response(*context, request,
                                                    found.route->answer(context, begun));
                               })
                 : found.route->answer(context, call);
  }
  if (auto* response = std::get_if<HttpResponse>(&answer); response && !owner.empty()) {
    response->organization = organization;
    response->caller = owner;
  }
  return answer;
}

bool has_header(const HttpResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

/// Adds the headers that every response has. For HEAD it removes the body.
void finish(HttpResponse& response, bool head) {
  if (!has_header(response, "Cache-Control")) response.add_header("Cache-Control", "no-store");
  response.add_header("X-Content-Type-Options", "nosniff");
  if (!response.stream && response.status != 304 && response.status != 204) {
    const auto size =
        response.audio ? response.length : static_cast<std::int64_t>(response.text.size());
    response.add_header("Content-Length", absl::StrCat(size));
  }
  if (!head) return;
  response.text.clear();
  response.audio.reset();
  response.stream.reset();
}

}  // namespace

HttpResponse Rest::handle(const HttpRequest& request) {
  HttpResponse response = as_response(*context_, request, answer_to(context_, request));
  if (response.status == kGoOn) return response;
  allow_origin(context_->options().allowed_origins, request, response);
  finish(response, request.method == "HEAD");
  context_->traffic().count(response.status);
  return response;
}

absl::Status Rest::set_options(HttpOptions options) {
  FOCUS_RETURN_IF_ERROR(validate(options));
  return context_->set_options(std::move(options));
}

}  // namespace focus::core::rest
