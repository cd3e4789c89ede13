// SPDX-License-Identifier: MIT
// Whether what was mastered is fit to be heard. Pure functions of the figures of a Mastering.
#pragma once

#include <string>

#include "mastering/master.h"

namespace focus::core::mastering {

inline constexpr double kTargetToleranceLu = 0.2;
inline constexpr double kMostGainDb = 40.0;
inline constexpr double kLongestSilenceSeconds = 3.0;
inline constexpr double kSilentDbfs = -60.0;
inline constexpr double kSilentPower = 1e-6;  ///< the same as a mean square
inline constexpr double kMostOffset = 0.01;

struct Judgement {
  /// What is wrong and what would help, as the end of a sentence that begins with "the audio ";
  /// "" where nothing is.
  std::string fault;
  /// Whether the audio may be heard all the same where nothing better can be had: a pause, or a
  /// loudness that the peaks do not permit, is better than no music at all.
  bool is_bearable = true;

  bool is_fit() const { return fault.empty(); }
};

/// Judges a segment that an engine has delivered: its gain is within 40 dB, it has met its target
/// within 0.2 LU, it has no constant offset over 0.01 (before it was removed: at the gain that the
/// music needs), and it is nowhere silent for more than 3 s.
Judgement judge_segment(const Mastering& mastering, const MasteringSettings& settings);

/// Judges a segment before it is mastered, from what was inspected and measured of it. Limiting is
/// only estimated.
Judgement foresee_segment(const Inspection& delivered, double integrated_lufs,
                          const MasteringSettings& settings);

/// Judges a file of a user's, in which a pause is music and an offset is removed. Not bearable: its
/// gain is over 40 dB, or single wild samples decide its level. Bearable: its peaks do not permit
/// the target.
Judgement judge_file(const Mastering& mastering, const MasteringSettings& settings);

}  // namespace focus::core::mastering
