// SPDX-License-Identifier: MIT
#include "engines/host/host_sink.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/cancel.h"
#include "base/error.h"
#include "base/text.h"

namespace focus::core::engines {
namespace {

constexpr std::size_t kLongestExplanation = 500;

absl::Status check_counts(bool has_samples, std::int64_t frames, int channel_count) {
  if (channel_count != 1 && channel_count != 2) {
    return invalid_field("channel_count", absl::StrCat("must be 1 or 2, not ", channel_count));
  }
  if (frames < 0) return invalid_field("frames", "must not be negative");
  if (!has_samples && frames > 0) return invalid_field("samples", "must not be NULL");
  return absl::OkStatus();
}

}  // namespace

absl::Status HostSink::write_planar(const float* const* channels, std::int64_t frames,
                                    int channel_count) {
  FOCUS_RETURN_IF_ERROR(check_counts(channels != nullptr, frames, channel_count));
  if (frames == 0) return check();
  const float* left = channels[0];
  const float* right = channels[channel_count - 1];
  FOCUS_RETURN_IF_ERROR(check_counts(left != nullptr && right != nullptr, frames, channel_count));
  return write({{left, right}, 1, frames});
}

absl::Status HostSink::write_interleaved(const float* samples, std::int64_t frames,
                                         int channel_count) {
  FOCUS_RETURN_IF_ERROR(check_counts(samples != nullptr, frames, channel_count));
  if (frames == 0) return check();
  return write({{samples, samples + channel_count - 1}, channel_count, frames});
}

absl::Status HostSink::write(const Block& block) {
  FOCUS_RETURN_IF_ERROR(check());
  if (!refused_.ok()) return refused_;
  const std::int64_t count = std::min(block.frames, audio_.frames() - written_);
  for (int c = 0; c < audio::kChannels; ++c) {
    const float* from = block.channels[c];
    float* to = audio_.samples(c).data() + written_;
    for (std::int64_t i = 0; i < count; ++i) {
      const float sample = from[i * block.step];
      if (!std::isfinite(sample)) {
        refused_ =
            invalid_field("samples", absl::StrCat("frame ", written_ + i,
                                                  " of the segment is not a finite number; deliver "
                                                  "floats that are nominally within +-1"));
        return refused_;
      }
      to[i] = sample;
    }
  }
  written_ += count;
  const double part = static_cast<double>(written_) / static_cast<double>(audio_.frames());
  progress_.store(std::max(progress(), part), std::memory_order_relaxed);
  return absl::OkStatus();
}

absl::Status HostSink::report_progress(double fraction) {
  if (!(fraction >= 0.0 && fraction <= 1.0)) {
    return invalid_field("fraction", "must be a number from 0 to 1");
  }
  progress_.store(std::max(progress(), fraction), std::memory_order_relaxed);
  return check();
}

absl::Status HostSink::check() const {
  return stopped_.load(std::memory_order_relaxed) ? cancelled_error() : absl::OkStatus();
}

void HostSink::explain(std::string_view message) {
  explanation_ = one_line(message, kLongestExplanation);
}

}  // namespace focus::core::engines
