// SPDX-License-Identifier: MIT
// Opus in Ogg (RFC 7845) by libopusenc, page by page.
#include <algorithm>
#include <opusenc.h>

#include "base/error.h"
#include "broadcast/stream_encoder.h"

namespace focus::core::broadcast {
namespace {

struct DeleteEncoder {
  void operator()(OggOpusEnc* encoder) const { ope_encoder_destroy(encoder); }
};
struct DeleteComments {
  void operator()(OggOpusComments* comments) const { ope_comments_destroy(comments); }
};

class OpusEncoder final : public StreamEncoder {
 public:
  absl::Status begin(int rate) {
    const std::unique_ptr<OggOpusComments, DeleteComments> comments(ope_comments_create());
    if (!comments) return out_of_memory("encoding Opus");
    constexpr int kStereo = 0;  // the mapping family
    encoder_.reset(
        ope_encoder_create_pull(comments.get(), rate, audio::kChannels, kStereo, nullptr));
    const int pages = rate / 5;  // of 0.2 s: what a listener that joins waits for at most
    const bool ready = encoder_ && set(OPE_SET_SERIALNO(1)) && set(OPE_SET_MUXING_DELAY(pages)) &&
                       set(OPE_SET_DECISION_DELAY(0)) &&
                       set(OPUS_SET_BITRATE(kilobits_of(StreamFormat::opus) * 1000)) &&
                       ope_encoder_flush_header(encoder_.get()) == OPE_OK;
    if (!ready) return out_of_memory("encoding Opus");
    std::vector<Packet> pages_of_header;
    take_pages(true, pages_of_header);
    for (const Packet& page : pages_of_header) header_ += page.bytes;
    return absl::OkStatus();
  }

  absl::Status encode(audio::ConstAudioView audio, std::vector<Packet>& out) override {
    samples_.resize(static_cast<std::size_t>(audio.frames()) * audio::kChannels);
    interleave(audio, samples_.data());
    const int written =
        ope_encoder_write_float(encoder_.get(), samples_.data(), static_cast<int>(audio.frames()));
    if (written != OPE_OK) return out_of_memory("encoding Opus");
    take_pages(false, out);
    return absl::OkStatus();
  }

  absl::Status finish(std::vector<Packet>& out) override {
    if (ope_encoder_drain(encoder_.get()) != OPE_OK) return out_of_memory("encoding Opus");
    take_pages(true, out);
    return absl::OkStatus();
  }

 private:
  template <typename... Arguments>
  bool set(int request, Arguments... arguments) {
    return ope_encoder_ctl(encoder_.get(), request, arguments...) == OPE_OK;
  }

  void take_pages(bool all, std::vector<Packet>& out) {
    unsigned char* page = nullptr;
    opus_int32 size = 0;
    while (ope_encoder_get_page(encoder_.get(), &page, &size, all ? 1 : 0) != 0) {
      // The granule position counts the frames up to the page's end (RFC 3533, 6).
      std::int64_t end = 0;
      for (int k = 7; k >= 0; --k) end = end << 8 | page[6 + k];
      Packet packet;
      packet.bytes.assign(reinterpret_cast<const char*>(page), static_cast<std::size_t>(size));
      packet.frames = std::max<std::int64_t>(end - end_, 0);
      end_ = std::max(end, end_);
      out.push_back(std::move(packet));
    }
  }

  std::unique_ptr<OggOpusEnc, DeleteEncoder> encoder_;
  std::int64_t end_ = 0;  // of the last page, in frames
  std::vector<float> samples_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamEncoder>> create_opus_encoder(int rate) {
  auto encoder = std::make_unique<OpusEncoder>();
  FOCUS_RETURN_IF_ERROR(encoder->begin(rate));
  return encoder;
}

}  // namespace focus::core::broadcast
