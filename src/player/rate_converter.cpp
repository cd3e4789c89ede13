// SPDX-License-Identifier: MIT
#include "player/rate_converter.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace focus::core {
namespace {

/// Frames of a source that a resampler hears before the first that counts: more than half of its
/// filter, from 192 down to 8 kHz.
constexpr std::int64_t kPrimingFrames = 1200;
/// Among which it may begin.
constexpr std::int64_t kStarts = 200;
/// Those, as much again that the filter looks ahead, and blocks.
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
  std::optional<StreamResampler> resampler;
  if (rate != source_rate_) {
    FOCUS_ASSIGN_OR_RETURN(
        resampler, StreamResampler::create(2, source_rate_, rate, ResamplerQuality::medium));
  }
  const double here = heard();
  owed_frames_ += static_cast<double>(music_pulled_) - static_cast<double>(music_given_) / ratio();
  music_pulled_ = music_given_ = 0;
  resampler_ = std::move(resampler);
  rate_ = rate;
  const std::int64_t oldest = std::max<std::int64_t>(pulled_ - kRememberedFrames, 0);
  if (!resampler_) {
    taken_ = std::clamp<std::int64_t>(std::llround(here), oldest, pulled_);
    return absl::OkStatus();
  }
  const Start start = best_start(here, oldest);
  taken_ = start.frame;
  skip_ = start.skip;
  origin_ = static_cast<double>(taken_);
  converted_ = 0;
  return absl::OkStatus();
}

/// Where the resampler begins, so that one of its frames falls on what is heard next as exactly as
/// may be.
RateConverter::Start RateConverter::best_start(double here, std::int64_t oldest) const {
  const std::int64_t latest = std::max<std::int64_t>(std::llround(here) - kPrimingFrames, oldest);
  Start best;
  double least = 1.0;
  for (std::int64_t frame = latest; frame >= std::max(latest - kStarts, oldest); --frame) {
    const double skip = (here - static_cast<double>(frame)) * ratio();
    const double off = std::abs(skip - std::round(skip));
    if (off >= least) continue;
    least = off;
    best = {frame, std::max<std::int64_t>(std::llround(skip), 0)};
  }
  return best;
}

/// What was pulled and not taken yet, as much of it as lies in one piece.
RateConverter::Span RateConverter::waiting() const {
  const std::int64_t at = taken_ % kRememberedFrames;
  return {recent_.data() + at * 2, std::min(pulled_ - taken_, kRememberedFrames - at)};
}

void RateConverter::remember(const float* samples, std::int64_t frames) {
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
  remember(block.data(), kBlock);
  is_music_ = music > 0;
  music_pulled_ += music;
  return absl::OkStatus();
}

void RateConverter::begin_again() {
  taken_ = pulled_;
  if (resampler_) resampler_->reset();
  origin_ = static_cast<double>(taken_);
  converted_ = skip_ = 0;
  owed_frames_ = 0.0;
  music_pulled_ = music_given_ = 0;
}

absl::StatusOr<std::int64_t> RateConverter::fill(float* out, std::int64_t frames) {
  if (source_.leaps()) begin_again();
  FOCUS_ASSIGN_OR_RETURN(std::int64_t music,
                         resampler_ ? fill_converted(out, frames) : fill_directly(out, frames));
  if (source_.state() == PlayerState::finished) {
    // The filter looks ahead, so the session's last frames come with the silence after its end;
    // its ringing after that is cut.
    const double length = (owed_frames_ + static_cast<double>(music_pulled_)) * ratio();
    const auto whole = static_cast<std::int64_t>(length + 0.5);
    music = std::clamp<std::int64_t>(whole - music_given_, 0, frames);
    std::fill(out + music * 2, out + frames * 2, 0.0f);
  }
  music_given_ += music;
  return music;
}

absl::StatusOr<std::int64_t> RateConverter::fill_directly(float* out, std::int64_t frames) {
  std::int64_t filled = 0;
  std::int64_t music = 0;
  while (filled < frames && taken_ < pulled_) {
    const Span span = waiting();
    const std::int64_t count = std::min(span.frames, frames - filled);
    std::copy_n(span.samples, count * 2, out + filled * 2);
    taken_ += count;
    filled += count;
    if (is_music_) music += count;
  }
  if (filled == frames) return music;
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t pulled,
                         source_.pull(out + filled * 2, frames - filled));
  remember(out + filled * 2, frames - filled);
  taken_ = pulled_;
  is_music_ = pulled > 0;
  music_pulled_ += pulled;
  return music + pulled;
}

absl::StatusOr<std::int64_t> RateConverter::fill_converted(float* out, std::int64_t frames) {
  while (skip_ > 0) {
    const std::int64_t count = std::min({skip_, kBlock, frames});
    FOCUS_RETURN_IF_ERROR(convert(out, count));
    skip_ -= count;
  }
  FOCUS_RETURN_IF_ERROR(convert(out, frames));
  return is_music_ ? frames : 0;
}

absl::Status RateConverter::convert(float* out, std::int64_t frames) {
  for (std::int64_t filled = 0; filled < frames;) {
    if (taken_ == pulled_) FOCUS_RETURN_IF_ERROR(pull_block());
    const Span span = waiting();
    const StreamResampler::Progress progress =
        resampler_->process(span.samples, span.frames, out + filled * 2, frames - filled);
    taken_ += progress.consumed;
    filled += progress.produced;
    converted_ += progress.produced;
  }
  return absl::OkStatus();
}

}  // namespace focus::core
