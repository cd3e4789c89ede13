// SPDX-License-Identifier: MIT
// FLAC by libFLAC itself. libsndfile does not read on behind the length that the header tells, and
// does not notice frames that are missing.
#include <FLAC/stream_decoder.h>
#include <algorithm>
#include <exception>
#include <vector>

#include <absl/strings/str_cat.h>

#include "audio/decoder.h"
#include "base/byte_order.h"
#include "base/error.h"
#include "base/text.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kStreamInfo = 8;  // where STREAMINFO lies, behind "fLaC" and a header
constexpr std::int64_t kStreamInfoBytes = 34;
constexpr std::int64_t kTotalSamples = kStreamInfo + 13;  // four bits, and four bytes

class FlacDecoder final : public Decoder {
 public:
  FlacDecoder(std::shared_ptr<AudioSource> source, SourceWindow window)
      : bytes_(std::move(source), window), decoder_(FLAC__stream_decoder_new()) {}
  ~FlacDecoder() override {
    if (decoder_ != nullptr) FLAC__stream_decoder_delete(decoder_);
  }

  absl::Status begin() {
    unsigned char header[kStreamInfo + kStreamInfoBytes];
    constexpr auto kSize = static_cast<std::int64_t>(sizeof header);
    if (decoder_ == nullptr) return out_of_memory("decoding audio");
    if (bytes_.read(header, kSize) < kSize || (header[4] & 127) != 0) {
      FOCUS_RETURN_IF_ERROR(bytes_.source().status());
      return no_audio(path());
    }
    bytes_.seek(0, SEEK_SET);
    const std::uint64_t format = big_endian(header + kStreamInfo + 10, 8);
    info_.sample_rate = static_cast<int>(format >> 44);
    info_.channel_count = static_cast<int>(format >> 41 & 7) + 1;
    info_.frames = static_cast<std::int64_t>(format & 0xFFFFFFFFF);
    const auto status = FLAC__stream_decoder_init_stream(
        decoder_, &FlacDecoder::read_bytes, &FlacDecoder::seek_bytes, &FlacDecoder::tell_bytes,
        &FlacDecoder::length_bytes, &FlacDecoder::at_end, &FlacDecoder::write_frame, nullptr,
        &FlacDecoder::ignore_error, this);
    if (status != FLAC__STREAM_DECODER_INIT_STATUS_OK) return out_of_memory("decoding audio");
    if (!FLAC__stream_decoder_process_until_end_of_metadata(decoder_)) return failure();
    return absl::OkStatus();
  }

  absl::StatusOr<std::int64_t> read(float* to, std::int64_t count) override {
    std::int64_t done = 0;
    while (done < count) {
      if (taken_ == held_) {
        FOCUS_ASSIGN_OR_RETURN(const bool more, decode_frame());
        if (!more) break;
      }
      const std::int64_t part = std::min(count - done, held_ - taken_);
      const auto channels = static_cast<std::int64_t>(info_.channel_count);
      std::copy_n(block_.begin() + taken_ * channels, part * channels, to + done * channels);
      taken_ += part;
      done += part;
    }
    return done;
  }

  absl::Status seek(std::int64_t frame) override {
    held_ = taken_ = 0;
    at_end_ = info_.frames > 0 && frame >= info_.frames;
    if (at_end_) return absl::OkStatus();  // libFLAC finds no frame there
    sought_ = true;
    if (FLAC__stream_decoder_seek_absolute(decoder_, static_cast<FLAC__uint64>(frame))) {
      note_place();
      return absl::OkStatus();
    }
    if (stop_ != Stop::none) return failure();
    return skip_to(frame);
  }

 private:
  /// Why decoding has stopped before the end.
  enum class Stop { none, damaged, changed, memory };

  const std::string& path() const { return bytes_.source().path(); }

  /// Fills block_. Returns false at the end of the file.
  absl::StatusOr<bool> decode_frame() {
    held_ = taken_ = 0;
    while (!at_end_) {
      if (!FLAC__stream_decoder_process_single(decoder_) || stop_ != Stop::none) return failure();
      if (held_ > 0) {
        note_place();
        return true;
      }
      if (FLAC__stream_decoder_get_state(decoder_) != FLAC__STREAM_DECODER_END_OF_STREAM) continue;
      FOCUS_ASSIGN_OR_RETURN(const bool more, read_on());
      if (!more) break;
    }
    FOCUS_RETURN_IF_ERROR(bytes_.source().status());
    if (!at_end_ && (position_ < info_.frames || ends_in_a_frame())) {
      return breaks_off(path(), position_, info_);
    }
    return false;
  }

