// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace focus::core::store {

/// Tells a node what other nodes have changed. A notice says only that there is something to look
/// at. Notices may come more than once, late, or for the node's own changes; one that is lost is
/// made up for within 5 s. Thread-safe.
class Notices {
 public:
  /// Ends when it is destroyed: no call is under way from then on, unless it is destroyed within
  /// one.
  class Subscription {
   public:
    virtual ~Subscription() = default;
  };
  using OnRevision = std::function<void(std::int64_t revision)>;
  using OnWork = std::function<void()>;

  virtual ~Notices() = default;

  /// Calls when the revision of the session has moved. Both functions are called on the thread of
  /// the notices, one at a time: they return soon and call no store, but may mark what is to be
  /// looked at, and may subscribe and end subscriptions.
  virtual std::unique_ptr<Subscription> on_revision(const std::string& session_id,
                                                    OnRevision call) = 0;
  /// Calls when there may be segments to claim (SharedBoard::claim_next).
  virtual std::unique_ptr<Subscription> on_work(OnWork call) = 0;
};

}  // namespace focus::core::store
