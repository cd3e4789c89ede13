// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "broadcast/stream_format.h"

namespace focus::core::broadcast {

/// The smallest part of an encoded stream with which a listener may begin: a frame of MP3 or FLAC,
/// a page of Ogg, a block of PCM.
struct Packet {
  std::string bytes;
  std::int64_t frames = 0;  ///< how long it sounds, at the stream's rate
};

/// Encodes audio without an end, in one piece: nothing is ever written again, and no length is told
/// beforehand. To be used by one thread at a time. Stereo.
class StreamEncoder {
 public:
  /// Fault::out_of_memory where the codec's library can not be set up.
  static absl::StatusOr<std::unique_ptr<StreamEncoder>> create(StreamFormat format, int rate);
  virtual ~StreamEncoder() = default;

  /// What a listener gets first, wherever it begins; "" for MP3.
  const std::string& header() const { return header_; }
  /// Appends to `out` the packets that are complete with this audio. The samples must be finite.
  virtual absl::Status encode(audio::ConstAudioView audio, std::vector<Packet>& out) = 0;
  /// The audio has ended: appends what is left, padded with silence where the format needs it.
  virtual absl::Status finish(std::vector<Packet>& out) = 0;

 protected:
  std::string header_;
};

/// One a format, see there.
absl::StatusOr<std::unique_ptr<StreamEncoder>> create_mp3_encoder(int rate);
absl::StatusOr<std::unique_ptr<StreamEncoder>> create_opus_encoder(int rate);
absl::StatusOr<std::unique_ptr<StreamEncoder>> create_flac_encoder(int rate);
absl::StatusOr<std::unique_ptr<StreamEncoder>> create_wav_encoder(int rate);

}  // namespace focus::core::broadcast
