// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engines/check/check.h"
#include "engines/check/hearing.h"
#include "engines/engine.h"
#include "plan/brief.h"
#include "plan/request.h"

namespace focus::core::engines {

/// What the checks have found out so far, for those that come later.
struct CheckFindings {
  Heard usual;                    ///< segment 1 of usual_request()
  bool is_pure = false;           ///< whether the same brief gives the same samples
  std::vector<Heard> all;         ///< every segment that was to be delivered whole
  std::vector<Heard> beginnings;  ///< those of them that begin a session
  double audio_seconds = 0.0;     ///< delivered by those that were whole
  double work_seconds = 0.0;      ///< that the engine took for them
};

/// A brief, and how it is called in a result.
struct Trial {
  plan::Brief brief;
  std::string what;
};

/// The context of the checks of one engine: what is checked, what was found, and how a result is
/// reported. It is used by one thread.
class CheckRun {
 public:
  CheckRun(const MusicEngine& engine, const CheckSettings& settings);

  const MusicEngine& engine() const { return engine_; }
  const EngineInfo& info() const { return engine_.info(); }
  bool quick() const { return settings_.quick; }
  std::uint64_t seed() const { return settings_.seed; }
  /// How many calls of the engine were repeated since the checks began.
  int retries() const { return engine_.retry_count() - retries_before_; }

  /// Begins the check called `name`, which is the name of its results.
  void begin(const char* name) { name_ = name; }
  /// Reports a result of the check that is running. Its duration is the time since the last result.
  void tell(Verdict verdict, std::string detail) { tell_as(verdict, name_, std::move(detail)); }
  /// Reports `holds` with `praise` if `fault` is empty, else `fails` with `fault`.
  void judge(const std::string& fault, const std::string& praise);
  /// The same as tell(), under another name.
  void tell_as(Verdict verdict, std::string name, std::string detail);

  /// Leaves out all further checks: nothing can be learnt from them.
  void stop() { stopped_ = true; }
  /// Whether the caller wants no further results.
  bool cancelled() const { return cancelled_; }
  /// Whether no further check should be run.
  bool over() const { return cancelled_ || stopped_; }

  /// Segment `index` of a session as it would be planned, at the engine's own rate.
  plan::Brief brief(const plan::Request& request, int index) const;
  /// Listens to a segment that is to be delivered whole, and keeps it in the findings.
  Heard play(const plan::Brief& brief);
  /// Plays all trials and reports one result: `praise`, or the first fault and how many there are.
  void play_all(const std::vector<Trial>& trials, const std::string& praise);

  std::vector<CheckResult> take_results() { return std::move(results_); }

  CheckFindings findings;

 private:
  const MusicEngine& engine_;
  const CheckSettings& settings_;
  const Clock& clock_ = Clock::system();
  const int retries_before_;
  double began_;
  const char* name_ = "";
  std::vector<CheckResult> results_;
  bool cancelled_ = false;
  bool stopped_ = false;
};

/// The length of the segments of most briefs, in seconds: the shortest that a request may ask for.
inline constexpr double kShortSegment = 20.0;

/// A session of one minute in short segments.
plan::Request request_for(plan::Goal goal, plan::Intensity intensity);
/// The same for focus at medium intensity.
plan::Request usual_request();

/// Returns what is wrong with a segment that was to be delivered whole, or "".
std::string fault_of_segment(const plan::Brief& brief, const Heard& heard);

}  // namespace focus::core::engines
