// SPDX-License-Identifier: MIT
#include "rest/webhooks.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/digest.h"
#include "base/error.h"
#include "rest/json_writer.h"

namespace focus::core::rest {
namespace {

constexpr std::size_t kIdDigits = 24;
constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kRetrySeconds[] = {5,          5 * kMinute, 30 * kMinute,
                                          2 * kHour,  5 * kHour,   10 * kHour,
                                          14 * kHour, 20 * kHour,  24 * kHour};
constexpr std::int64_t kLongestRetryAfter = 24 * kHour;
constexpr int kGone = 410;
/// How often next() looks: a request that becomes due again wakes nobody.
constexpr std::chrono::milliseconds kLook(500);

bool is_web_address(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.substr(0, scheme.size()) != scheme) continue;
    return url.size() > scheme.size() &&
           std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  }
  return false;
}

/// Without what may be a password of the receiver's.
std::string shown(const std::string& address) { return address.substr(0, address.find('?')); }

void write_data(JsonWriter& json, const store::Message& message) {
  const store::Happening& happening = message.happening;
  write(json, "organization", message.organization);
  write(json, "session_id", happening.session_id);
  switch (happening.kind) {
    case store::MessageKind::segment_ready:
      write(json, "segment_index", happening.segment_index);
      write(json, "engine", happening.detail);
      break;
    case store::MessageKind::session_failed:
      write(json, "segment_index", happening.segment_index);
      write(json, "reason", happening.detail);
      break;
    case store::MessageKind::session_steered:
      write(json, "from_segment_index", happening.segment_index);
      break;
    case store::MessageKind::track_kept:
      write(json, "segment_index", happening.segment_index);
      write(json, "track_id", happening.detail);
      break;
    default:
      break;
  }
}

}  // namespace

std::string webhook_body(const store::Message& message) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write(json, "type", name_of(message.happening.kind));
  write_time(json, "timestamp", message.happened_at);
  write_key(json, "data");
  json.StartObject();
  write_data(json, message);
  json.EndObject();
  json.EndObject();
  return text.take();
}

std::string webhook_id(const store::Message& message) {
  // Ids of sessions are random; the number tells apart what happens to one of them.
  const std::string all =
      absl::StrCat(message.happening.session_id, "\n", message.number, "\n", message.address);
  return absl::StrCat("msg_", digest_of(all).substr(0, kIdDigits));
}

std::optional<std::int64_t> Webhooks::retry_delay(int attempts, std::string_view id) {
  if (attempts < 1 || attempts > static_cast<int>(std::size(kRetrySeconds))) return std::nullopt;
  const std::int64_t delay = kRetrySeconds[attempts - 1];
  std::int64_t scatter = 0;
  for (const char c : id) scatter = (scatter * 31 + c) % 1000;
  return delay + delay * scatter / 10'000;
}

std::shared_ptr<const Webhooks::Secrets> Webhooks::secrets() const {
  const MutexLock lock(mutex_);
  return secrets_;
}

std::int64_t Webhooks::given_up() const {
  const MutexLock lock(mutex_);
  return given_up_;
}

/// Tells the shelf the addresses whose secrets are here. Does so again where another thread has
/// changed them meanwhile, so that the shelf ends with the newest ones.
absl::Status Webhooks::tell_shelf() {
  while (true) {
    const auto told = secrets();
    std::vector<std::string> addresses;
    for (const auto& [address, secret] : *told) addresses.push_back(address);
    FOCUS_RETURN_IF_ERROR(shelf_.set_addresses(std::move(addresses), clock_));
    if (secrets() == told) return absl::OkStatus();
  }
}

absl::Status Webhooks::set_endpoints(const std::vector<WebhookEndpoint>& endpoints) {
  if (endpoints.size() > kMostEndpoints) {
    return invalid_field("endpoint_count", absl::StrCat("must be ", kMostEndpoints, " at most"));
  }
  auto secrets = std::make_shared<Secrets>();
  for (const WebhookEndpoint& endpoint : endpoints) {
    if (!is_web_address(endpoint.url)) {
      return invalid_field("url", "must begin with https:// or http://, and have no space");
    }
    FOCUS_ASSIGN_OR_RETURN(WebhookSecret secret, WebhookSecret::read(endpoint.secret));
    if (!secrets->emplace(endpoint.url, std::move(secret)).second) {
      return invalid_field("url", "is there twice");
    }
  }
  {
    const MutexLock lock(mutex_);
    secrets_ = std::move(secrets);
  }
  return tell_shelf();
}

absl::StatusOr<std::optional<WebhookRequest>> Webhooks::take() {
  const auto secrets = this->secrets();
  if (!secrets || secrets->empty()) return std::optional<WebhookRequest>();
  const std::int64_t now = clock_.unix_seconds();
  FOCUS_ASSIGN_OR_RETURN(auto message, shelf_.take(now, now + kLeaseSeconds));
  if (!message) return std::optional<WebhookRequest>();
  WebhookRequest request;
  request.message = *std::move(message);
  request.id = webhook_id(request.message);
  request.timestamp = now;
  request.body = webhook_body(request.message);
  const auto secret = secrets->find(request.message.address);
  if (secret == secrets->end()) {  // the endpoints were replaced just now
    FOCUS_RETURN_IF_ERROR(shelf_.put_off(request.message.number, now));
    return std::optional<WebhookRequest>();
  }
  request.signature = secret->second.sign(request.id, now, request.body);
  return std::optional(std::move(request));
}

absl::StatusOr<std::optional<WebhookRequest>> Webhooks::next(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(auto request, take());
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (request || left <= std::chrono::milliseconds(0)) return request;
    shelf_.wait(std::min(left, kLook));
  }
}

absl::Status Webhooks::settle(const WebhookRequest& request, int http_status,
                              std::int64_t retry_after) {
  const store::Message& message = request.message;
  if (http_status >= 200 && http_status < 300) return shelf_.remove(message.number);
  if (http_status == kGone) return drop_address(message.address);
  const auto delay = retry_delay(message.attempts, request.id);
  if (!delay) {
    return give_up(request, http_status == 0 ? "there was no answer"
                                             : absl::StrCat("the answer was ", http_status));
  }
  const std::int64_t wait = std::max(*delay, std::min(retry_after, kLongestRetryAfter));
  return shelf_.put_off(message.number, clock_.unix_seconds() + wait);
}

absl::Status Webhooks::give_up(const WebhookRequest& request, std::string_view why) {
  log_.write(LogLevel::warning,
             absl::StrCat("the webhook ", request.id, " to ", shown(request.message.address),
                          " is given up after ", request.message.attempts,
                          " attempts: ", std::string(why)));
  FOCUS_RETURN_IF_ERROR(shelf_.remove(request.message.number));
  const MutexLock lock(mutex_);
  ++given_up_;
  return absl::OkStatus();
}

/// The receiver wants nothing more, until the host names it again.
absl::Status Webhooks::drop_address(const std::string& address) {
  log_.write(LogLevel::warning,
             absl::StrCat("webhooks to ", shown(address), " end: the answer was 410 (gone)"));
  {
    const MutexLock lock(mutex_);
    auto rest = std::make_shared<Secrets>(*secrets_);
    rest->erase(address);
    secrets_ = std::move(rest);
  }
  return tell_shelf();
}

}  // namespace focus::core::rest
