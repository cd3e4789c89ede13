// SPDX-License-Identifier: MIT
#include "engines/host/host_engine.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "engines/host/host_call.h"

namespace focus::core::engines {
namespace {

/// How often a worker checks whether its work is still wanted.
constexpr std::chrono::milliseconds kGlance(5);

/// The error of a call that has returned without all of its audio.
absl::Status failure_of(HostCall& call, const plan::Brief& brief) {
  const absl::Status& result = call.result();
  const HostSink& sink = call.sink();
  const Fault fault = !result.ok()           ? fault_of(result)
                      : !sink.refused().ok() ? fault_of(sink.refused())
                                             : Fault::engine;
  if (!sink.explanation().empty()) return fault_error(fault, sink.explanation());
  if (!sink.refused().ok()) return fault_error(fault, std::string(sink.refused().message()));
  if (!result.ok()) return result;
  return fault_error(fault,
                     absl::StrCat("delivered ", sink.written(), " of ", brief.frames, " frames"));
}

}  // namespace

HostEngine::HostEngine(EngineInfo info, const HostTerms& terms,
                       std::unique_ptr<HostGenerator> generator, const Clock& clock, Log log)
    : info_(std::move(info)),
      terms_(terms),
      places_(std::make_shared<HostPlaces>(std::move(generator), info_.concurrency)),
      clock_(clock),
      log_(std::move(log)) {}

HostEngine::~HostEngine() { places_->close(); }

absl::Status HostEngine::generate(const plan::Brief& brief, SegmentSink& sink) const {
  for (int attempt = 1;; ++attempt) {
    FOCUS_RETURN_IF_ERROR(enter(sink));
    bool timed_out = false;
    const absl::Status status = try_once(brief, attempt, sink, timed_out);
    if (status.ok() || is_cancelled(status)) return status;
    if (timed_out || !terms_.try_again(status, attempt)) {
      if (attempt == 1) return status;
      return with_message(
          status, absl::StrCat(std::string(status.message()), " (after ", attempt, " tries)"));
    }
    const double delay = terms_.delay_after(attempt);
    log_.write(LogLevel::info,
               absl::StrCat("engine '", info_.key, "' failed with segment ", brief.index,
                            " and is tried again in ", delay, " s: ", status.message()));
    retries_.fetch_add(1, std::memory_order_relaxed);
    FOCUS_RETURN_IF_ERROR(wait(delay, sink));
  }
}

/// Takes a place. Waits for one unless the work is cancelled.
absl::Status HostEngine::enter(const SegmentSink& sink) const {
  while (!sink.cancelled()) {
    switch (places_->enter(kGlance)) {
      case HostPlaces::Answer::taken:
        return absl::OkStatus();
      case HostPlaces::Answer::closed:
        return taken_away();
      case HostPlaces::Answer::stuck:
        return engine_error(
            "it has not come back from an earlier call that was given up, and is not called again "
            "until it has");
      case HostPlaces::Answer::busy:
        break;
    }
  }
  return cancelled_error();
}

absl::Status HostEngine::try_once(const plan::Brief& brief, int attempt, SegmentSink& sink,
                                  bool& timed_out) const {
  const double timeout = terms_.timeout_for(brief);
  const double deadline = clock_.steady_seconds() + timeout;
  absl::Status given_up;
  try {
    HostCall call(places_, brief, attempt);
    double told = 0.0;
    while (!call.wait(kGlance)) {
      if (const double progress = call.sink().progress(); progress > told) {
        sink.report_progress(told = progress);
      }
      if (sink.cancelled()) {
        given_up = cancelled_error();
      } else if (places_->is_closed()) {
        given_up = taken_away();
      } else if (clock_.steady_seconds() >= deadline) {
        timed_out = true;
        given_up = engine_error(absl::StrCat("it took longer than its timeout of ", timeout, " s"));
      } else {
        continue;
      }
      call.sink().stop();
      if (!call.wait(terms_.grace)) return given_up;
      break;
    }
    // If the audio is complete, it is used even after a timeout or a cancellation: it may have been
    // paid for.
    if (call.result().ok() && call.sink().is_full()) {
      sink.write(call.sink().audio().view());
      return absl::OkStatus();
    }
    return given_up.ok() ? failure_of(call, brief) : given_up;
  } catch (const std::system_error&) {
    return engine_error("the system starts no further thread");
  }
}

/// The delay between two tries.
absl::Status HostEngine::wait(double seconds, const SegmentSink& sink) const {
  const double until = clock_.steady_seconds() + seconds;
  while (clock_.steady_seconds() < until) {
    if (sink.cancelled()) return cancelled_error();
    if (places_->is_closed()) return taken_away();
    std::this_thread::sleep_for(kGlance);
  }
  return absl::OkStatus();
}

absl::Status HostEngine::taken_away() const {
  return fault_error(Fault::not_found, absl::StrCat("engine '", info_.key, "' was taken away"));
}

absl::Status HostEngine::retire(std::chrono::milliseconds timeout) {
  places_->close();
  if (places_->wait_gone(timeout)) return absl::OkStatus();
  return fault_error(Fault::not_ready,
                     absl::StrCat("engine '", info_.key,
                                  "' was taken away, but has not come back from a call yet"));
}

}  // namespace focus::core::engines
