// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/mutex.h"
#include "engines/registry.h"
#include "session/budget.h"
#include "session/claim.h"
#include "session/session.h"
#include "session/work_signal.h"
#include "store/cluster.h"

namespace focus::core::session {

/// The work of a cluster, as one of its nodes takes part in it. Sessions that are used on this node
/// tell the cluster which segments they want (`publish`); the workers of every node make whatever
/// is needed first, for whichever node (`take`). Thread-safe. Calls the store: no mutex of a
/// session or of the scheduler may be held.
class SharedWork {
 public:
  /// A session of this name, opened where it is not open on this node. It need not be used.
  using Open = std::function<absl::StatusOr<std::shared_ptr<Session>>(const std::string& id)>;

  /// All that is given outlives it.
  SharedWork(store::Cluster& cluster, std::string node, const engines::EngineRegistry& engines,
             const Budget& budget, const Clock& clock)
      : cluster_(cluster),
        node_(std::move(node)),
        engines_(engines),
        budget_(budget),
        clock_(clock),
        work_(cluster.notices().on_work([this] { news_.ring_all(); })) {}

  /// From now on `take` finds work. `open` is called on the threads that take it.
  void start(Open open);

  /// Rings when there may be something to take.
  WorkSignal& news() { return news_; }

  /// Tells the cluster what the session wants, where that is more than it was told last; otherwise
  /// stops the session where its next segment passes a cap. False where it could not be told now.
  bool publish(Session& session);

  struct Taken {
    std::shared_ptr<Session> session;
    Claim claim;
  };
  /// How many segments each engine plays on this node now.
  using Playing = std::map<const engines::MusicEngine*, int>;
  /// Claims the segment that is needed first of those that the cluster wants and this node can
  /// make. Nothing where there is none, or where the store can not be reached.
  std::optional<Taken> take(const Playing& playing);

 private:
  /// Sessions that were worked for last stay open, so that the next segment finds them.
  static constexpr std::size_t kKeptOpen = 64;

  store::NextClaimRequest request(const Playing& playing) const;
  absl::StatusOr<std::shared_ptr<Session>> open(const std::string& id);
  absl::StatusOr<Taken> begin(const store::NextClaim& next);

  store::Cluster& cluster_;
  const std::string node_;
  const engines::EngineRegistry& engines_;
  const Budget& budget_;
  const Clock& clock_;
  WorkSignal news_;
  mutable Mutex mutex_;
  Open open_ ABSL_GUARDED_BY(mutex_);
  double quiet_until_ ABSL_GUARDED_BY(mutex_) = 0.0;                  // steady seconds
  std::list<std::shared_ptr<Session>> kept_ ABSL_GUARDED_BY(mutex_);  // the last one first
  std::unique_ptr<store::Notices::Subscription> work_;                // ends first
};

}  // namespace focus::core::session
