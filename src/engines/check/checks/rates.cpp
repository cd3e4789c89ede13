// SPDX-License-Identifier: MIT
#include <set>
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

constexpr int kRates[] = {48000, 44100, 8000, 11025, 96000, 192000};

}  // namespace

void check_rates(CheckRun& run) {
  const int usual = run.engine().playing_rate(usual_request().sample_rate);
  std::set<int> rates = {usual};
  std::string named = absl::StrCat("plays at ", usual);
  std::vector<Trial> trials;
  for (const int rate : kRates) {
    plan::Request request = usual_request();
    request.sample_rate = rate;
    if (run.quick() && rate != 44100) continue;
    // Several session rates may be played at the same one.
    if (!rates.insert(run.engine().playing_rate(rate)).second) continue;
    trials.push_back({run.brief(request, 1), absl::StrCat(rate, " Hz")});
    absl::StrAppend(&named, ", ", trials.back().brief.sample_rate);
  }
  run.play_all(trials, absl::StrCat(named, " Hz; the library resamples to what else is asked for"));
}

}  // namespace focus::core::engines
