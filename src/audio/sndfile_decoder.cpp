// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <sndfile.h>

#include <absl/strings/str_cat.h>

#include "audio/decoder.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

/// What libsndfile decodes, as a part of the source.
class SndfileDecoder final : public Decoder {
 public:
  SndfileDecoder(std::shared_ptr<AudioSource> source, SourceWindow window)
      : bytes_(std::move(source), window) {}
  ~SndfileDecoder() override {
    if (file_ != nullptr) sf_close(file_);
  }

  absl::Status begin(const std::optional<RawFormat>& raw) {
    SF_INFO info = {};
    if (raw.has_value()) {
      info.format = raw->encoding;
      info.channels = raw->channel_count;
      info.samplerate = raw->sample_rate;
    }
    file_ = sf_open_virtual(WindowReader::callbacks(), SFM_READ, &info, &bytes_);
    if (file_ == nullptr) {
      FOCUS_RETURN_IF_ERROR(bytes_.source().status());
      return no_audio(path());
    }
    // For streams whose header tells no length, libsndfile gives the largest number there is.
    const bool known = info.frames >= 0 && info.frames < std::numeric_limits<sf_count_t>::max();
    info_ = {known ? info.frames : 0, info.channels, info.samplerate};
    return absl::OkStatus();
  }

  absl::StatusOr<std::int64_t> read(float* to, std::int64_t count) override {
    const std::int64_t got = std::max<sf_count_t>(sf_readf_float(file_, to, count), 0);
    position_ += got;
    if (got < count) {
      FOCUS_RETURN_IF_ERROR(bytes_.source().status());
      if (position_ < info_.frames || sf_error(file_) != SF_ERR_NO_ERROR) {
        return breaks_off(path(), position_, info_);
      }
    }
    return got;
  }

  absl::Status seek(std::int64_t frame) override {
    if (sf_seek(file_, frame, SEEK_SET) != frame) return breaks_off(path(), position_, info_);
    position_ = frame;
    return absl::OkStatus();
  }

 private:
  const std::string& path() const { return bytes_.source().path(); }

  WindowReader bytes_;
  SNDFILE* file_ = nullptr;
  std::int64_t position_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Decoder>> open_sndfile_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link) {
  auto decoder = std::make_unique<SndfileDecoder>(source, link.window);
  FOCUS_RETURN_IF_ERROR(decoder->begin(link.raw));
  return decoder;
}

}  // namespace focus::core::audio
