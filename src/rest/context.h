// SPDX-License-Identifier: MIT
// What the calls of the contract have to do with: the service, and how the host wants it spoken.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/mutex.h"
#include "rest/access.h"
#include "rest/api_error.h"
#include "rest/http.h"
#include "rest/session_desk.h"
#include "rest/target.h"
#include "rest/traffic.h"
#include "rest/url_signer.h"
#include "session/service.h"

namespace focus::core {

/// How requests are answered.
struct HttpOptions {
  static constexpr int kNoRateLimit = Caller::kNoRateLimit;

  int requests_per_minute = 1200;  ///< of a key that has no limit of its own; or kNoRateLimit
  int url_life_seconds = 300;
  int url_key_life_seconds = 86'400;
  std::string public_base_url;  ///< without a slash at its end; "": from the request's Host
};
/// The error names the field.
absl::Status validate(const HttpOptions& options);

/// Shared by the calls and the streams they open, which may outlive whoever asked.
class RestContext {
 public:
  explicit RestContext(std::shared_ptr<Service> service);

  Service& service() { return *service_; }
  Access& access() { return access_; }
  SessionDesk& desk() { return desk_; }
  UrlSigner& signer() { return signer_; }
  Traffic& traffic() { return traffic_; }
  /// Tells this one from all others there ever were.
  const std::string& instance() const { return instance_; }

  HttpOptions options() const;
  void set_options(HttpOptions options);

 private:
  std::shared_ptr<Service> service_;
  const std::string instance_;
  Access access_;
  SessionDesk desk_;
  UrlSigner signer_;
  Traffic traffic_;
  mutable Mutex mutex_;
  HttpOptions options_ ABSL_GUARDED_BY(mutex_);
};

/// One request on its way to its answer.
struct Call {
  const HttpRequest& request;
  const Target& target;
  std::shared_ptr<const Caller> caller;  ///< null where no key is needed
  std::vector<std::string> arguments;    ///< the parts of the path that the route leaves open

  SessionOwner owner() const { return {arguments.front(), caller->name}; }
};

using Answer = std::variant<HttpResponse, ApiError>;

/// Where playback URLs begin, for whoever has sent this request.
std::string base_url_for(const HttpOptions& options, const HttpRequest& request);

HttpResponse json_response(int status, std::string json);

/// The error's answer; one that is no fault of the request is written to the log.
ApiError explain(RestContext& context, const absl::Status& status);

/// A number in a path: digits alone, and few enough to be held; -1 for everything else.
int read_index(std::string_view text);

}  // namespace focus::core
