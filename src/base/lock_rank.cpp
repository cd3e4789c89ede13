// SPDX-License-Identifier: MIT
#include "base/lock_rank.h"

#ifndef NDEBUG

#include <cassert>
#include <cstdint>

namespace focus::core {
namespace {

/// One bit a rank. Plain memory, so that a thread may end after the library was unloaded.
thread_local std::uint32_t held_ranks = 0;

constexpr std::uint32_t bit_of(LockRank rank) { return 1U << static_cast<unsigned>(rank); }

}  // namespace

void note_lock_taken(LockRank rank) {
  if (rank >= LockRank::wal && rank <= LockRank::store) assert_no_session_lock();
  assert(held_ranks < bit_of(rank) && "a mutex is taken against the lock order");
  held_ranks |= bit_of(rank);
}

void note_lock_released(LockRank rank) { held_ranks &= ~bit_of(rank); }

void assert_no_session_lock() {
  constexpr std::uint32_t session_and_above = bit_of(LockRank::wal) - bit_of(LockRank::requests);
  assert((held_ranks & session_and_above) == 0 && "a session's mutex is held over a slow call");
}

void assert_no_lock() { assert(held_ranks == 0 && "a mutex is held over a call of the host"); }

}  // namespace focus::core

#endif
