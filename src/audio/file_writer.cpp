// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sndfile.h>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/error.h"

namespace focus::core {
namespace {

// Small enough that no encoder's own scratch space, some of it on the stack, grows with the file.
constexpr std::int64_t kChunkFrames = 2048;

// About 224 kbit/s of Vorbis in stereo and 160 of Opus: nothing is heard of the coding.
constexpr double kVorbisQuality = 0.7;
constexpr double kOpusQuality = 0.6;

int sndfile_format_of(AudioFormat format) {
  switch (format) {
    case AudioFormat::flac16:
      return SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    case AudioFormat::flac24:
      return SF_FORMAT_FLAC | SF_FORMAT_PCM_24;
    case AudioFormat::wav:
      return SF_FORMAT_RF64 | SF_FORMAT_FLOAT;
    case AudioFormat::ogg:
      return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    case AudioFormat::opus:
      return SF_FORMAT_OGG | SF_FORMAT_OPUS;
    case AudioFormat::mp3:
      return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
  }
  return 0;
}

}  // namespace

/// The file libsndfile writes through. Its own input and output forgets why a write failed, above
/// all the last one at closing; this remembers the first error there was.
class AudioFileWriter::Output {
 public:
  bool open(const std::string& path) {
    errno = 0;
    constexpr auto kMode = std::ios::in | std::ios::out | std::ios::binary | std::ios::trunc;
    if (file_.open(path, kMode) == nullptr) note_error();
    return error_ == 0;
  }

  void close() {
    errno = 0;
    if (file_.is_open() && file_.close() == nullptr) note_error();
  }

  /// The first error, or 0.
  int error() const { return error_; }

  SF_VIRTUAL_IO* callbacks() {
    static SF_VIRTUAL_IO io = {
        [](void* self) { return of(self).length_; },
        [](sf_count_t offset, int whence, void* self) { return of(self).seek(offset, whence); },
        [](void* to, sf_count_t count, void* self) { return of(self).read(to, count); },
        [](const void* from, sf_count_t count, void* self) { return of(self).write(from, count); },
        [](void* self) { return of(self).position_; },
    };
    return &io;
  }

 private:
  static Output& of(void* self) { return *static_cast<Output*>(self); }

  void note_error() {
    if (error_ == 0) error_ = errno == 0 ? EIO : errno;
  }

  sf_count_t seek(sf_count_t offset, int whence) {
    const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position_ : length_;
    errno = 0;
    const auto reached = file_.pubseekpos(base + offset);
    if (reached == std::filebuf::pos_type(std::filebuf::off_type(-1))) {
      note_error();
      return -1;
    }
    position_ = reached;
    return position_;
  }

  sf_count_t read(void* to, sf_count_t count) {
    const sf_count_t got = file_.sgetn(static_cast<char*>(to), count);
    position_ += got;
    return got;
  }

  sf_count_t write(const void* from, sf_count_t count) {
    if (error_ != 0) return 0;
    errno = 0;
    const sf_count_t put = file_.sputn(static_cast<const char*>(from), count);
    if (put < count) note_error();
    position_ += put;
    length_ = std::max(length_, position_);
    return put;
  }

