// SPDX-License-Identifier: MIT
// MP3 by libmpg123 itself. libsndfile believes the index at the beginning of a file, or guesses the
// length from the first frames, does not go on behind the first of several files that were put one
// behind the other, and lets libmpg123 print.
#include <algorithm>
#include <mpg123.h>
#include <vector>

#include <absl/strings/str_cat.h>

#include "audio/decoder.h"
#include "audio/mpeg_map.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kFedBytes = 16 * 1024;
constexpr std::int64_t kSkippedFrames = 4096;

class MpegDecoder final : public Decoder {
 public:
  MpegDecoder(std::shared_ptr<AudioSource> source, MpegMap map)
      : source_(std::move(source)), map_(std::move(map)) {
    info_ = {map_.length(), map_.channel_count(), map_.parts.front().header.sample_rate};
  }
  ~MpegDecoder() override {
    if (decoder_ != nullptr) mpg123_delete(decoder_);
  }

  absl::Status begin() {
    for (const MpegPart& part : map_.parts) {
      if (part.header.sample_rate == info_.sample_rate) continue;
      return damaged(
          source_->path(),
          absl::StrCat("changes its sample rate from ", info_.sample_rate, " to ",
                       part.header.sample_rate, " Hz; save the parts as files of their own"));
    }
    int error = MPG123_OK;
    decoder_ = mpg123_new(nullptr, &error);
    if (decoder_ == nullptr) return out_of_memory("decoding audio");
    // libmpg123 gets only the frames that the map lists, and trims nothing: this decoder does.
    constexpr long kRemoved = MPG123_GAPLESS | MPG123_AUTO_RESAMPLE | MPG123_FUZZY;
    const long added = MPG123_QUIET | MPG123_FORCE_FLOAT | MPG123_NO_READAHEAD |
                       MPG123_IGNORE_INFOFRAME | MPG123_SKIP_ID3V2 |
                       (info_.channel_count == 2 ? MPG123_FORCE_STEREO : 0);
    const int channels = info_.channel_count == 2 ? MPG123_STEREO : MPG123_MONO;
    const bool ready =
        mpg123_param(decoder_, MPG123_REMOVE_FLAGS, kRemoved, 0.0) == MPG123_OK &&
        mpg123_param(decoder_, MPG123_ADD_FLAGS, added, 0.0) == MPG123_OK &&
        mpg123_format_none(decoder_) == MPG123_OK &&
        mpg123_format(decoder_, info_.sample_rate, channels, MPG123_ENC_FLOAT_32) == MPG123_OK;
    if (!ready) return internal_error(absl::StrCat("MP3: ", mpg123_strerror(decoder_)));
    fed_.resize(static_cast<std::size_t>(kFedBytes));
    return begin_part(0);
  }

  absl::StatusOr<std::int64_t> read(float* to, std::int64_t count) override {
    std::int64_t done = 0;
    while (done < count && part_ < map_.parts.size()) {
      if (left_ == 0) {
        if (++part_ < map_.parts.size()) FOCUS_RETURN_IF_ERROR(begin_part(part_));
        continue;
      }
      FOCUS_ASSIGN_OR_RETURN(const std::int64_t got, decode(to + done * info_.channel_count,
                                                            std::min(count - done, left_)));
      if (got == 0) return breaks_off(source_->path(), position_, info_);
      done += got;
      left_ -= got;
      position_ += got;
    }
    return done;
  }

  absl::Status seek(std::int64_t frame) override {
    std::int64_t begin = 0;
    std::size_t part = 0;
    while (part + 1 < map_.parts.size() && begin + map_.parts[part].length <= frame) {
      begin += map_.parts[part++].length;
    }
    FOCUS_RETURN_IF_ERROR(begin_part(part));
    position_ = frame;
    left_ -= frame - begin;
    return skip(frame - begin);
  }

 private:
  absl::Status begin_part(std::size_t part) {
    part_ = part;
    range_ = 0;
    fed_to_ = map_.parts[part].ranges.front().begin;
    left_ = map_.parts[part].length;
    if (mpg123_open_feed(decoder_) != MPG123_OK) {
      return internal_error(absl::StrCat("MP3: ", mpg123_strerror(decoder_)));
    }
    return skip(map_.parts[part].skip);
  }

  absl::Status skip(std::int64_t frames) {
    std::vector<float> heard(static_cast<std::size_t>(kSkippedFrames * info_.channel_count));
    while (frames > 0) {
      FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                             decode(heard.data(), std::min(kSkippedFrames, frames)));
      if (got == 0) return breaks_off(source_->path(), position_, info_);
      frames -= got;
    }
    return absl::OkStatus();
  }

  /// Decodes up to `count` frames of the part. Returns 0 at its end only.
  absl::StatusOr<std::int64_t> decode(float* to, std::int64_t count) {
    const auto frame_bytes = sizeof(float) * static_cast<std::size_t>(info_.channel_count);
    while (true) {
      std::size_t bytes = 0;
      const int result = mpg123_read(decoder_, reinterpret_cast<unsigned char*>(to),
                                     static_cast<std::size_t>(count) * frame_bytes, &bytes);
      if (bytes > 0) return static_cast<std::int64_t>(bytes / frame_bytes);
      if (result == MPG123_NEED_MORE) {
        FOCUS_ASSIGN_OR_RETURN(const bool more, feed());
        if (!more) return 0;
      } else if (result == MPG123_ERR && mpg123_errcode(decoder_) == MPG123_OUT_OF_MEM) {
        return out_of_memory("decoding audio");
      } else if (result != MPG123_OK && result != MPG123_NEW_FORMAT) {
        return breaks_off(source_->path(), position_, info_);
      }
    }
  }

  /// Gives the decoder the next bytes of the part. Returns false where it has all.
  absl::StatusOr<bool> feed() {
    const std::vector<SourceWindow>& ranges = map_.parts[part_].ranges;
    if (fed_to_ == ranges[range_].end) {
      if (range_ + 1 == ranges.size()) return false;
      fed_to_ = ranges[++range_].begin;
    }
    const std::int64_t got =
        source_->read_at(fed_to_, fed_.data(), std::min(kFedBytes, ranges[range_].end - fed_to_));
    FOCUS_RETURN_IF_ERROR(source_->status());
    if (got == 0) return false;
    fed_to_ += got;
    if (mpg123_feed(decoder_, fed_.data(), static_cast<std::size_t>(got)) != MPG123_OK) {
      return out_of_memory("decoding audio");
    }
    return true;
  }

  std::shared_ptr<AudioSource> source_;
  const MpegMap map_;
  mpg123_handle* decoder_ = nullptr;
  std::vector<unsigned char> fed_;
  std::size_t part_ = 0;
  std::size_t range_ = 0;    // of the part
  std::int64_t fed_to_ = 0;  // byte of the source
  std::int64_t left_ = 0;    // frames of the part
  std::int64_t position_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Decoder>> open_mpeg_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link) {
  ByteScanner scanner(*source, link.window);
  MpegMap map = find_mpeg_frames(scanner);
  FOCUS_RETURN_IF_ERROR(source->status());
  if (map.parts.empty()) return no_audio(source->path());
  auto decoder = std::make_unique<MpegDecoder>(source, std::move(map));
  FOCUS_RETURN_IF_ERROR(decoder->begin());
  return decoder;
}

}  // namespace focus::core::audio
