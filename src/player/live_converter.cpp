// SPDX-License-Identifier: MIT
#include "player/live_converter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "player/resampler_start.h"

namespace focus::core::player {
namespace {

constexpr std::int64_t kSilentFrames = 64;  // behind the end, given to the resampler at a time

}  // namespace

LiveConverter::LiveConverter(int session_rate, std::int64_t kept_frames)
    : session_rate_(session_rate),
      rate_(session_rate),
      music_(static_cast<std::size_t>(kept_frames) * audio::kChannels),
      kept_frames_(kept_frames) {}

absl::StatusOr<LiveConverter::Resampler> LiveConverter::resampler(int session_rate, int rate) {
  if (rate == session_rate) return Resampler();
  FOCUS_ASSIGN_OR_RETURN(auto made,
                         audio::StreamResampler::create(audio::kChannels, session_rate, rate,
                                                        audio::ResamplerQuality::medium));
  return Resampler(std::move(made));
}

void LiveConverter::set_rate(int rate, Resampler& resampler) {
  rate_ = rate;
  std::swap(resampler_, resampler);
}

// ---- Music

void LiveConverter::restart(std::int64_t position) {
  begin_ = end_ = position;
  is_complete_ = false;
  continue_from(static_cast<double>(position));
}

void LiveConverter::cut(std::int64_t position) {
  end_ = std::min(end_, position);
  begin_ = std::min(begin_, end_);
  is_complete_ = false;
}

void LiveConverter::add(const float* samples, std::int64_t frames) {
  const double here = position();
  for (std::int64_t done = 0; done < frames;) {
    const std::int64_t at = end_ % kept_frames_;
    const std::int64_t count = std::min(kept_frames_ - at, frames - done);
    std::copy_n(samples + done * audio::kChannels, count * audio::kChannels,
                music_.begin() + at * audio::kChannels);
    done += count;
    end_ += count;
  }
  begin_ = std::max(begin_, end_ - kept_frames_);
  // The music goes on although it was taken for complete: the silence was none.
  if (is_drained_ && frames > 0) continue_from(here);
}

// ---- Conversion

void LiveConverter::continue_from(double position) {
  is_drained_ = false;
  made_ = 0;
  if (!resampler_) {
    origin_ = taken_ = std::clamp<std::int64_t>(std::llround(position), begin_, end_);
    skip_ = 0;
    return;
  }
  const ResamplerStart start = find_resampler_start(position, begin_, session_rate_, rate_);
  origin_ = taken_ = start.frame;
  skip_ = start.skip;
  resampler_->reset();
}

double LiveConverter::position() const {
  return static_cast<double>(origin_) + static_cast<double>(made_ + skip_) / ratio();
}

/// The frames that are still to be made of all music there is, including those to be skipped.
std::int64_t LiveConverter::due() const {
  const double length = static_cast<double>(end_ - origin_) * ratio();
  return static_cast<std::int64_t>(std::floor(length + 0.5)) - made_;
}

std::int64_t LiveConverter::most_frames(std::int64_t frames) const {
  const auto most = static_cast<double>(frames + look_ahead()) * ratio();
  return static_cast<std::int64_t>(std::ceil(most)) + 2;
}

std::int64_t LiveConverter::look_ahead() const {
  return resampler_ ? half_filter(session_rate_, rate_) : 0;
}

std::int64_t LiveConverter::convert(float* out, std::int64_t frames) {
  std::int64_t filled = 0;
  while (filled < frames) {
    const bool skips = skip_ > 0;
    const std::int64_t most = std::min(skips ? skip_ : frames, frames - filled);
    float* const to = out + filled * audio::kChannels;
    const std::int64_t taken_before = taken_;
    const std::int64_t count = resampler_ ? resample(to, most) : copy(to, most);
    made_ += count;
    (skips ? skip_ : filled) += skips ? -count : count;
    if (count == 0 && taken_ == taken_before) break;
  }
  return filled;
}

std::int64_t LiveConverter::copy(float* out, std::int64_t frames) {
  const std::int64_t at = taken_ % kept_frames_;
  const std::int64_t count = std::min({frames, end_ - taken_, kept_frames_ - at});
  std::copy_n(music_.data() + at * audio::kChannels, count * audio::kChannels, out);
  taken_ += count;
  return count;
}

std::int64_t LiveConverter::resample(float* out, std::int64_t frames) {
  if (is_complete_) frames = std::clamp<std::int64_t>(due(), 0, frames);
  if (taken_ < end_ || !is_complete_) {
    // Without more input too: the resampler may have taken more than it needed so far.
    const std::int64_t at = taken_ % kept_frames_;
    const std::int64_t count = std::min(end_ - taken_, kept_frames_ - at);
    const auto progress =
        resampler_->process(music_.data() + at * audio::kChannels, count, out, frames);
    taken_ += progress.consumed;
    return progress.produced;
  }
  if (frames == 0) return 0;
  static constexpr std::array<float, kSilentFrames * audio::kChannels> kSilence{};
  is_drained_ = true;
  std::int64_t made = 0;
  while (made == 0)
    made = resampler_->process(kSilence.data(), kSilentFrames, out, frames).produced;
  return made;
}

}  // namespace focus::core::player
