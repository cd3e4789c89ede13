// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
  /// How many sessions an owner may have active at a time; a negative bound is none.
  struct Bounds {
    int per_key = -1;
    int per_organization = -1;
  };
  /// The right of one more session to be active, until it is kept or this goes.
  using Slot = std::shared_ptr<void>;
  /// Asks for it. Null where the owner has as many as it may; `why` receives the bound's name and
  /// the remedy then.
  Slot reserve(const session::SessionOwner& owner, const Bounds& bounds, std::string& why);

  /// See Service::start().
  absl::StatusOr<Use> start(plan::Request request, const session::SessionOwner& owner,
                            const std::string& request_key = "");
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
  absl::StatusOr<Use> open(const std::string& id);
  struct Counts {
    int of_key = 0;
    int of_organization = 0;
  };
  Counts count_active_locked(const session::SessionOwner& owner) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Use keep(session::SessionUse use);
  void let_go_locked(double now, std::vector<Use>& gone) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::shared_ptr<session::Service> service_;
  Mutex mutex_{LockRank::requests};
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::set<std::string>> by_organization_ ABSL_GUARDED_BY(mutex_);
  /// Of sessions that are being started or lengthened.
  std::vector<std::pair<std::uint64_t, session::SessionOwner>> slots_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t last_slot_ ABSL_GUARDED_BY(mutex_) = 0;
  double looked_at_ ABSL_GUARDED_BY(mutex_) = 0.0;  // when it was last seen who may go
};

}  // namespace focus::core::rest
