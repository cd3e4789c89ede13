// SPDX-License-Identifier: MIT
#include "mastering/judgement.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "mastering/decibels.h"

namespace focus::core::mastering {
namespace {

/// An engine may have to play at this gain where nothing else can: a request may turn all stems
/// down.
constexpr double kBearableGainDb = 80.0;
/// No music needs so much limiting to come to its loudness: what stands out by more is a defect.
constexpr double kWildDb = 24.0;
/// What is only foreseen has to be clearer.
constexpr double kForeseenWildDb = 40.0;
constexpr double kOverFullScale = 16.0;

std::string signed_decibels(double db) {
  return absl::StrCat(db > 0.0 ? "+" : "", decimals(db, 1), " dB");
}

std::string largest_sample(const Findings& found) {
  return absl::StrCat("its largest sample is ", found.input_peak, ", at ",
                      decimals(found.input_peak_seconds, 3), " s");
}

/// How far the largest sample would stand over the ceiling without the limiter.
double excess_db(const Mastering& mastering, const MasteringSettings& settings) {
  return db_of_amplitude(mastering.found.input_peak) + mastering.found.needed_gain_db -
         settings.ceiling_dbtp;
}

std::string gain_fault(const Mastering& mastering, double gain_db) {
  const std::string start = absl::StrCat("needs a gain of ", signed_decibels(gain_db), ", and ",
                                         decimals(kMostGainDb, 0), " is the most: ");
  if (mastering.found.input_peak > kOverFullScale) {
    return absl::StrCat(start, largest_sample(mastering.found),
                        "; samples are nominally within +-1");
  }
  return absl::StrCat(start, "it is all but silent");
}

std::string target_fault(const Mastering& mastering, const MasteringSettings& settings) {
  return absl::StrCat("comes to ", decimals(mastering.integrated_lufs, 1), " LUFS and not to ",
                      decimals(settings.target_lufs, 1),
                      ", since its peaks leave no more room: ", largest_sample(mastering.found));
}

bool misses_target(const Mastering& mastering, const MasteringSettings& settings) {
  return !(std::abs(mastering.integrated_lufs - settings.target_lufs) <= kTargetToleranceLu);
}

}  // namespace

Judgement judge_segment(const Mastering& mastering, const MasteringSettings& settings) {
  const Findings& found = mastering.found;
  const double needed_db = found.needed_gain_db;
  if (!(std::abs(needed_db) <= kMostGainDb)) {
    return {gain_fault(mastering, needed_db), std::abs(needed_db) <= kBearableGainDb};
  }
  if (!(found.input_offset <= kMostOffset && found.offset <= kMostOffset)) {
    const double offset = std::max(found.input_offset, found.offset);
    return {absl::StrCat("has a constant offset of ", decimals(offset, 3), ", and ", kMostOffset,
                         " is the most; take it out with a high-pass filter"),
            false};
  }
  if (found.silence.seconds > kLongestSilenceSeconds) {
    return {absl::StrCat("is silent (under ", decimals(kSilentDbfs, 0), " dBFS) for ",
                         decimals(found.silence.seconds, 1), " s from ",
                         decimals(found.silence.start_seconds, 1), " s on")};
  }
  if (misses_target(mastering, settings)) return {target_fault(mastering, settings)};
  // The target was met, but only by limiting nearly all of it.
  if (!(std::abs(mastering.gain_db) <= kMostGainDb)) {
    return {gain_fault(mastering, mastering.gain_db)};
  }
  return {};
}

Judgement foresee_segment(const Inspection& delivered, double integrated_lufs,
                          const MasteringSettings& settings) {
  Mastering foreseen;
  foreseen.integrated_lufs = settings.target_lufs;
  foreseen.gain_db = foreseen.found.needed_gain_db = settings.target_lufs - integrated_lufs;
  foreseen.found.input_peak = delivered.peak;
  foreseen.found.input_peak_seconds = delivered.peak_seconds;
  const double gain = amplitude_of_db(foreseen.gain_db);
  // The limiter takes back what stands out over the ceiling, and an offset with it.
  const double excess = excess_db(foreseen, settings);
  foreseen.found.offset = delivered.lasting_offset * gain / amplitude_of_db(std::max(excess, 0.0));
  foreseen.found.silence = delivered.longest_below(kSilentPower / (gain * gain));
  if (excess > kForeseenWildDb) foreseen.integrated_lufs -= excess;
  return judge_segment(foreseen, settings);
}

Judgement judge_file(const Mastering& mastering, const MasteringSettings& settings) {
  const double gain_db = mastering.found.needed_gain_db;
  if (!(std::abs(gain_db) <= kMostGainDb)) return {gain_fault(mastering, gain_db), false};
  if (!misses_target(mastering, settings)) return {};
  return {target_fault(mastering, settings), excess_db(mastering, settings) <= kWildDb};
}

}  // namespace focus::core::mastering
