// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "engines/engine.h"
#include "engines/host/host_generator.h"
#include "engines/host/host_places.h"
#include "engines/host/host_terms.h"

namespace focus::core::engines {

/// Makes an engine of a host's generator. Each call runs on a thread of its own: if it hangs, its
/// thread is abandoned and the worker goes on. A call that fails is repeated. While all permitted
/// calls are abandoned and have not returned, generate() fails at once.
class HostEngine final : public MusicEngine {
 public:
  /// `info.concurrency` must be at least 1. `clock` must outlive the engine.
  HostEngine(EngineInfo info, const HostTerms& terms, std::unique_ptr<HostGenerator> generator,
             const Clock& clock, Log log = {});
  /// The generator is destroyed now, or when the last call returns.
  ~HostEngine() override;

  const EngineInfo& info() const override { return info_; }
  int playing_rate(int session_rate) const override {
    return terms_.sample_rate > 0 ? terms_.sample_rate : session_rate;
  }
  absl::Status generate(const plan::Brief& brief, SegmentSink& sink) const override;
  int retry_count() const override { return retries_.load(std::memory_order_relaxed); }
  bool is_of_host() const override { return true; }
  absl::Status retire(std::chrono::milliseconds timeout) override;

 private:
  absl::Status enter(const SegmentSink& sink) const;
  /// Sets `timed_out` where the call was given up because it exceeded its timeout.
  absl::Status try_once(const plan::Brief& brief, int attempt, SegmentSink& sink,
                        bool& timed_out) const;
  absl::Status wait(double seconds, const SegmentSink& sink) const;
  absl::Status taken_away() const;

  const EngineInfo info_;
  const HostTerms terms_;
  const std::shared_ptr<HostPlaces> places_;
  const Clock& clock_;
  const Log log_;
  mutable std::atomic<int> retries_{0};
};

}  // namespace focus::core::engines
