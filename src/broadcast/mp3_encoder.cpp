// SPDX-License-Identifier: MIT
// MP3 by LAME itself: file libraries write a header frame that tells a length, and let frames
// borrow bits from those before them, so that a listener can not begin with any.
#include <lame/lame.h>

#include "base/error.h"
#include "base/mutex.h"
#include "broadcast/stream_encoder.h"

namespace focus::core::broadcast {
namespace {

/// LAME fills tables of its own when the first encoder is set up.
Mutex& setup_mutex() {
  static Mutex mutex;
  return mutex;
}

class Mp3Encoder final : public StreamEncoder {
 public:
  explicit Mp3Encoder(int rate) : rate_(rate), lame_(lame_init()) {}
  ~Mp3Encoder() override {
    if (lame_ != nullptr) lame_close(lame_);
  }

  absl::Status begin() {
    if (lame_ == nullptr) return out_of_memory("encoding MP3");
    const auto silent = [](const char*, va_list) {};
    lame_set_errorf(lame_, silent);
    lame_set_debugf(lame_, silent);
    lame_set_msgf(lame_, silent);
    lame_set_num_channels(lame_, audio::kChannels);
    lame_set_in_samplerate(lame_, rate_);
    lame_set_out_samplerate(lame_, rate_);
    lame_set_brate(lame_, kilobits_of(StreamFormat::mp3));
    lame_set_mode(lame_, JOINT_STEREO);
    lame_set_quality(lame_, 5);
    lame_set_bWriteVbrTag(lame_, 0);
    lame_set_write_id3tag_automatic(lame_, 0);
    lame_set_disable_reservoir(lame_, 1);
    const MutexLock lock(setup_mutex());
    return lame_init_params(lame_) < 0 ? out_of_memory("encoding MP3") : absl::OkStatus();
  }

  absl::Status encode(audio::ConstAudioView audio, std::vector<Packet>& out) override {
    // LAME's own bound for what one call may write.
    bytes_.resize(static_cast<std::size_t>(audio.frames()) * 5 / 4 + 7200);
    return take(lame_encode_buffer_ieee_float(lame_, audio.channel(0), audio.channel(1),
                                              static_cast<int>(audio.frames()), bytes_.data(),
                                              static_cast<int>(bytes_.size())),
                out);
  }

  absl::Status finish(std::vector<Packet>& out) override {
    bytes_.resize(7200);
    return take(lame_encode_flush(lame_, bytes_.data(), static_cast<int>(bytes_.size())), out);
  }

 private:
  /// Cuts what LAME has written into frames.
  absl::Status take(int written, std::vector<Packet>& out) {
    if (written < 0) return out_of_memory("encoding MP3");
    waiting_.append(reinterpret_cast<const char*>(bytes_.data()),
                    static_cast<std::size_t>(written));
    std::size_t begin = 0;
    while (waiting_.size() - begin >= 4) {
      const std::size_t size = frame_size(begin);
      if (waiting_.size() - begin < size) break;
      out.push_back({waiting_.substr(begin, size), kMp3Frames});
      begin += size;
    }
    waiting_.erase(0, begin);
    return absl::OkStatus();
  }

  /// Of the frame at `begin`: ISO 11172-3, 2.4.3.1, for a bit rate that is known.
  std::size_t frame_size(std::size_t begin) const {
    const bool padded = (static_cast<unsigned char>(waiting_[begin + 2]) & 2) != 0;
    const int bits = kilobits_of(StreamFormat::mp3) * 1000;
    return static_cast<std::size_t>(144 * bits / rate_ + (padded ? 1 : 0));
  }

  const int rate_;
  lame_global_flags* lame_;
  std::vector<unsigned char> bytes_;
  std::string waiting_;  // of a frame that is not complete
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamEncoder>> create_mp3_encoder(int rate) {
  auto encoder = std::make_unique<Mp3Encoder>(rate);
  FOCUS_RETURN_IF_ERROR(encoder->begin());
  return encoder;
}

}  // namespace focus::core::broadcast
