// SPDX-License-Identifier: MIT
// Requests that a client may send again, by the header `Idempotency-Key`
// (draft-ietf-httpapi-idempotency-key-header).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/mutex.h"
#include "rest/api_error.h"
#include "rest/http.h"
#include "store/answer_shelf.h"

namespace focus::core::rest {

class RestContext;
struct Call;

/// The key of a request that has one. The error is for the client.
std::variant<std::optional<std::string>, ApiError> read_request_key(const HttpRequest& request);

/// The keys whose requests run now. A request that a killed process has left half done is not among
/// them, and so runs again. Thread-safe.
class RunningRequests {
 public:
  /// Holds the key until it goes.
  using Hold = std::shared_ptr<void>;
  enum class Refusal { same_request, other_request };

  /// Refuses a key that runs already; `digest` is that of the request.
  std::variant<Hold, Refusal> begin(const store::RequestKey& key, const std::string& digest);

 private:
  Mutex mutex_;
  std::map<store::RequestKey, std::string> digests_ ABSL_GUARDED_BY(mutex_);
};

/// Runs `run` unless the request with this key was answered already, and keeps its answer. `run`
/// receives the call with what it needs to find again what a killed process has made for it.
///
/// The status of the answer and the bytes of its body are kept. The body is not written again from
/// the session, which may have changed: a client that sends a request again expects the first
/// answer. Only the URLs in the body are signed again, because they may have expired. An answer
/// that does not say what has become of the request (401, 409, 429, 5xx) is not kept: the key is
/// free again.
HttpResponse answer_once(RestContext& context, const Call& call, const std::string& key,
                         const std::function<HttpResponse(const Call&)>& run);

}  // namespace focus::core::rest
