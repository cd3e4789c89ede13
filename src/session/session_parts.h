// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "engines/registry.h"
#include "plan/plan.h"
#include "session/budget.h"
#include "session/stored_bytes.h"
#include "session/work_signal.h"
#include "store/store.h"

namespace focus::core::session {

/// What a session is made of. Nothing in it changes while the session lives.
struct SessionParts {
  store::SessionRecord record;  ///< as the session was started or opened
  std::shared_ptr<const plan::Plan> plan;
  std::shared_ptr<store::Store> store;
  std::shared_ptr<const engines::MusicEngine> engine;
  std::shared_ptr<const engines::MusicEngine> fallback;     ///< plays where `engine` fails
  std::shared_ptr<const engines::MusicEngine> last_resort;  ///< plays where `fallback` fails
  std::shared_ptr<WorkSignals> work;
  const engines::EngineRegistry* engines = nullptr;  ///< for prices; outlives the session's users
  std::shared_ptr<Budget> budget;                    ///< null where nothing has a price
  std::shared_ptr<StoredBytes> stored;               ///< null where nobody has a bound
  const Clock* clock = nullptr;
  std::string node;               ///< the name of this service among those that share the store
  std::int64_t spent_micros = 0;  ///< what the session's segments have cost so far

  /// The engine that plays where `failed` could not: the fallback, and after it the last resort.
  /// Null where none is left.
  std::shared_ptr<const engines::MusicEngine> stand_in_for(
      const engines::MusicEngine& failed) const;
  /// The engine that makes what is overdue. Never a host's engine: one that hangs would hold up the
  /// rescue of all sessions.
  const std::shared_ptr<const engines::MusicEngine>& rescue_engine() const;
  /// In millionths; 0 is free.
  std::int64_t price_per_minute(const engines::MusicEngine& of_engine) const;
  Budget::Piece piece(const plan::Plan& of_plan, int index, const engines::MusicEngine& by) const;
};

}  // namespace focus::core::session
