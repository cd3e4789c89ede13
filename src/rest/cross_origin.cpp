// SPDX-License-Identifier: MIT
#include "rest/cross_origin.h"

#include <algorithm>
#include <string_view>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::rest {
namespace {

constexpr std::string_view kAny = "*";
/// What the calls and the audio take.
constexpr char kMethods[] = "GET, HEAD, POST, DELETE";
constexpr char kRequestHeaders[] =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, "
    "Last-Event-ID, Range, traceparent, X-API-Key";
/// What a page can not read unless it is named.
constexpr char kAnswerHeaders[] =
    "Accept-Ranges, Allow, Content-Length, Content-Range, ETag, Idempotent-Replayed, Retry-After";
constexpr char kPreflightSeconds[] = "600";

bool is_origin(std::string_view text) {
  std::string_view rest;
  for (const std::string_view scheme : {"https://", "http://", "app://", "capacitor://"}) {
    if (text.starts_with(scheme)) rest = text.substr(scheme.size());
  }
  // As browsers send it: in lower case, without a path and without a slash at its end.
  return !rest.empty() && std::all_of(rest.begin(), rest.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
           std::string_view("-._:[]").find(c) != std::string_view::npos;
  });
}

/// The origin of the page that asks, where it is allowed.
std::optional<std::string_view> allowed_origin(const std::vector<std::string>& allowed,
                                               const HttpRequest& request) {
  const auto origin = request.header("Origin");
  if (!origin || origin->empty()) return std::nullopt;
  const bool is_allowed = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) {
    return one == kAny || one == *origin;
  });
  return is_allowed ? origin : std::nullopt;
}

}  // namespace

absl::Status check_origins(const std::vector<std::string>& origins) {
  for (const std::string& origin : origins) {
    if (origin == kAny || is_origin(origin)) continue;
    return invalid_field(
        "allowed_origins",
        absl::StrCat("must be origins as browsers send them, such as https://app.example.com or "
                     "http://localhost:5173, in lower case and without a path, or * for any, not '",
                     origin, "'"));
  }
  return absl::OkStatus();
}

std::optional<HttpResponse> answer_preflight(const std::vector<std::string>& allowed,
                                             const HttpRequest& request) {
  const bool asks = request.method == "OPTIONS" && request.header("Access-Control-Request-Method");
  if (!asks || !allowed_origin(allowed, request)) return std::nullopt;
  HttpResponse response;
  response.status = 204;
  response.add_header("Access-Control-Allow-Methods", kMethods);
  response.add_header("Access-Control-Allow-Headers", kRequestHeaders);
  response.add_header("Access-Control-Max-Age", kPreflightSeconds);
  if (request.header("Access-Control-Request-Private-Network").value_or("") == "true") {
    response.add_header("Access-Control-Allow-Private-Network", "true");
  }
  return response;
}

void allow_origin(const std::vector<std::string>& allowed, const HttpRequest& request,
                  HttpResponse& response) {
  if (allowed.empty()) return;
  response.add_header("Vary", "Origin");  // also where it is not allowed: caches must know
  const auto origin = allowed_origin(allowed, request);
  if (!origin) return;
  response.add_header("Access-Control-Allow-Origin", std::string(*origin));
  if (response.status != 204) response.add_header("Access-Control-Expose-Headers", kAnswerHeaders);
}

}  // namespace focus::core::rest
