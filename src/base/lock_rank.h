// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core {

/// The lock order of the library: a thread that holds a mutex may only take one of a greater rank.
/// docs/architecture.md says what each guards. No store, file, engine, log or host is called while
/// a mutex of `session` or above is held (see `assert_no_session_lock`).
enum class LockRank : int {
  requests,   ///< the sessions that requests have asked for
  service,    ///< which sessions are open
  scheduler,  ///< the queue of work and what is in flight
  session,    ///< the state of one session
  wal,        ///< the log of a store's database, while it is copied
  writers,    ///< who writes to a store's database; taken before the database itself
  store,      ///< a store's records, and its database connection
  host_call,  ///< one call of a host's engine
  leaf        ///< everything else: no other mutex is taken while it is held
};

#ifdef NDEBUG
inline void note_lock_taken(LockRank) {}
inline void note_lock_released(LockRank) {}
inline void assert_no_session_lock() {}
inline void assert_no_lock() {}
#else
/// Fails an assertion where this thread holds a mutex of the same or a greater rank already, or
/// takes a mutex of a store under one of `session` or above.
void note_lock_taken(LockRank rank);
void note_lock_released(LockRank rank);
/// Fails an assertion where this thread holds a mutex of `session` or above. What may take long (a
/// store, an engine, a host, the log) calls it at its entry.
void assert_no_session_lock();
/// Fails an assertion where this thread holds any mutex with a rank. The log calls it: its sink is
/// the host's, and may call the library.
void assert_no_lock();
#endif

}  // namespace focus::core
