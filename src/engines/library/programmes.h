// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "engines/library/catalogue.h"
#include "engines/library/programme.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// The programmes of the sessions that were played lately, and the snapshots that they are made of.
/// Thread-safe.
class Programmes {
 public:
  explicit Programmes(LibraryCatalogue& catalogue) : catalogue_(catalogue) {}

  /// The programme of a brief's session, which reaches to the end of the brief at least. The
  /// snapshot is the one that was the newest when the session asked first.
  absl::StatusOr<std::shared_ptr<const Programme>> of(const plan::Brief& brief);
  /// The last one that a session has asked for; null where it is not known any more.
  std::shared_ptr<const Programme> last_of(const std::string& session_id) const;
  /// How many tracks there are now.
  absl::StatusOr<std::size_t> track_count();

 private:
  absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> snapshot_for(const plan::Brief& brief);
  absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> snapshot(std::int64_t generation);

  LibraryCatalogue& catalogue_;
  Mutex making_mutex_{LockRank::store};  ///< taken before the other, and the catalogue's
  mutable Mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const LibrarySnapshot>> snapshots_ ABSL_GUARDED_BY(mutex_);
  /// By session and seed, the generation that it goes by.
  std::map<std::string, std::int64_t> generations_ ABSL_GUARDED_BY(mutex_);
  struct Kept {
    std::string session_id;
    std::shared_ptr<const Programme> programme;
  };
  std::deque<Kept> kept_ ABSL_GUARDED_BY(mutex_);  ///< the last used is the last
};

}  // namespace focus::core::engines
