// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "session/service.h"

namespace focus::core {

/// The sessions that were asked for by requests: used for as long as they are being made or asked
/// for, so that they go on without any handle, and opened again from the store when one comes back.
/// Thread-safe.
class SessionDesk {
 public:
  /// After so long without a request, a session that is not being made is let go.
  static constexpr double kKeptSeconds = 900.0;

  explicit SessionDesk(std::shared_ptr<Service> service) : service_(std::move(service)) {}

  using Use = std::shared_ptr<const SessionUse>;
  absl::StatusOr<Use> start(Request request, const SessionOwner& owner);
  /// kNotFound for one that never was and for one that is somebody else's.
  absl::StatusOr<Use> find(const std::string& id, const SessionOwner& owner);
  /// For whoever has proved otherwise that they may have it.
  absl::StatusOr<Use> find(const std::string& id);

  /// Lets go who was not asked for in a while; done now and then by itself too.
  void let_go_idle();
  /// Nobody asks any more: a session goes on only where a stream, or a host, uses it.
  void let_go_all();

 private:
  struct Entry {
    Use use;
    double asked_at = 0.0;
  };

  Use known(const std::string& id);
  Use keep(SessionUse use);
  void let_go_locked(double now, std::vector<Use>& gone) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::shared_ptr<Service> service_;
  Mutex mutex_{LockRank::desk};
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  double looked_at_ ABSL_GUARDED_BY(mutex_) = 0.0;  // when it was last seen who may go
};

}  // namespace focus::core
