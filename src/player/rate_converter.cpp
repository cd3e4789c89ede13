// SPDX-License-Identifier: MIT
#include "player/rate_converter.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "player/resampler_start.h"

namespace focus::core::player {
namespace {

/// Enough for 192 kHz to 8 kHz: half a filter and the starts that are tried before what is heard,
/// half a filter ahead, and blocks.
constexpr std::int64_t kRememberedFrames = 4096;

}  // namespace

RateConverter::RateConverter(Source& source, int source_rate)
    : source_(source),
      source_rate_(source_rate),
      rate_(source_rate),
      recent_(kRememberedFrames * 2) {}

/// The pulled frame that the host hears next.
double RateConverter::heard() const {
  if (!resampler_) return static_cast<double>(taken_);
  return origin_ + static_cast<double>(converted_ + skip_) / ratio();
}

absl::Status RateConverter::set_rate(int rate) {
  if (rate == rate_) return absl::OkStatus();
  std::optional<audio::StreamResampler> resampler;
  if (rate != source_rate_) {
    FOCUS_ASSIGN_OR_RETURN(resampler, audio::StreamResampler::create(
                                          2, source_rate_, rate, audio::ResamplerQuality::medium));
  }
  const double here = heard();
  resampler_ = std::move(resampler);
  rate_ = rate;
  converted_ = skip_ = 0;
  const std::int64_t oldest = std::max<std::int64_t>(pulled_ - kRememberedFrames, 0);
  if (!resampler_) {
    taken_ = std::clamp<std::int64_t>(std::llround(here), oldest, pulled_);
    return absl::OkStatus();
  }
  const ResamplerStart start = find_resampler_start(here, oldest, source_rate_, rate_);
  taken_ = start.frame;
  origin_ = static_cast<double>(taken_);
  skip_ = start.skip;
  // What the pulled frames do not suffice for is skipped by `fill_converted`.
  std::array<float, kBlock * 2> scratch;
  while (skip_ > 0 && taken_ < pulled_) {
    skip_ -= convert_waiting(scratch.data(), std::min(skip_, kBlock));
  }
  return absl::OkStatus();
}

/// The frames that were pulled and not taken yet, up to where the ring buffer wraps.
RateConverter::Span RateConverter::waiting() const {
  const std::int64_t at = taken_ % kRememberedFrames;
  return {recent_.data() + at * 2, std::min(pulled_ - taken_, kRememberedFrames - at)};
}

/// Appends frames that were pulled, of which the first `music` are music.
void RateConverter::remember(const float* samples, std::int64_t frames, std::int64_t music) {
  is_music_ = music > 0;
  if (is_music_) music_end_ = pulled_ + music;
  for (std::int64_t done = 0; done < frames;) {
    const std::int64_t at = pulled_ % kRememberedFrames;
    const std::int64_t count = std::min(kRememberedFrames - at, frames - done);
    std::copy_n(samples + done * 2, count * 2, recent_.begin() + at * 2);
    done += count;
    pulled_ += count;
  }
}

absl::Status RateConverter::pull_block() {
  std::array<float, kBlock * 2> block;
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t music, source_.pull(block.data(), kBlock));
  remember(block.data(), kBlock, music);
  return absl::OkStatus();
}

void RateConverter::begin_again() {
  taken_ = pulled_;
  if (resampler_) resampler_->reset();
  origin_ = static_cast<double>(taken_);
  converted_ = skip_ = 0;
}

absl::StatusOr<std::int64_t> RateConverter::fill(float* out, std::int64_t frames) {
  if (source_.leaps()) begin_again();
  FOCUS_ASSIGN_OR_RETURN(std::int64_t music,
                         resampler_ ? fill_converted(out, frames) : fill_directly(out, frames));
  if (source_.state() == PlayerState::finished) {
    // The filter looks ahead: the session's last frames come out only together with the silence
    // that is pulled after its end. The filter's ringing after those frames is cut off.
    music = std::clamp<std::int64_t>(music_left() + frames, 0, frames);
    std::fill(out + music * 2, out + frames * 2, 0.0f);
  }
  return music;
}

/// The frames, at the host's rate, from what is heard next to the end of the music that was pulled;
/// negative behind that end.
std::int64_t RateConverter::music_left() const {
  if (!resampler_) return music_end_ - taken_;
  const double length = (static_cast<double>(music_end_) - origin_) * ratio();
  return static_cast<std::int64_t>(std::floor(length + 0.5)) - converted_;
}

absl::StatusOr<std::int64_t> RateConverter::fill_directly(float* out, std::int64_t frames) {
  std::int64_t filled = 0;
  while (filled < frames && taken_ < pulled_) {
    const Span span = waiting();
    const std::int64_t count = std::min(span.frames, frames - filled);
    std::copy_n(span.samples, count * 2, out + filled * 2);
    taken_ += count;
    filled += count;
  }
  const std::int64_t music = is_music_ ? filled : 0;
  if (filled == frames) return music;
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t pulled,
                         source_.pull(out + filled * 2, frames - filled));
  remember(out + filled * 2, frames - filled, pulled);
  taken_ = pulled_;
  return music + pulled;
}

absl::StatusOr<std::int64_t> RateConverter::fill_converted(float* out, std::int64_t frames) {
  while (skip_ > 0) {
    if (taken_ == pulled_) FOCUS_RETURN_IF_ERROR(pull_block());
    skip_ -= convert_waiting(out, std::min(skip_, frames));
  }
  FOCUS_RETURN_IF_ERROR(convert(out, frames));
  return is_music_ ? frames : 0;
}

absl::Status RateConverter::convert(float* out, std::int64_t frames) {
  for (std::int64_t filled = 0; filled < frames;) {
    if (taken_ == pulled_) FOCUS_RETURN_IF_ERROR(pull_block());
    filled += convert_waiting(out + filled * 2, frames - filled);
  }
  return absl::OkStatus();
}

/// Converts frames that were pulled and not taken yet. Returns how many frames of `out` it filled,
/// which may be fewer than `frames`.
std::int64_t RateConverter::convert_waiting(float* out, std::int64_t frames) {
  const Span span = waiting();
  const audio::StreamResampler::Progress progress =
      resampler_->process(span.samples, span.frames, out, frames);
  taken_ += progress.consumed;
  converted_ += progress.produced;
  return progress.produced;
}

}  // namespace focus::core::player
