// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <sndfile.h>

#include <absl/strings/str_cat.h>

#include "audio/encoder_output.h"
#include "audio/file.h"
#include "audio/riff_tags.h"
#include "audio/tagged_output.h"
#include "audio/wav_stream.h"
#include "base/error.h"
#include "base/private_file.h"

namespace focus::core::audio {
namespace {

// The chunks are small so that the encoders' scratch space, some of which is on the stack, does not
// grow with the length of the file.
constexpr std::int64_t kFramesPerWrite = 2048;

// About 224 kbit/s for Vorbis and 160 kbit/s for Opus, in stereo: transparent for listeners.
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
    case AudioFormat::wav16:
      return SF_FORMAT_RF64 | SF_FORMAT_PCM_16;
    case AudioFormat::wav24:
      return SF_FORMAT_RF64 | SF_FORMAT_PCM_24;
    case AudioFormat::mp3:
      return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
  }
  return 0;
}

SF_INFO info_of(AudioFormat format, int sample_rate, int channel_count) {
  SF_INFO info = {};
  info.channels = channel_count;
  info.samplerate = sample_rate;
  info.format = sndfile_format_of(format);
  return info;
}

bool is_16_bit(AudioFormat format) {
  return format == AudioFormat::flac16 || format == AudioFormat::wav16;
}

bool is_24_bit(AudioFormat format) {
  return format == AudioFormat::flac24 || format == AudioFormat::wav24;
}

}  // namespace

absl::Status check_finite(ConstAudioView audio, std::int64_t first_frame) {
  const auto wild = find_wild_sample(audio);
  if (!wild.has_value()) return absl::OkStatus();
  return invalid_field(
      "samples",
      absl::StrCat("frame ", first_frame + wild->frame, " of channel ", wild->channel + 1, " is ",
                   std::isnan(wild->value) ? "not a number" : "infinite",
                   "; every sample has to be finite"));
}

absl::StatusOr<std::unique_ptr<AudioFileWriter>> AudioFileWriter::create(
    const std::string& path, AudioFormat format, int sample_rate, int channel_count,
    const AudioFileOptions& options) {
  std::unique_ptr<AudioFileWriter> writer(
      new AudioFileWriter(format, sample_rate, channel_count, options));
  writer->path_ = path;
  OutputTarget target = find_output_target(path);
  FOCUS_RETURN_IF_ERROR(check_output(target, path));
  FOCUS_RETURN_IF_ERROR(check_format_rate(format, sample_rate));
  FOCUS_RETURN_IF_ERROR(writer->check_channels());
  if (target.kind == OutputTarget::Kind::stream) {
    writer->is_stream_ = true;
    if (is_wav(format)) {
      writer->target_ = std::move(target);
    } else {
      FOCUS_RETURN_IF_ERROR(writer->begin(std::make_unique<StreamOutput>(std::move(target))));
    }
    return writer;
  }
  writer->file_.emplace(path);
  if (options.sweeps_leftovers) writer->file_->sweep_leftovers();
  if (options.is_private) {
    FOCUS_RETURN_IF_ERROR(create_private_file(writer->file_->partial_path()));
  }
  FOCUS_RETURN_IF_ERROR(writer->begin(std::make_unique<FileOutput>(writer->file_->partial_path())));
  return writer;
}

absl::StatusOr<std::unique_ptr<AudioFileWriter>> AudioFileWriter::create_in_memory(
    AudioFormat format, int sample_rate, int channel_count, const AudioFileOptions& options) {
  std::unique_ptr<AudioFileWriter> writer(
      new AudioFileWriter(format, sample_rate, channel_count, options));
  FOCUS_RETURN_IF_ERROR(check_format_rate(format, sample_rate));
  FOCUS_RETURN_IF_ERROR(writer->check_channels());
  FOCUS_RETURN_IF_ERROR(writer->begin(std::make_unique<MemoryOutput>()));
  return writer;
}

AudioFileWriter::AudioFileWriter(AudioFormat format, int sample_rate, int channel_count,
                                 const AudioFileOptions& options)
    : format_(format),
      sample_rate_(sample_rate),
      channel_count_(channel_count),
      dither_seed_(options.dither_seed),
      dither_(options.dither_seed),
      tags_(options.tags) {}

absl::Status AudioFileWriter::check_channels() const {
  SF_INFO info = info_of(format_, sample_rate_, channel_count_);
  if (channel_count_ >= 1 && channel_count_ <= AudioView::kMaxChannels &&
      sf_format_check(&info) != 0) {
    return absl::OkStatus();
  }
  return invalid_field("channel_count",
                       absl::StrCat(channel_count_, " channels can not be written to ",
                                    std::string(name_of(format_)), " files"));
}

absl::Status AudioFileWriter::set_tags(FileTags tags) {
  if (encoder_ != nullptr || stream_) {
    return internal_error("tags are set before the first samples are written");
  }
  tags_ = std::move(tags);
  return absl::OkStatus();
}

void AudioFileWriter::settle_tags(FileTags tags) {
  if (is_stream_) return;
  tags_ = std::move(tags);
  has_settled_ = true;
}

/// Opens the output, so that what can be refused is refused before any samples are made.
absl::Status AudioFileWriter::begin(std::unique_ptr<EncoderOutput> output) {
  output_ = std::move(output);
  output_->open();
  return output_->error() == 0 ? absl::OkStatus() : failure();
}

