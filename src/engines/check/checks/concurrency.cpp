// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/guarded.h"
#include "base/thread.h"
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

/// Plays the briefs at the same time. Returns false if a thread could not be started.
bool play_together(const MusicEngine& engine, const std::vector<plan::Brief>& briefs,
                   std::vector<Heard>& heard) {
  std::vector<std::thread> threads;
  bool started = true;
  threads.reserve(briefs.size());
  try {
    for (std::size_t i = 0; i < briefs.size(); ++i) {
      threads.push_back(start_thread([&engine, &briefs, &heard, i] {
        heard[i].status = caught("checking an engine", [&] {
          heard[i] = hear(engine, briefs[i]);
          return heard[i].status;
        });
      }));
    }
  } catch (const std::exception&) {  // no thread, or no memory for one
    started = false;
  }
  for (std::thread& thread : threads) thread.join();
  return started;
}

}  // namespace

void check_concurrency(CheckRun& run) {
  const int places = run.info().concurrency > 0
                         ? run.info().concurrency
                         : static_cast<int>(std::thread::hardware_concurrency());
  const int count = run.quick() ? 2 : std::clamp(places, 2, 4);
  const bool is_pure = run.findings.is_pure;
  plan::Request request = usual_request();
  request.target_minutes = 2;
  std::vector<plan::Brief> briefs;
  std::vector<Heard> alone;
  for (int i = 0; i < count; ++i) {
    briefs.push_back(run.brief(request, i));
    if (is_pure) alone.push_back(run.play(briefs.back()));
  }
  std::vector<Heard> together(briefs.size());
  if (!play_together(run.engine(), briefs, together)) {
    return run.tell(Verdict::skipped, "the system starts no further threads");
  }
  std::string fault;
  for (std::size_t i = 0; i < briefs.size() && fault.empty(); ++i) {
    fault = fault_of_segment(briefs[i], together[i]);
    if (fault.empty() && is_pure && together[i].print != alone[i].print) {
      fault = "a segment differs from the same one alone; let calls share nothing that changes";
    }
  }
  run.judge(fault, absl::StrCat(count, " on as many threads",
                                is_pure ? "" : "; whether they are the same was not compared"));
}

}  // namespace focus::core::engines
