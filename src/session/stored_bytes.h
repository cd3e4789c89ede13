// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <absl/status/status.h>

#include "base/mutex.h"
#include "store/store.h"

namespace focus::core::session {

/// How much audio each owner has in the store, and how much it may have. The sums are read from the
/// store once, and kept up from then on; after something was removed they are too high until
/// `look_again`. Thread-safe.
class StoredBytes {
 public:
  /// In bytes; nothing where there is no bound. One that owns nothing is never bound: a session
  /// without organization and caller is the host's.
  struct Bounds {
    std::optional<std::int64_t> per_key;  ///< the keys of one caller together
    std::optional<std::int64_t> per_organization;
  };

  /// `store` outlives this.
  explicit StoredBytes(store::Store& store) : store_(store) {}

  /// Reads the sums where that was not done yet. Asks the store.
  absl::Status set_bounds(const Bounds& bounds);
  /// Why the owner may store nothing more: the name of the bound, a colon and what to do. Nothing
  /// where it may. Asks nobody.
  std::optional<std::string> full(const std::string& organization, const std::string& caller) const;

  void add(const std::string& organization, const std::string& caller, std::int64_t bytes);
  /// Some audio has gone, whosever it was.
  void note_removed();
  /// Reads the sums again where something has gone since, and somebody is at a bound. Returns
  /// whether there may be room now that was not there before. Asks the store.
  bool look_again();

 private:
  using Owner = std::pair<std::string, std::string>;

  absl::Status read_sums();
  std::optional<std::string> full_locked(const Owner& owner) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  store::Store& store_;
  mutable Mutex mutex_;  // never held while the store is asked
  Bounds bounds_ ABSL_GUARDED_BY(mutex_);
  bool is_read_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_stale_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<Owner, std::int64_t> by_owner_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::int64_t> by_organization_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::session
