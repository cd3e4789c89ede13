// SPDX-License-Identifier: MIT
#include <algorithm>

#include "audio/dither.h"
#include "base/byte_order.h"
#include "broadcast/stream_encoder.h"

namespace focus::core::broadcast {
namespace {

constexpr int kBytesPerFrame = audio::kChannels * 2;

/// A header whose sizes are the largest there are, as programs write it that do not know the
/// length.
std::string endless_header(int rate) {
  constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  std::string header = "RIFF";
  append_little_endian(header, kUnknown, 4);
  header += "WAVEfmt ";
  append_little_endian(header, 16, 4);
  append_little_endian(header, 1, 2);  // PCM
  append_little_endian(header, audio::kChannels, 2);
  append_little_endian(header, static_cast<std::uint32_t>(rate), 4);
  append_little_endian(header, static_cast<std::uint32_t>(rate * kBytesPerFrame), 4);
  append_little_endian(header, kBytesPerFrame, 2);
  append_little_endian(header, 16, 2);
  header += "data";
  append_little_endian(header, kUnknown, 4);
  return header;
}

class WavEncoder final : public StreamEncoder {
 public:
  explicit WavEncoder(int rate) : block_(rate / 50) { header_ = endless_header(rate); }

  absl::Status encode(audio::ConstAudioView audio, std::vector<Packet>& out) override {
    for (std::int64_t done = 0; done < audio.frames();) {
      const std::int64_t count = std::min(block_, audio.frames() - done);
      samples_.resize(static_cast<std::size_t>(count) * audio::kChannels);
      dither_.quantise(audio.subview(done, count), encoded_, samples_.data());
      Packet packet;
      packet.frames = count;
      packet.bytes.reserve(samples_.size() * 2);
      for (const std::int16_t sample : samples_) {
        append_little_endian(packet.bytes, static_cast<std::uint16_t>(sample), 2);
      }
      out.push_back(std::move(packet));
      done += count;
      encoded_ += count;
    }
    return absl::OkStatus();
  }

  absl::Status finish(std::vector<Packet>&) override { return absl::OkStatus(); }

 private:
  const std::int64_t block_;
  const audio::Dither dither_{0};
  std::int64_t encoded_ = 0;
  std::vector<std::int16_t> samples_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamEncoder>> create_wav_encoder(int rate) {
  return std::make_unique<WavEncoder>(rate);
}

}  // namespace focus::core::broadcast