/// Begins to encode. Encoders write their headers first, so the tags are known by now.
absl::Status AudioFileWriter::start() {
  if (encoder_ != nullptr || stream_) return absl::OkStatus();
  if (is_stream_) tags_.loudness.reset();
  if (target_) {
    stream_ = std::make_unique<WavStream>(*target_, format_, sample_rate_, channel_count_,
                                          dither_seed_, info_chunk(tags_));
    return absl::OkStatus();
  }
  if (is_complete_) return internal_error("the audio is complete already");
  SF_INFO info = info_of(format_, sample_rate_, channel_count_);
  const auto samples = static_cast<std::size_t>(kFramesPerWrite * channel_count_);
  if (is_16_bit(format_)) {
    shorts_.resize(samples);
  } else if (is_24_bit(format_)) {
    ints_.resize(samples);
  } else {
    floats_.resize(samples);
  }
  output_ = tagged(std::move(output_), format_, tags_, dither_seed_);
  encoder_ = sf_open_virtual(EncoderOutput::callbacks(), SFM_WRITE, &info, output_.get());
  if (encoder_ == nullptr) return failure();

  sf_command(encoder_, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  if (is_wav(format_)) {
    // RF64 files have no PEAK chunk, which would contain the time of day. Do not send
    // SFC_SET_ADD_PEAK_CHUNK, not even with SF_FALSE: libsndfile would then add the chunk.
    sf_command(encoder_, SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
  } else if (format_ == AudioFormat::ogg || format_ == AudioFormat::opus) {
    double quality = format_ == AudioFormat::ogg ? kVorbisQuality : kOpusQuality;
    sf_command(encoder_, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
  }
  return absl::OkStatus();
}

AudioFileWriter::~AudioFileWriter() {
  if (encoder_ != nullptr) sf_close(encoder_);
}

absl::Status AudioFileWriter::failure() const {
  const bool in_memory = !file_ && !is_stream_;
  if (output_->error() == ENOMEM && in_memory) return out_of_memory("encoding audio");
  if (output_->error() != 0) {
    return file_error(in_memory ? "audio in memory" : path_, "cannot be written", output_->error());
  }
  const std::string why = absl::StrCat("cannot be encoded: ", sf_strerror(encoder_));
  if (in_memory) return internal_error(absl::StrCat("audio in memory: ", why));
  return path_error(Fault::internal, path_, why);
}

absl::Status AudioFileWriter::write_chunk(ConstAudioView chunk) {
  sf_count_t written = 0;
  if (is_16_bit(format_)) {
    dither_.quantise(chunk, frames_, shorts_.data());
    written = sf_writef_short(encoder_, shorts_.data(), chunk.frames());
  } else if (is_24_bit(format_)) {
    quantise24(chunk, ints_.data());
    written = sf_writef_int(encoder_, ints_.data(), chunk.frames());
  } else {
    interleave(chunk, floats_.data());
    if (format_ != AudioFormat::wav) {
      // Encoders fail on samples far over full scale; LAME ends the process.
      for (float& sample : floats_) sample = std::clamp(sample, -1.0f, 1.0f);
    }
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
  FOCUS_RETURN_IF_ERROR(check_finite(from, frames_));
  FOCUS_RETURN_IF_ERROR(start());
  if (stream_) {
    const int failed = stream_->write(from);
    if (failed != 0) return file_error(path_, "cannot be written", failed);
    frames_ += from.frames();
    return absl::OkStatus();
  }
  for (std::int64_t done = 0; done < from.frames(); done += kFramesPerWrite) {
    FOCUS_RETURN_IF_ERROR(
        write_chunk(from.subview(done, std::min(kFramesPerWrite, from.frames() - done))));
  }
  return absl::OkStatus();
}

absl::Status AudioFileWriter::finish() {
  if (is_complete_) return internal_error("the audio is complete already");
  FOCUS_RETURN_IF_ERROR(start());
  is_complete_ = true;
  const int closed = sf_close(encoder_);
  encoder_ = nullptr;
  if (is_wav(format_) && !tags_.empty() && output_->error() == 0) {
    append_riff_tags(*output_, tags_);
  } else if (auto* front = dynamic_cast<TaggedOutput*>(output_.get()); front && has_settled_) {
    front->settle(tags_);
  }
  output_->close();
  return closed != 0 || output_->error() != 0 ? failure() : absl::OkStatus();
}

absl::StatusOr<AtomicFile*> AudioFileWriter::complete() {
  if (!file_) return internal_error("the audio is in memory or goes to a stream");
  FOCUS_RETURN_IF_ERROR(finish());
  return &*file_;
}

absl::Status AudioFileWriter::commit(AtomicFile::Durability durability) {
  if (target_) {
    FOCUS_RETURN_IF_ERROR(start());
    const int failed = stream_->finish();
    return failed == 0 ? absl::OkStatus() : file_error(path_, "cannot be written", failed);
  }
  if (is_stream_) return finish();
  FOCUS_ASSIGN_OR_RETURN(AtomicFile* const file, complete());
  return file->commit(durability);
}

absl::StatusOr<std::string> AudioFileWriter::take_bytes() {
  if (file_ || is_stream_) return internal_error("the audio goes to a file; commit it");
  FOCUS_RETURN_IF_ERROR(finish());
  return output_->take_bytes();
}

absl::Status write_audio_file(const std::string& path, AudioFormat format, ConstAudioView audio,
                              int sample_rate, const AudioFileOptions& options,
                              AtomicFile::Durability durability, const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(
      const auto writer,
      AudioFileWriter::create(path, format, sample_rate, audio.channel_count(), options));
  for (std::int64_t done = 0; done < audio.frames(); done += kFramesPerWrite) {
    if (cancel.cancelled()) return cancelled_error();
    FOCUS_RETURN_IF_ERROR(
        writer->write(audio.subview(done, std::min(kFramesPerWrite, audio.frames() - done))));
  }
  return writer->commit(durability);
}

}  // namespace focus::core::audio
