// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/cancel.h"
#include "base/progress.h"
#include "engines/engine.h"
#include "plan/plan.h"
#include "store/records.h"

namespace focus::core::session {

/// What changes while a claimed segment is made. The session's board, the worker and the
/// scheduler's forecast share it.
struct ClaimProgress {
  /// The engine that plays now. The worker changes it where an engine has failed.
  std::atomic<const engines::MusicEngine*> plays{nullptr};
  /// The number of the claim in the store (see WorkBoard); 0 until the store has granted it.
  std::atomic<std::int64_t> epoch{0};
  /// What was made. The worker writes it once, before the board has it as the record of a ready
  /// segment. It is kept here so that the end of a claim needs no memory.
  store::SegmentRecord record;
};

/// The right of one worker to make one segment. A value: all copies are equal, and nothing in them
/// changes but what they share by design (cancel, progress, shared).
struct Claim {
  int index = 0;
  std::uint64_t number = 0;  ///< unique among the claims of a session in this process
  double since = 0.0;        ///< when it was taken, in seconds of the steady clock
  std::shared_ptr<const plan::Plan> plan;
  int changes = 0;  ///< how many changes the session's history had when it was taken
  std::shared_ptr<const engines::MusicEngine> engine;  ///< that is to play first
  bool stands_in = false;  ///< `engine` is not the engine that was asked for
  /// Money that the store holds together with the claim: the number of the hold, 0 for none, and
  /// how much it is.
  std::int64_t hold = 0;
  std::int64_t held_micros = 0;
  CancelToken cancel;
  Progress progress;  ///< how far the engine says it is
  std::shared_ptr<ClaimProgress> shared;
};

}  // namespace focus::core::session
