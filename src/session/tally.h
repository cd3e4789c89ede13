// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "base/mutex.h"

namespace focus::core::session {

/// What a service has done since it was opened, for a caller that watches it. Thread-safe; the
/// counters may be counted up on the audio thread.
struct Tally {
  std::atomic<std::uint64_t> sessions_started{0};
  std::atomic<std::uint64_t> segments_failed{0};
  std::atomic<std::uint64_t> underruns{0};  ///< of all players: music that had to wait

  struct Made {
    std::uint64_t segments = 0;
    std::uint64_t as_fallback = 0;  ///< of those, how many for another engine
    double audio_seconds = 0.0;
    double work_seconds = 0.0;  ///< of the workers, from brief to store
  };

  void count_made(const std::string& engine, bool as_fallback, double audio_seconds,
                  double work_seconds) {
    const MutexLock lock(mutex_);
    Made& made = made_[engine];
    made.segments += 1;
    made.as_fallback += as_fallback ? 1 : 0;
    made.audio_seconds += audio_seconds;
    made.work_seconds += work_seconds;
  }
  /// By the engine that has played.
  std::map<std::string, Made> made() const {
    const MutexLock lock(mutex_);
    return made_;
  }

 private:
  mutable Mutex mutex_;
  std::map<std::string, Made> made_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::session