  /// libFLAC stops at the length that the header tells. Where bytes are left, it is made to go on,
  /// by a header that tells none. Returns false where nothing is left.
  absl::StatusOr<bool> read_on() {
    if (hides_total_ || info_.frames == 0 || frame_end_ <= 0 || frame_end_ >= bytes_.size()) {
      return false;
    }
    hides_total_ = true;
    FOCUS_RETURN_IF_ERROR(rewind());
    if (bytes_.seek(frame_end_, SEEK_SET) < 0 || !FLAC__stream_decoder_flush(decoder_)) {
      return failure();
    }
    return true;
  }

  absl::Status rewind() {
    if (!FLAC__stream_decoder_reset(decoder_) ||
        !FLAC__stream_decoder_process_until_end_of_metadata(decoder_)) {
      return failure();
    }
    return absl::OkStatus();
  }

  /// Decodes from the beginning up to `frame`: libFLAC 1.4 does not find every frame of a file that
  /// tells no length.
  absl::Status skip_to(std::int64_t frame) {
    FOCUS_RETURN_IF_ERROR(rewind());
    position_ = link_begin_ = 0;
    sought_ = false;
    while (position_ <= frame) {
      FOCUS_ASSIGN_OR_RETURN(const bool more, decode_frame());
      if (!more) return breaks_off(path(), position_, info_);
    }
    taken_ = held_ - (position_ - frame);
    return absl::OkStatus();
  }

  absl::Status failure() const {
    FOCUS_RETURN_IF_ERROR(bytes_.source().status());
    const auto state = FLAC__stream_decoder_get_state(decoder_);
    if (stop_ == Stop::memory || state == FLAC__STREAM_DECODER_MEMORY_ALLOCATION_ERROR) {
      return out_of_memory("decoding audio");
    }
    if (stop_ == Stop::changed) {
      return damaged(
          path(), absl::StrCat("changes its sample rate or its channels after ",
                               decimals(seconds(), 3), " s; save the parts as files of their own"));
    }
    return breaks_off(path(), position_, info_);
  }

  double seconds() const { return static_cast<double>(position_) / info_.sample_rate; }

  void note_place() {
    FLAC__uint64 place = 0;
    if (FLAC__stream_decoder_get_decode_position(decoder_, &place)) {
      frame_end_ = static_cast<std::int64_t>(place);
    }
  }

  /// Whether a frame begins where the last one that was decoded has ended: it is cut.
  bool ends_in_a_frame() {
    unsigned char sync[2] = {};
    if (frame_end_ <= 0 || bytes_.seek(frame_end_, SEEK_SET) < 0) return false;
    return bytes_.read(sync, 2) == 2 && sync[0] == 0xFF && (sync[1] & 0xFE) == 0xF8;
  }

  static FlacDecoder& of(void* self) { return *static_cast<FlacDecoder*>(self); }

  static FLAC__StreamDecoderReadStatus read_bytes(const FLAC__StreamDecoder*, FLAC__byte* to,
                                                  std::size_t* count, void* self) {
    const std::int64_t place = of(self).bytes_.position();
    const std::int64_t got = of(self).bytes_.read(to, static_cast<std::int64_t>(*count));
    *count = static_cast<std::size_t>(got);
    for (std::int64_t at = kTotalSamples; of(self).hides_total_ && at < kTotalSamples + 5; ++at) {
      if (at < place || at >= place + got) continue;
      to[at - place] = static_cast<FLAC__byte>(at == kTotalSamples ? to[at - place] & 0xF0 : 0);
    }
    return got > 0 ? FLAC__STREAM_DECODER_READ_STATUS_CONTINUE
                   : FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
  }

  static FLAC__StreamDecoderSeekStatus seek_bytes(const FLAC__StreamDecoder*, FLAC__uint64 place,
                                                  void* self) {
    const bool done = of(self).bytes_.seek(static_cast<std::int64_t>(place), SEEK_SET) >= 0;
    return done ? FLAC__STREAM_DECODER_SEEK_STATUS_OK : FLAC__STREAM_DECODER_SEEK_STATUS_ERROR;
  }

  static FLAC__StreamDecoderTellStatus tell_bytes(const FLAC__StreamDecoder*, FLAC__uint64* place,
                                                  void* self) {
    *place = static_cast<FLAC__uint64>(of(self).bytes_.position());
    return FLAC__STREAM_DECODER_TELL_STATUS_OK;
  }

