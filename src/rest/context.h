// SPDX-License-Identifier: MIT
// What the calls share: the service, and the host's settings for HTTP.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "broadcast/broadcasts.h"
#include "delivery/encoded_cache.h"
#include "rest/access.h"
#include "rest/api_error.h"
#include "rest/http.h"
#include "rest/idempotency.h"
#include "rest/places.h"
#include "rest/session_uses.h"
#include "rest/shared_access.h"
#include "rest/target.h"
#include "rest/traffic.h"
#include "rest/url_signer.h"
#include "rest/webhooks.h"
#include "session/service.h"

namespace focus::core::rest {

/// Settings for the HTTP interface.
struct HttpOptions {
  static constexpr int kNoRateLimit = Caller::kNoRateLimit;

  int requests_per_minute = 1200;  ///< for keys without a limit of their own; or kNoRateLimit
  int url_life_seconds = 300;
  int url_key_life_seconds = kSecondsPerDay;
  std::string public_base_url;  ///< without a slash at its end; "": derived from the request's Host
  /// Of pages that may ask from a browser, or "*"; see cross_origin.h.
  std::vector<std::string> allowed_origins;
  bool open_metrics = false;  ///< /metrics needs no key
  /// In a cluster, the audio of a segment is fetched from the storage itself.
  bool direct_audio = false;

  /// What one owner may have at a time, so that there is something left for the others. The keys of
  /// one caller in an organization count together.
  struct Bounds {
    static constexpr int kNone = -1;
    std::int64_t stored_bytes_per_key = 100'000'000'000;
    std::int64_t stored_bytes_per_organization = 400'000'000'000;
    int sessions_per_key = 200;  ///< active
    int sessions_per_organization = 1000;
    int streams_per_key = 64;  ///< of events
    int streams_per_organization = 128;
    int listeners_per_key = 1000;  ///< of continuous audio
    int listeners_per_organization = 2000;
  };
  Bounds bounds;
};
/// The error names the field.
absl::Status validate(const HttpOptions& options);

/// Shared by the calls and the event streams that they open. A stream may outlive Rest.
class RestContext {
 public:
  explicit RestContext(std::shared_ptr<session::Service> service);

  session::Service& service() { return *service_; }
  Access& access() { return access_; }
  /// Null where the process is alone.
  SharedAccess* shared_access() { return shared_access_.get(); }
  SessionUses& uses() { return uses_; }
  UrlSigner& signer() { return signer_; }
  Webhooks& webhooks() { return webhooks_; }
  Traffic& traffic() { return traffic_; }
  /// The event streams that are open.
  Places& streams() { return streams_; }
  /// The listeners of continuous streams.
  Places& listeners() { return listeners_; }
  broadcast::Broadcasts& broadcasts() { return broadcasts_; }
  RunningRequests& running() { return running_; }
  delivery::EncodedCache& encoded() { return encoded_; }
  /// A random id that no other instance has, not even after a restart.
  const std::string& instance() const { return instance_; }

  HttpOptions options() const;
  absl::Status set_options(HttpOptions options);

 private:
  std::shared_ptr<session::Service> service_;
  const std::string instance_;
  Access access_;
  const std::unique_ptr<SharedAccess> shared_access_;
  SessionUses uses_;
  UrlSigner signer_;
  Webhooks webhooks_;
  Traffic traffic_;
  Places streams_;
  Places listeners_;
  broadcast::Broadcasts broadcasts_;
  RunningRequests running_;
  delivery::EncodedCache encoded_;
  mutable Mutex mutex_;
  HttpOptions options_ ABSL_GUARDED_BY(mutex_);
};

/// A request that matched a route.
struct Call {
  const HttpRequest& request;
  const Target& target;
  std::shared_ptr<const Caller> caller;  ///< null if there is no key
  std::vector<std::string> arguments;    ///< the parts of the path that match the route's stars
  std::string request_key = {};          ///< see idempotency.h; "" where the request has none
  /// The session that this very request has started, where it was not answered then; else "".
  std::string made_session = {};

  session::SessionOwner owner() const { return {arguments.front(), caller->name}; }
};

using Answer = std::variant<HttpResponse, ApiError>;

/// Whether it can be the base of URLs, or is empty.
absl::Status check_base_url(const char* field, const std::string& base_url);

/// Returns the base of playback URLs for this request, without a slash at its end.
std::string base_url_for(const HttpOptions& options, const HttpRequest& request);

HttpResponse json_response(int status, std::string json);

/// The answer to an error of the library. One that is not the caller's goes to the log: the client
/// is told no more than its trace id.
ApiError explain(const RestContext& context, const absl::Status& status);

/// The error's envelope, with the trace id of the request's `traceparent`, or else a new one. The
/// log's line about the error begins with it.
HttpResponse respond(RestContext& context, const HttpRequest& request, const ApiError& error);

/// Reads a number in a path. Returns -1 for anything but digits, or if it is too large.
int read_index(std::string_view text);

}  // namespace focus::core::rest
