// SPDX-License-Identifier: MIT
// FLAC by libFLAC itself: its callback gives frame by frame, which no file library does.
#include <FLAC/stream_encoder.h>
#include <exception>

#include "audio/dither.h"
#include "base/error.h"
#include "broadcast/stream_encoder.h"

namespace focus::core::broadcast {
namespace {

class FlacEncoder final : public StreamEncoder {
 public:
  FlacEncoder() : encoder_(FLAC__stream_encoder_new()) {}
  ~FlacEncoder() override {
    if (encoder_ == nullptr) return;
    out_ = nullptr;  // what libFLAC writes when it is ended early
    FLAC__stream_encoder_delete(encoder_);
  }

  absl::Status begin(int rate) {
    constexpr unsigned kLevel = 5;
    const bool ready =
        encoder_ != nullptr && FLAC__stream_encoder_set_channels(encoder_, audio::kChannels) &&
        FLAC__stream_encoder_set_bits_per_sample(encoder_, 16) &&
        FLAC__stream_encoder_set_sample_rate(encoder_, static_cast<unsigned>(rate)) &&
        FLAC__stream_encoder_set_compression_level(encoder_, kLevel) &&
        FLAC__stream_encoder_set_blocksize(encoder_, static_cast<unsigned>(flac_frames(rate))) &&
        FLAC__stream_encoder_init_stream(encoder_, &FlacEncoder::take, nullptr, nullptr, nullptr,
                                         this) == FLAC__STREAM_ENCODER_INIT_STATUS_OK;
    return ready ? absl::OkStatus() : out_of_memory("encoding FLAC");
  }

  absl::Status encode(audio::ConstAudioView audio, std::vector<Packet>& out) override {
    shorts_.resize(static_cast<std::size_t>(audio.frames()) * audio::kChannels);
    dither_.quantise(audio, encoded_, shorts_.data());
    encoded_ += audio.frames();
    samples_.assign(shorts_.begin(), shorts_.end());
    out_ = &out;
    const bool done = FLAC__stream_encoder_process_interleaved(
        encoder_, samples_.data(), static_cast<unsigned>(audio.frames()));
    out_ = nullptr;
    return done ? absl::OkStatus() : out_of_memory("encoding FLAC");
  }

  absl::Status finish(std::vector<Packet>& out) override {
    out_ = &out;
    const bool done = FLAC__stream_encoder_finish(encoder_);
    out_ = nullptr;
    return done ? absl::OkStatus() : out_of_memory("encoding FLAC");
  }

 private:
  /// Called by libFLAC: what comes without samples is the header, all else is a frame.
  static FLAC__StreamEncoderWriteStatus take(const FLAC__StreamEncoder*, const FLAC__byte buffer[],
                                             std::size_t size, unsigned samples, unsigned,
                                             void* client) {
    auto& self = *static_cast<FlacEncoder*>(client);
    try {
      std::string bytes(reinterpret_cast<const char*>(buffer), size);
      if (samples == 0) {
        self.header_ += bytes;
      } else if (self.out_ != nullptr) {
        self.out_->push_back({std::move(bytes), samples});
      }
      return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
    } catch (const std::exception&) {  // no exception may cross a C library
      return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR;
    }
  }

  FLAC__StreamEncoder* encoder_;
  const audio::Dither dither_{0};
  std::int64_t encoded_ = 0;
  std::vector<std::int16_t> shorts_;
  std::vector<FLAC__int32> samples_;
  std::vector<Packet>* out_ = nullptr;  // of the call that is running
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamEncoder>> create_flac_encoder(int rate) {
  auto encoder = std::make_unique<FlacEncoder>();
  FOCUS_RETURN_IF_ERROR(encoder->begin(rate));
  return encoder;
}

}  // namespace focus::core::broadcast
