// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "audio/buffer.h"

namespace focus::core::mastering {

/// What the samples of a piece of audio show, whatever wrote them. Samples that are not finite
/// count as 0 in all other figures.
struct Inspection {
  static constexpr int kBlocksPerSecond = 50;
  static constexpr int kOffsetSeconds = 10;

  struct Stretch {
    double start_seconds = 0.0;
    double seconds = 0.0;
  };

  std::int64_t frames = 0;
  std::int64_t not_finite_count = 0;       ///< samples of all channels that are NaN or infinite
  double first_not_finite_seconds = -1.0;  ///< the first of them; -1: there is none
  double peak = 0.0;                       ///< the largest absolute sample
  double peak_seconds = 0.0;               ///< where it is
  double offset = 0.0;                     ///< the largest absolute mean of a channel
  /// The same of a stretch of kOffsetSeconds; of the whole where the audio is shorter.
  double lasting_offset = 0.0;
  /// The mean square of every 20 ms without its mean, of the loudest channel.
  std::vector<float> powers;

  /// The longest stretch whose blocks are all below `power`, a mean square.
  Stretch longest_below(double power) const;
};

/// Inspects audio that is added in parts. The result does not depend on their lengths.
class Inspector {
 public:
  Inspector(int channel_count, int sample_rate);
  void add(audio::ConstAudioView audio);
  Inspection result() const;

 private:
  struct Channel {
    double block_sum = 0.0;
    double block_square = 0.0;
    double window_sum = 0.0;
    double sum = 0.0;
  };
  void add_part(audio::ConstAudioView part);
  void count_not_finite(audio::ConstAudioView part);
  void end_block();
  std::int64_t next_block_end() const;

  const int channel_count_;
  const int sample_rate_;
  std::array<Channel, audio::AudioView::kMaxChannels> channels_ = {};
  std::int64_t block_begin_ = 0;
  std::int64_t window_begin_ = 0;
  Inspection found_;
};

/// Inspects a whole view.
Inspection inspect(audio::ConstAudioView audio, int sample_rate);

/// How many samples are not finite and where the first is, as the end of a sentence that begins
/// with "the audio ". There must be some.
std::string tell_not_finite(const Inspection& found);

}  // namespace focus::core::mastering
