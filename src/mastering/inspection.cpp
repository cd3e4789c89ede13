// SPDX-License-Identifier: MIT
#include "mastering/inspection.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "mastering/true_peak.h"

namespace focus::core::mastering {
namespace {

constexpr int kSumLanes = 8;  // so that the sums can be vectorised

struct Sums {
  double sum = 0.0;
  double square = 0.0;
};

Sums sums_of(const float* x, std::int64_t count) {
  double sum[kSumLanes] = {};
  double square[kSumLanes] = {};
  std::int64_t i = 0;
  for (; i + kSumLanes <= count; i += kSumLanes) {
    for (int lane = 0; lane < kSumLanes; ++lane) {
      const auto value = static_cast<double>(x[i + lane]);
      sum[lane] += value;
      square[lane] += value * value;
    }
  }
  for (; i < count; ++i) {
    const auto value = static_cast<double>(x[i]);
    sum[0] += value;
    square[0] += value * value;
  }
  Sums sums;
  for (int lane = 0; lane < kSumLanes; ++lane) {
    sums.sum += sum[lane];
    sums.square += square[lane];
  }
  return sums;
}

Sums sums_of_finite(const float* x, std::int64_t count) {
  Sums sums;
  for (std::int64_t i = 0; i < count; ++i) {
    if (!std::isfinite(x[i])) continue;
    sums.sum += static_cast<double>(x[i]);
    sums.square += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  }
  return sums;
}

}  // namespace

Inspection::Stretch Inspection::longest_below(double power) const {
  std::size_t begin = 0;
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    run = static_cast<double>(powers[i]) < power ? run + 1 : 0;
    if (run <= longest) continue;
    longest = run;
    begin = i + 1 - run;
  }
  return {static_cast<double>(begin) / kBlocksPerSecond,
          static_cast<double>(longest) / kBlocksPerSecond};
}

Inspector::Inspector(int channel_count, int sample_rate)
    : channel_count_(channel_count), sample_rate_(sample_rate) {}

/// Blocks end on the grid of 20 ms, rounded down to a whole frame.
std::int64_t Inspector::next_block_end() const {
  const auto block = static_cast<std::int64_t>(found_.powers.size()) + 1;
  return block * sample_rate_ / Inspection::kBlocksPerSecond;
}

void Inspector::add(audio::ConstAudioView audio) {
  for (std::int64_t done = 0; done < audio.frames();) {
    const std::int64_t count = std::min(next_block_end() - found_.frames, audio.frames() - done);
    add_part(audio.subview(done, count));
    done += count;
    if (found_.frames == next_block_end()) end_block();
  }
}

void Inspector::add_part(audio::ConstAudioView part) {
  const float peak = sample_peak(part);
  const bool is_finite = std::isfinite(peak);
  if (!is_finite) count_not_finite(part);
  for (int c = 0; c < channel_count_; ++c) {
    const float* x = part.channel(c);
    const Sums sums = is_finite ? sums_of(x, part.frames()) : sums_of_finite(x, part.frames());
    Channel& channel = channels_[static_cast<std::size_t>(c)];
    channel.block_sum += sums.sum;
    channel.block_square += sums.square;
    channel.window_sum += sums.sum;
    channel.sum += sums.sum;
    if (is_finite && static_cast<double>(peak) <= found_.peak) continue;
    for (std::int64_t i = 0; i < part.frames(); ++i) {
      const auto level = static_cast<double>(std::abs(x[i]));
      if (!std::isfinite(level) || level <= found_.peak) continue;
      found_.peak = level;
      found_.peak_seconds = static_cast<double>(found_.frames + i) / sample_rate_;
    }
  }
  found_.frames += part.frames();
}

void Inspector::count_not_finite(audio::ConstAudioView part) {
  std::int64_t first = part.frames();
  for (int c = 0; c < channel_count_; ++c) {
    for (std::int64_t i = 0; i < part.frames(); ++i) {
      if (std::isfinite(part.channel(c)[i])) continue;
      ++found_.not_finite_count;
      first = std::min(first, i);
    }
  }
  if (found_.first_not_finite_seconds >= 0.0) return;
  found_.first_not_finite_seconds = static_cast<double>(found_.frames + first) / sample_rate_;
}

void Inspector::end_block() {
  const auto block_frames = static_cast<double>(found_.frames - block_begin_);
  const std::int64_t window_frames = found_.frames - window_begin_;
  const bool ends_window = window_frames >= std::int64_t{Inspection::kOffsetSeconds} * sample_rate_;
  double power = 0.0;
  for (int c = 0; c < channel_count_; ++c) {
    Channel& channel = channels_[static_cast<std::size_t>(c)];
    const double mean = channel.block_sum / block_frames;
    power = std::max(power, channel.block_square / block_frames - mean * mean);
    channel.block_sum = 0.0;
    channel.block_square = 0.0;
    if (!ends_window) continue;
    found_.lasting_offset = std::max(
        found_.lasting_offset, std::abs(channel.window_sum) / static_cast<double>(window_frames));
    channel.window_sum = 0.0;
  }
  found_.powers.push_back(static_cast<float>(power));
  block_begin_ = found_.frames;
  if (ends_window) window_begin_ = found_.frames;
}

Inspection Inspector::result() const {
  Inspection result = found_;
  for (int c = 0; c < channel_count_ && found_.frames > 0; ++c) {
    const double sum = channels_[static_cast<std::size_t>(c)].sum;
    result.offset = std::max(result.offset, std::abs(sum) / static_cast<double>(found_.frames));
  }
  if (window_begin_ == 0) result.lasting_offset = result.offset;
  return result;
}

std::string tell_not_finite(const Inspection& found) {
  const bool is_one = found.not_finite_count == 1;
  return absl::StrCat("holds ", found.not_finite_count, is_one ? " sample" : " samples", " that ",
                      is_one ? "is no number" : "are not numbers",
                      " (NaN or infinite), the first at ",
                      decimals(found.first_not_finite_seconds, 3), " s");
}

Inspection inspect(audio::ConstAudioView audio, int sample_rate) {
  Inspector inspector(audio.channel_count(), sample_rate);
  inspector.add(audio);
  return inspector.result();
}

}  // namespace focus::core::mastering
