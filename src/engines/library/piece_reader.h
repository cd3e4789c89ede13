// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/file.h"
#include "audio/resampler.h"
#include "engines/library/features.h"

namespace focus::core::engines {

/// Reads a track in stereo at another rate, from any place on. What is read at a place does not
/// depend on where reading began: the resampler starts at a whole second of the file, at which the
/// frames of both rates coincide, a second or more before. To be used by one thread at a time.
class PieceReader {
 public:
  /// Fault::file_missing or Fault::bad_data where the file is not the one that was analysed.
  static absl::StatusOr<std::unique_ptr<PieceReader>> open(const Track& track, int rate,
                                                           std::function<bool()> cancelled);

  /// The next read begins `frame` frames (at the rate of the output) behind the file's start. What
  /// lies before it is silence.
  absl::Status seek(std::int64_t frame);
  /// Fills `to`. Behind the end of the file there is silence.
  absl::Status read(audio::AudioView to);

 private:
  PieceReader(std::unique_ptr<audio::AudioFileReader> reader, const Track& track, int rate,
              std::function<bool()> cancelled);
  absl::Status go_to(std::int64_t frame);
  absl::Status refill();
  absl::StatusOr<std::int64_t> produce(audio::AudioView to);

  std::unique_ptr<audio::AudioFileReader> reader_;
  const std::int64_t frames_;  ///< of the file
  const bool decodes_to_seek_;
  const int rate_;
  const std::function<bool()> cancelled_;
  std::unique_ptr<audio::StreamResampler> resampler_;
  audio::AudioBuffer block_;
  audio::AudioBuffer stereo_;
  std::vector<float> in_;
  std::vector<float> out_;
  std::int64_t in_from_ = 0;  ///< frames of in_ that are used up
  std::int64_t in_to_ = 0;
  bool is_at_end_ = false;
  std::int64_t silence_ = 0;  ///< frames before the file that are still to be read
};

}  // namespace focus::core::engines
