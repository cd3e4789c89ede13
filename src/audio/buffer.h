// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace focus::core {

/// Planar samples that somebody else owns: one pointer a channel, all of `frames` samples. Sample
/// is `float` or `const float`.
template <typename Sample>
class BasicAudioView {
 public:
  static constexpr int kMaxChannels = 8;

  BasicAudioView() = default;
  BasicAudioView(Sample* const* channels, int channel_count, std::int64_t frames)
      : channel_count_(channel_count), frames_(frames) {
    for (int c = 0; c < channel_count; ++c) channels_[c] = channels[c];
  }
  /// A view that may write is also one that may read.
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

  /// `count` frames from `offset` on; both must lie inside.
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

/// Planar float samples of one piece of audio, nominally within +-1. Starts silent.
class AudioBuffer {
 public:
  AudioBuffer() = default;
  AudioBuffer(int channel_count, std::int64_t frames, int sample_rate)
      : channels_(static_cast<std::size_t>(channel_count),
                  std::vector<float>(static_cast<std::size_t>(frames))),
        frames_(frames),
        sample_rate_(sample_rate) {}

  int channel_count() const { return static_cast<int>(channels_.size()); }
  std::int64_t frames() const { return frames_; }
  int sample_rate() const { return sample_rate_; }
  double seconds() const { return static_cast<double>(frames_) / sample_rate_; }

  std::span<float> samples(int c) { return channels_[static_cast<std::size_t>(c)]; }
  std::span<const float> samples(int c) const { return channels_[static_cast<std::size_t>(c)]; }

  AudioView view() { return make_view<float>(channels_); }
  ConstAudioView view() const { return make_view<const float>(channels_); }

  /// Cuts the end off, or adds silence.
  void resize_frames(std::int64_t frames) {
    for (auto& channel : channels_) channel.resize(static_cast<std::size_t>(frames));
    frames_ = frames;
  }

 private:
  template <typename Sample, typename Channels>
  BasicAudioView<Sample> make_view(Channels& channels) const {
    Sample* pointers[AudioView::kMaxChannels] = {};
    for (std::size_t c = 0; c < channels.size(); ++c) pointers[c] = channels[c].data();
    return {pointers, channel_count(), frames_};
  }

  std::vector<std::vector<float>> channels_;
  std::int64_t frames_ = 0;
  int sample_rate_ = 48000;
};

/// Copies `from`, planar, to interleaved samples. `to` holds frames x channels floats.
void interleave(ConstAudioView from, float* to);
/// Copies interleaved samples to planar ones. `from` holds frames x channels floats.
void deinterleave(const float* from, AudioView to);

}  // namespace focus::core
