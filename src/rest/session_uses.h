// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "session/service.h"

namespace focus::core::rest {

/// The sessions that HTTP requests use. A session is kept in use as long as it is being made or
/// requested, so that it continues without a handle. A session of the store is opened when it is
/// requested. Thread-safe.
class SessionUses {
 public:
  /// A session that is not being made is released after this time without a request.
  static constexpr double kKeptSeconds = 900.0;

  explicit SessionUses(std::shared_ptr<session::Service> service) : service_(std::move(service)) {}

  using Use = std::shared_ptr<const session::SessionUse>;
  absl::StatusOr<Use> start(plan::Request request, const session::SessionOwner& owner);
  /// Fault::not_found if the session does not exist, and also if it belongs to another owner.
  absl::StatusOr<Use> find(const std::string& id, const session::SessionOwner& owner);
  /// Does not check the owner. For callers that have authorised the request in another way.
  absl::StatusOr<Use> find(const std::string& id);

  /// Releases the sessions that have not been requested for kKeptSeconds. Also done from time to
  /// time by start() and find().
  void let_go_idle();
  /// Releases all sessions. They continue only if a stream or the host uses them.
  void let_go_all();

 private:
  struct Entry {
    Use use;
    double asked_at = 0.0;
  };

  Use known(const std::string& id);
  Use keep(session::SessionUse use);
  void let_go_locked(double now, std::vector<Use>& gone) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::shared_ptr<session::Service> service_;
  Mutex mutex_{LockRank::requests};
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  double looked_at_ ABSL_GUARDED_BY(mutex_) = 0.0;  // when it was last seen who may go
};

}  // namespace focus::core::rest