  std::filebuf file_;
  sf_count_t position_ = 0;
  sf_count_t length_ = 0;
  int error_ = 0;
};

absl::StatusOr<std::unique_ptr<AudioFileWriter>> AudioFileWriter::create(
    const std::string& path, AudioFormat format, int sample_rate, int channel_count,
    const AudioFileOptions& options) {
  FOCUS_RETURN_IF_ERROR(check_format_rate(format, sample_rate));
  SF_INFO info = {};
  info.channels = channel_count;
  info.samplerate = sample_rate;
  info.format = sndfile_format_of(format);
  if (channel_count < 1 || channel_count > AudioView::kMaxChannels || sf_format_check(&info) == 0) {
    return invalid_field("channel_count",
                         absl::StrCat(channel_count, " channels can not be written to ",
                                      std::string(name_of(format)), " files"));
  }
  std::unique_ptr<AudioFileWriter> writer(
      new AudioFileWriter(path, format, channel_count, options));
  if (!writer->output_->open(writer->file_.partial_path())) return writer->failure();
  writer->encoder_ =
      sf_open_virtual(writer->output_->callbacks(), SFM_WRITE, &info, writer->output_.get());
  if (writer->encoder_ == nullptr) return writer->failure();

  SNDFILE* encoder = writer->encoder_;
  sf_command(encoder, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  if (format == AudioFormat::wav) {
    // RF64 has no PEAK chunk, which would hold the time of day, and asking libsndfile to leave it
    // out would put one in.
    sf_command(encoder, SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
  } else if (format == AudioFormat::ogg || format == AudioFormat::opus) {
    double quality = format == AudioFormat::ogg ? kVorbisQuality : kOpusQuality;
    sf_command(encoder, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
  }
  return writer;
}

AudioFileWriter::AudioFileWriter(const std::string& path, AudioFormat format, int channel_count,
                                 const AudioFileOptions& options)
    : file_(path),
      format_(format),
      channel_count_(channel_count),
      dither_(options.dither_seed),
      output_(std::make_unique<Output>()) {
  const auto samples = static_cast<std::size_t>(kChunkFrames * channel_count);
  if (format == AudioFormat::flac16) {
    shorts_.resize(samples);
  } else if (format == AudioFormat::flac24) {
    ints_.resize(samples);
  } else {
    floats_.resize(samples);
  }
}

AudioFileWriter::~AudioFileWriter() {
  if (encoder_ != nullptr) sf_close(encoder_);
}

absl::Status AudioFileWriter::failure() const {
  if (output_->error() != 0) {
    return file_error(file_.path(), "cannot be written", output_->error());
  }
  return with_field(absl::InternalError(
                        absl::StrCat(file_.path(), ": cannot be encoded: ", sf_strerror(encoder_))),
                    file_.path());
}

absl::Status AudioFileWriter::write_chunk(ConstAudioView chunk) {
  sf_count_t written = 0;
  if (format_ == AudioFormat::flac16) {
    dither_.quantise(chunk, frames_, shorts_.data());
    written = sf_writef_short(encoder_, shorts_.data(), chunk.frames());
  } else if (format_ == AudioFormat::flac24) {
    quantise24(chunk, ints_.data());
    written = sf_writef_int(encoder_, ints_.data(), chunk.frames());
  } else {
    interleave(chunk, floats_.data());
    written = sf_writef_float(encoder_, floats_.data(), chunk.frames());
  }
  if (written != chunk.frames() || output_->error() != 0) return failure();
  frames_ += written;
  return absl::OkStatus();
}

absl::Status AudioFileWriter::write(ConstAudioView from) {
  if (from.channel_count() != channel_count_) {
    return invalid_field("channel_count", absl::StrCat("the file has ", channel_count_,
                                                       ", the audio ", from.channel_count()));
  }
  for (std::int64_t done = 0; done < from.frames(); done += kChunkFrames) {
    FOCUS_RETURN_IF_ERROR(
        write_chunk(from.subview(done, std::min(kChunkFrames, from.frames() - done))));
  }
  return absl::OkStatus();
}

absl::Status AudioFileWriter::commit(AtomicFile::Durability durability) {
  if (encoder_ == nullptr) return absl::FailedPreconditionError("the file is committed already");
  const int closed = sf_close(encoder_);
  encoder_ = nullptr;
  output_->close();
  if (closed != 0 || output_->error() != 0) return failure();
  return file_.commit(durability);
}

absl::Status write_audio_file(const std::string& path, AudioFormat format, ConstAudioView audio,
                              int sample_rate, const AudioFileOptions& options,
                              AtomicFile::Durability durability, const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(
      const auto writer,
      AudioFileWriter::create(path, format, sample_rate, audio.channel_count(), options));
  for (std::int64_t done = 0; done < audio.frames(); done += kChunkFrames) {
    if (cancel.cancelled()) return cancelled_error();
    FOCUS_RETURN_IF_ERROR(
        writer->write(audio.subview(done, std::min(kChunkFrames, audio.frames() - done))));
  }
  return writer->commit(durability);
}

}  // namespace focus::core