  static FLAC__StreamDecoderLengthStatus length_bytes(const FLAC__StreamDecoder*,
                                                      FLAC__uint64* length, void* self) {
    *length = static_cast<FLAC__uint64>(of(self).bytes_.size());
    return FLAC__STREAM_DECODER_LENGTH_STATUS_OK;
  }

  static FLAC__bool at_end(const FLAC__StreamDecoder*, void* self) {
    return of(self).bytes_.position() >= of(self).bytes_.size();
  }

  /// What lies between two frames is skipped, and so are tags behind the last. Frames that are
  /// damaged or missing show by the numbers of the others.
  static void ignore_error(const FLAC__StreamDecoder*, FLAC__StreamDecoderErrorStatus, void*) {}

  static FLAC__StreamDecoderWriteStatus write_frame(const FLAC__StreamDecoder*,
                                                    const FLAC__Frame* frame,
                                                    const FLAC__int32* const* samples, void* self) {
    return of(self).take(*frame, samples);
  }

  FLAC__StreamDecoderWriteStatus take(const FLAC__Frame& frame, const FLAC__int32* const* samples) {
    const FLAC__FrameHeader& header = frame.header;
    const auto number = static_cast<std::int64_t>(header.number.sample_number);
    if (sought_) {
      position_ = number + link_begin_;
    } else if (position_ == 0) {  // a recording of a stream does not begin at 0
      link_begin_ = -number;
    } else if (number == 0) {  // another FLAC file behind the first
      link_begin_ = position_;
    }
    if (number != position_ - link_begin_ || is_padding(frame)) return stop(Stop::damaged);
    if (static_cast<int>(header.channels) != info_.channel_count ||
        static_cast<int>(header.sample_rate) != info_.sample_rate) {
      return stop(Stop::changed);
    }
    sought_ = false;
    const std::int64_t frames = header.blocksize;
    const auto channels = static_cast<std::size_t>(info_.channel_count);
    try {
      block_.resize(static_cast<std::size_t>(held_ + frames) * channels);
    } catch (const std::exception&) {  // must not pass through libFLAC, which is C
      return stop(Stop::memory);
    }
    const float scale = 1.0f / static_cast<float>(std::int64_t{1} << (header.bits_per_sample - 1));
    for (std::size_t c = 0; c < channels; ++c) {
      float* to = block_.data() + static_cast<std::size_t>(held_) * channels + c;
      for (std::int64_t i = 0; i < frames; ++i, to += channels) {
        *to = static_cast<float>(samples[c][i]) * scale;
      }
    }
    held_ += frames;
    position_ += frames;
    return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
  }

  /// Whether libFLAC has made a silent frame in place of one that is missing or damaged. The frames
  /// that it reads are all given to us in one object of its own, the first of them too; what it
  /// makes comes in another. (It leaves the checksums at 0 in both.)
  bool is_padding(const FLAC__Frame& frame) {
    if (sought_) return false;  // the frame that was sought is in yet another, and was read
    if (read_frame_ == nullptr) read_frame_ = &frame;
    if (read_frame_ == &frame) return false;
    const auto* first = frame.subframes;
    return std::all_of(first, first + frame.header.channels, [](const FLAC__Subframe& part) {
      return part.type == FLAC__SUBFRAME_TYPE_CONSTANT && part.data.constant.value == 0;
    });
  }

  FLAC__StreamDecoderWriteStatus stop(Stop why) {
    stop_ = why;
    return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
  }

  WindowReader bytes_;
  FLAC__StreamDecoder* decoder_;
  std::vector<float> block_;                 // the samples that were decoded last
  std::int64_t held_ = 0;                    // frames in block_
  std::int64_t taken_ = 0;                   // frames of block_ that the caller has read
  std::int64_t position_ = 0;                // the frame behind the last one of block_
  std::int64_t link_begin_ = 0;              // the position at which frames are numbered from 0
  std::int64_t frame_end_ = 0;               // the byte behind it
  const FLAC__Frame* read_frame_ = nullptr;  // where libFLAC keeps the frame that it has read
  bool hides_total_ = false;                 // libFLAC sees a header that tells no length
  bool sought_ = false;
  bool at_end_ = false;
  Stop stop_ = Stop::none;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Decoder>> open_flac_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link) {
  auto decoder = std::make_unique<FlacDecoder>(source, link.window);
  FOCUS_RETURN_IF_ERROR(decoder->begin());
  return decoder;
}

}  // namespace focus::core::audio
