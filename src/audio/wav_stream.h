// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "audio/dither.h"
#include "audio/format.h"
#include "base/output_target.h"

namespace focus::core::audio {

/// Writes WAV to a pipe, a device or standard output while it is made. The header that comes first
/// can not know the length: it has the greatest one, which readers take for "to the end". If the
/// stream is a file after all, the length is put in at the end.
class WavStream {
 public:
  /// `format` is one of the WAV formats. The stream is opened by the first write. `info` is a whole
  /// chunk that comes before the samples.
  WavStream(OutputTarget target, AudioFormat format, int sample_rate, int channel_count,
            std::uint64_t dither_seed, std::string info = {});

  /// Each returns 0, or the errno of the failure. `audio` has the channels of the stream.
  int write(ConstAudioView audio);
  int finish();

 private:
  std::vector<unsigned char> header(std::uint32_t data_bytes) const;
  int begin();

  OutputStream stream_;
  const AudioFormat format_;
  const int sample_rate_;
  const int channel_count_;
  const std::string info_;
  Dither dither_;
  std::int64_t frames_ = 0;
  bool begun_ = false;
  std::vector<float> floats_;
  std::vector<std::int16_t> shorts_;
  std::vector<std::int32_t> ints_;
  std::vector<unsigned char> bytes_;
};

}  // namespace focus::core::audio
