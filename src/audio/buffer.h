// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include "base/large_memory.h"

namespace focus::core::audio {

/// All music that is made and played has two channels; only files of a user's may have others.
inline constexpr int kChannels = 2;

/// Planar samples owned by somebody else: one pointer per channel, each to `frames` samples.
/// `Sample` is `float` or `const float`.
template <typename Sample>
class BasicAudioView {
 public:
  static constexpr int kMaxChannels = 8;

  BasicAudioView() = default;
  BasicAudioView(Sample* const* channels, int channel_count, std::int64_t frames)
      : channel_count_(channel_count), frames_(frames) {
    for (int c = 0; c < channel_count; ++c) channels_[c] = channels[c];
  }
  /// A writable view converts to a read-only one.
  operator BasicAudioView<const Sample>() const requires(!std::is_const_v<Sample>) {
    return {channels_, channel_count_, frames_};
  }

  int channel_count() const { return channel_count_; }
  std::int64_t frames() const { return frames_; }
  bool empty() const { return frames_ == 0; }

  Sample* channel(int c) const { return channels_[c]; }
  std::span<Sample> samples(int c) const {
    return {channels_[c], static_cast<std::size_t>(frames_)};
  }

  /// The part of `count` frames that begins at frame `offset`. It must lie inside the view.
  BasicAudioView subview(std::int64_t offset, std::int64_t count) const {
    BasicAudioView part = *this;
    for (int c = 0; c < channel_count_; ++c) part.channels_[c] += offset;
    part.frames_ = count;
    return part;
  }

 private:
  template <typename Other>
  friend class BasicAudioView;

  Sample* channels_[kMaxChannels] = {};
  int channel_count_ = 0;
  std::int64_t frames_ = 0;
};

using AudioView = BasicAudioView<float>;
using ConstAudioView = BasicAudioView<const float>;

/// Owns planar float samples, nominally within +-1, initially silent. All channels are in one block
/// of memory, so that the memory of a segment returns to the system as a whole when the buffer is
/// destroyed.
class AudioBuffer {
 public:
  AudioBuffer() = default;
  AudioBuffer(int channel_count, std::int64_t frames, int sample_rate)
      : samples_(static_cast<std::size_t>(channel_count * frames)),
        channel_count_(channel_count),
        stride_(frames),
        frames_(frames),
        sample_rate_(sample_rate) {}

  int channel_count() const { return channel_count_; }
  std::int64_t frames() const { return frames_; }
  int sample_rate() const { return sample_rate_; }
  double seconds() const { return static_cast<double>(frames_) / sample_rate_; }

  std::span<float> samples(int c) {
    return {samples_.data() + c * stride_, static_cast<std::size_t>(frames_)};
  }
  std::span<const float> samples(int c) const {
    return {samples_.data() + c * stride_, static_cast<std::size_t>(frames_)};
  }

  AudioView view() { return make_view<float>(samples_.data()); }
  ConstAudioView view() const { return make_view<const float>(samples_.data()); }

  /// Shortens the buffer to its first `frames` frames. `frames` must not exceed its length. No
  /// memory is released.
  void truncate(std::int64_t frames) { frames_ = frames; }
  /// Lengthens the buffer to `frames` frames, with silence. `frames` must not be less than its
  /// length. Needs memory for both lengths while it copies.
  void lengthen(std::int64_t frames);

 private:
  template <typename Sample>
  BasicAudioView<Sample> make_view(Sample* samples) const {
    Sample* pointers[AudioView::kMaxChannels] = {};
    for (int c = 0; c < channel_count_; ++c) pointers[c] = samples + c * stride_;
    return {pointers, channel_count_, frames_};
  }

  LargeVector<float> samples_;
  int channel_count_ = 0;
  std::int64_t stride_ = 0;  // from one channel to the next
  std::int64_t frames_ = 0;
  int sample_rate_ = 48000;
};

/// Copies `from`, planar, to interleaved samples. `to` holds frames x channels floats.
void interleave(ConstAudioView from, float* to);
/// Copies interleaved samples to planar ones. `from` holds frames x channels floats.
void deinterleave(const float* from, AudioView to);

/// A sample that is not a number, or infinite.
struct WildSample {
  std::int64_t frame = 0;
  int channel = 0;
  float value = 0.0f;
};
/// The first wild sample of the first channel that has one.
std::optional<WildSample> find_wild_sample(ConstAudioView audio);

}  // namespace focus::core::audio
