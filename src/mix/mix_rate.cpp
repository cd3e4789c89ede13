// SPDX-License-Identifier: MIT
#include "mix/mix_rate.h"

#include <algorithm>
#include <map>

namespace focus::core::mix {
namespace {

// The usual sample rates, of which every format supports at least one.
constexpr int kStandardRates[] = {8000,  11025, 12000, 16000, 22050,  24000, 32000,
                                  44100, 48000, 88200, 96000, 176400, 192000};

}  // namespace

absl::StatusOr<int> choose_mix_rate(std::span<const int> rates, audio::AudioFormat format) {
  std::map<int, int> counts;
  for (const int rate : rates) ++counts[rate];
  int chosen = 48000;
  int most = 0;
  for (const auto& [rate, count] : counts) {
    if (count >= most) {
      most = count;
      chosen = rate;
    }
  }
  const absl::Status as_it_is = check_format_rate(format, chosen);
  if (as_it_is.ok()) return chosen;
  for (const int rate : kStandardRates) {
    if (rate >= chosen && check_format_rate(format, rate).ok()) return rate;
  }
  for (auto rate = std::rbegin(kStandardRates); rate != std::rend(kStandardRates); ++rate) {
    if (check_format_rate(format, *rate).ok()) return *rate;
  }
  return as_it_is;
}

}  // namespace focus::core::mix
