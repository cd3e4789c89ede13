// SPDX-License-Identifier: MIT
#include "engines/check/sound.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/text.h"

namespace focus::core::engines {
namespace {

constexpr double kSilence = 1e-6;     // mean square, -60 dBFS
constexpr double kHighestPeak = 4.0;  // +12 dBFS
constexpr double kSmallOffset = 1e-3;
constexpr double kOffsetShare = 0.1;  // of the RMS
constexpr double kSmallStep = 0.02;
constexpr double kPadding = 0.25;  // seconds of exact zeros

double decibels(double power) { return 10.0 * std::log10(std::max(power, 1e-20)); }

template <typename IsBad>
CheckResult judge(const std::vector<Heard>& segments, IsBad is_bad, std::string name,
                  std::string detail, const std::string& remedy) {
  const auto bad = std::count_if(segments.begin(), segments.end(), is_bad);
  if (bad > 0) detail = absl::StrCat(bad, " of ", segments.size(), " segments: ", remedy);
  return {bad > 0 ? Verdict::fails : Verdict::holds, std::move(name), std::move(detail)};
}

}  // namespace

std::vector<CheckResult> judge_sound(const std::vector<Heard>& segments,
                                     const std::vector<Heard>& beginnings) {
  double peak = 0.0, loudest = 0.0, quietest = 1e9, offset = 0.0;
  for (const Heard& heard : segments) {
    peak = std::max(peak, heard.peak);
    loudest = std::max(loudest, heard.power);
    quietest = std::min(quietest, heard.power);
    offset = std::max(offset, heard.offset);
  }
  std::vector<CheckResult> results;
  results.push_back(judge(
      segments, [](const Heard& heard) { return !heard.finite; }, "every sample is a finite number",
      absl::StrCat("in ", segments.size(), " segments"),
      "hold NaN or infinity; look for a division by 0 or a filter that is not stable"));
  results.push_back(judge(
      segments, [](const Heard& heard) { return heard.power < kSilence; }, "it is heard",
      absl::StrCat(decimals(decibels(quietest), 1), " to ", decimals(decibels(loudest), 1),
                   " dBFS (RMS)"),
      "are silent or as good as that; deliver floats that are nominally within +-1"));
  results.push_back(judge(
      segments, [](const Heard& heard) { return heard.peak > kHighestPeak; },
      "its peaks are within reason",
      absl::StrCat("up to ", decimals(decibels(peak * peak), 1),
                   " dBFS; the library brings it to its loudness"),
      absl::StrCat("go up to ", decimals(peak, 0),
                   "; divide whole numbers by their full scale, e.g. 16 bit by 32768")));
  const auto is_offset = [](const Heard& heard) {
    return heard.offset > kSmallOffset && heard.offset > kOffsetShare * std::sqrt(heard.power);
  };
  results.push_back(judge(segments, is_offset, "it has no offset",
                          absl::StrCat("at most ", decimals(offset, 5)),
                          absl::StrCat("have a mean of up to ", decimals(offset, 3),
                                       "; take it out with a high-pass filter")));
  const auto clicks = [](const Heard& heard) {
    return heard.first_step > kSmallStep && heard.first_step > 2.0 * heard.early_step;
  };
  results.push_back(judge(
      beginnings, clicks, "a session begins without a click",
      absl::StrCat(beginnings.size(), " of them"),
      "jump from silence to their first frame; begin at a zero crossing or with a fade of 5 ms"));
  const auto is_padded = [](const Heard& heard) {
    return heard.power > 0.0 && heard.silent_end_seconds > kPadding;
  };
  results.push_back(judge(segments, is_padded, "it plays to its last frame", "",
                          "end in more than 0.25 s of digital silence; play on through the overlap "
                          "instead of filling up what is short"));
  // What another result says already is not said again.
  const Heard* unfit = nullptr;
  for (const Heard& heard : segments) {
    const bool is_told = !heard.finite || heard.power < kSilence || heard.peak > kHighestPeak ||
                         is_offset(heard) || is_padded(heard);
    if (!heard.unfit.empty() && !is_told && unfit == nullptr) unfit = &heard;
  }
  results.push_back(
      {unfit == nullptr ? Verdict::holds : Verdict::fails, "a session takes what it plays",
       unfit == nullptr
           ? "its loudness is reached, and nowhere is it silent"
           : absl::StrCat("a segment ", unfit->unfit, "; the fallback would play it instead"),
       0.0});
  return results;
}

}  // namespace focus::core::engines
