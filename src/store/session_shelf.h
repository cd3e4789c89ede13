// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/records.h"

namespace focus::core::store {

/// The sessions of a store. Thread-safe. A session that does not exist is not_found, unless a
/// method says otherwise.
///
/// What a method has written survives the end of the process as soon as the method returns, however
/// the process ends. It survives a power cut only once a later write has waited for the disk: a
/// segment that was put, a track, a signing key, a spend reservation. The order is kept: what a
/// power cut leaves is everything up to some moment. So no method waits for the disk, unless the
/// database's log has grown beyond WalCheckpoint::kAtMost pages and has to be copied first.
class SessionShelf {
 public:
  virtual ~SessionShelf() = default;

  /// `request_key` is the key of the request that has asked for it, "" where it had none: the
  /// owner's kept answer of that key receives the session's id in the same transaction, so that the
  /// request finds its session whatever happens before it is answered (see AnswerShelf).
  virtual absl::Status add(const SessionRecord& session, const std::string& request_key) = 0;
  absl::Status add(const SessionRecord& session) { return add(session, ""); }
  virtual absl::StatusOr<SessionRecord> find(const std::string& id) = 0;
  /// Oldest first.
  virtual absl::StatusOr<std::vector<std::string>> ids() = 0;
  /// Newest first.
  virtual absl::StatusOr<std::vector<std::string>> ids_of(const SessionQuery& query) = 0;
  virtual absl::Status set_ended(const std::string& id) = 0;
  virtual absl::Status set_stopped_cap(const std::string& id) = 0;

  /// Adds change `number` (the first is 0) to the session's history. In the same transaction it
  /// forgets the segments from `first_gone` on, marks that their tracks are no longer the tracks of
  /// these segments, and makes every claim from `first_gone` on void.
  /// A conflict (field "changes") unless the session has exactly `number` changes: somebody else
  /// steered it first. Nothing is changed then; find() has what they did.
  virtual absl::Status add_change(const std::string& id, int number, const plan::Change& change,
                                  int first_gone) = 0;

  /// Removes a session with its segments and claims. Its tracks stay.
  virtual absl::Status remove(const std::string& id) = 0;
  /// The session has changed at this time. Does nothing where there is no such session.
  virtual absl::Status touch(const std::string& id, std::int64_t unix_seconds) = 0;
  /// The sessions whose last change (being created is one) lies before this time, oldest first.
  virtual absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) = 0;

  /// A number that grows whenever the session has changed in a way that somebody who shows it may
  /// want to know: a change was added, a segment became ready or was forgotten, it was ended or
  /// stopped. touch() and claims do not count.
  virtual absl::StatusOr<std::int64_t> revision(const std::string& id) = 0;
};

}  // namespace focus::core::store
