// SPDX-License-Identifier: MIT
#include "engines/check/check_run.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "plan/planner.h"

namespace focus::core::engines {

CheckRun::CheckRun(const MusicEngine& engine, const CheckSettings& settings)
    : engine_(engine),
      settings_(settings),
      retries_before_(engine.retry_count()),
      began_(clock_.steady_seconds()) {}

void CheckRun::judge(const std::string& fault, const std::string& praise) {
  if (fault.empty()) {
    tell(Verdict::holds, praise);
  } else {
    tell(Verdict::fails, fault);
  }
}

void CheckRun::tell_as(Verdict verdict, std::string name, std::string detail) {
  if (cancelled_) return;
  const double now = clock_.steady_seconds();
  results_.push_back({verdict, std::move(name), std::move(detail), now - began_});
  began_ = now;
  cancelled_ = settings_.take && !settings_.take(results_.back());
}

plan::Brief CheckRun::brief(const plan::Request& request, int index) const {
  return planned(request, settings_.seed).brief(index, engine_.playing_rate(request.sample_rate));
}

Heard CheckRun::play(const plan::Brief& brief) {
  Heard heard = hear(engine_, brief);
  if (heard.status.ok() && heard.frames >= brief.frames) {
    findings.audio_seconds += brief.length_seconds();
    findings.work_seconds += heard.seconds;
  }
  findings.all.push_back(heard);
  if (brief.overlap_in == 0) findings.beginnings.push_back(heard);
  return heard;
}

void CheckRun::play_all(const std::vector<Trial>& trials, const std::string& praise) {
  std::string fault;
  int failed = 0;
  for (const Trial& trial : trials) {
    const std::string here = fault_of_segment(trial.brief, play(trial.brief));
    if (here.empty()) continue;
    if (failed++ == 0) fault = absl::StrCat(trial.what, ": ", here);
  }
  if (failed > 1) absl::StrAppend(&fault, " (and ", failed - 1, " more of ", trials.size(), ")");
  judge(fault, praise);
}

plan::Request request_for(plan::Goal goal, plan::Intensity intensity) {
  plan::Request request;
  request.goal = goal;
  request.intensity = intensity;
  request.target_minutes = 1;
  request.segment_seconds = kShortSegment;
  if (goal == plan::Goal::custom_prompt) request.custom_prompt = "slow warm pads, rain on a window";
  return request;
}

plan::Request usual_request() { return request_for(plan::Goal::focus, plan::Intensity::medium); }

std::string fault_of_segment(const plan::Brief& brief, const Heard& heard) {
  if (!heard.status.ok()) return absl::StrCat("it failed: ", heard.status.message());
  if (heard.frames >= brief.frames) return {};
  return absl::StrCat("delivered ", heard.frames, " of ", brief.frames,
                      " frames; write as many as the brief's `frames`, at its `sample_rate` of ",
                      brief.sample_rate, " Hz");
}

}  // namespace focus::core::engines
