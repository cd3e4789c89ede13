// SPDX-License-Identifier: MIT
#include "broadcast/stream_encoder.h"

namespace focus::core::broadcast {

absl::StatusOr<std::unique_ptr<StreamEncoder>> StreamEncoder::create(StreamFormat format,
                                                                     int rate) {
  switch (format) {
    case StreamFormat::opus:
      return create_opus_encoder(rate);
    case StreamFormat::flac:
      return create_flac_encoder(rate);
    case StreamFormat::wav:
      return create_wav_encoder(rate);
    case StreamFormat::mp3:
      break;
  }
  return create_mp3_encoder(rate);
}

}  // namespace focus::core::broadcast
