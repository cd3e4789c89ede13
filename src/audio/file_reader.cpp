// SPDX-License-Identifier: MIT
#include <algorithm>

#include <absl/strings/str_cat.h>

#include "audio/decoder.h"
#include "audio/file.h"
#include "audio/source.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kChunkFrames = 4096;
constexpr std::int64_t kMoreRoom = 100'000;

// The bounds of the sample rates of files. A header can hold any number, and memory is needed in
// proportion to it.
constexpr int kLowestFileRate = 1000;
constexpr int kHighestFileRate = 768'000;

// A byte holds hardly more frames than this, even of speech in Opus. Silence is smaller still.
constexpr std::int64_t kFramesPerByte = 16;

absl::StatusOr<std::unique_ptr<Decoder>> open_decoder(const std::shared_ptr<AudioSource>& source,
                                                      const AudioLink& link) {
  switch (link.codec) {
    case AudioLink::Codec::flac:
      return open_flac_decoder(source, link);
    case AudioLink::Codec::mpeg:
      return open_mpeg_decoder(source, link);
    case AudioLink::Codec::other:
      break;
  }
  auto decoder = open_sndfile_decoder(source, link);
  if (decoder.ok() || !has_fault(decoder.status(), Fault::bad_data)) return decoder;
  // A recording of a stream begins in the middle of a frame.
  auto stream = open_mpeg_decoder(source, link);
  return stream.ok() ? std::move(stream) : std::move(decoder);
}

absl::Status check_info(const std::string& path, const AudioFileInfo& info) {
  if (info.channel_count < 1 || info.channel_count > AudioView::kMaxChannels) {
    return damaged(path, absl::StrCat("has ", info.channel_count, " channels; at most ",
                                      AudioView::kMaxChannels, " can be read"));
  }
  if (info.sample_rate < kLowestFileRate || info.sample_rate > kHighestFileRate) {
    return damaged(
        path, absl::StrCat("has a sample rate of ", info.sample_rate, " Hz; ", kLowestFileRate,
                           " to ", kHighestFileRate, " can be read; convert it to WAV or FLAC"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status no_audio(const std::string& path) {
  return damaged(path,
                 "not an audio file that can be read; use WAV, FLAC, Ogg Vorbis, Opus or MP3");
}

absl::Status breaks_off(const std::string& path, std::int64_t position, const AudioFileInfo& info) {
  const std::string of = position < info.frames ? absl::StrCat(" of ", info.frames) : "";
  return damaged(path, absl::StrCat("breaks off after ", position, of,
                                    " frames; the file is damaged or incomplete"));
}

absl::StatusOr<std::unique_ptr<AudioFileReader>> AudioFileReader::open(const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(auto source, AudioSource::open(path));
  return open(std::move(source));
}

absl::StatusOr<std::unique_ptr<AudioFileReader>> AudioFileReader::open(
    std::shared_ptr<AudioSource> source) {
  FOCUS_ASSIGN_OR_RETURN(auto links, find_links(*source));
  FOCUS_RETURN_IF_ERROR(source->status());
  std::unique_ptr<AudioFileReader> reader(new AudioFileReader(std::move(source), std::move(links)));
  FOCUS_RETURN_IF_ERROR(reader->open_link(0));
  reader->info_ = reader->decoder_->info();
  FOCUS_RETURN_IF_ERROR(check_info(reader->source_->path(), reader->info_));
  // How long the other links are is known when they are reached.
  if (reader->links_.size() > 1) reader->info_.frames = 0;
  reader->interleaved_.resize(static_cast<std::size_t>(kChunkFrames * reader->info_.channel_count));
  return reader;
}

AudioFileReader::AudioFileReader(std::shared_ptr<AudioSource> source, std::vector<AudioLink> links)
    : source_(std::move(source)), links_(std::move(links)) {}

AudioFileReader::~AudioFileReader() = default;

std::int64_t AudioFileReader::likely_frames() const {
  if (info_.frames == 0) return source_->size() / info_.channel_count;  // a guess: a byte a sample
  return std::min(info_.frames, kFramesPerByte * source_->size());
}

absl::Status AudioFileReader::open_link(std::size_t number) {
  decoder_.reset();
  link_ = number;
  FOCUS_ASSIGN_OR_RETURN(decoder_, open_decoder(source_, links_[number]));
  if (number == 0) return absl::OkStatus();
  const AudioFileInfo& next = decoder_->info();
  if (next.sample_rate == info_.sample_rate && next.channel_count == info_.channel_count) {
    return absl::OkStatus();
  }
  return damaged(
      source_->path(),
      absl::StrCat("changes after ", position_, " frames from ", info_.channel_count,
                   " channels of ", info_.sample_rate, " Hz to ", next.channel_count, " of ",
                   next.sample_rate, " Hz; save the parts as files of their own"));
}

/// Reads into interleaved_, across the ends of links.
absl::StatusOr<std::int64_t> AudioFileReader::read_chunk(std::int64_t wanted) {
  std::int64_t done = 0;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(
        const std::int64_t got,
        decoder_->read(interleaved_.data() + done * info_.channel_count, wanted - done));
    done += got;
    position_ += got;
    if (done == wanted || link_ + 1 == links_.size()) return done;
    FOCUS_RETURN_IF_ERROR(open_link(link_ + 1));
  }
}

absl::StatusOr<std::int64_t> AudioFileReader::read(AudioView to) {
  std::int64_t done = 0;
  while (done < to.frames()) {
    const std::int64_t wanted = std::min(kChunkFrames, to.frames() - done);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got, read_chunk(wanted));
    deinterleave(interleaved_.data(), to.subview(done, got));
    done += got;
    if (got < wanted) break;
  }
  return done;
}

absl::Status AudioFileReader::seek(std::int64_t frame) {
  const bool known = info_.frames > 0;
  if (frame < 0 || (known && frame > info_.frames)) {
    return damaged(source_->path(),
                   known ? absl::StrCat("frame ", frame, " is not within 0 to ", info_.frames)
                         : absl::StrCat("there is no frame ", frame));
  }
  if (links_.size() > 1) return skip_to(frame);
  FOCUS_RETURN_IF_ERROR(decoder_->seek(frame));
  position_ = frame;
  return absl::OkStatus();
}

absl::Status AudioFileReader::skip_to(std::int64_t frame) {
  if (frame < position_) {
    position_ = 0;
    FOCUS_RETURN_IF_ERROR(open_link(0));
  }
  while (position_ < frame) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           read_chunk(std::min(kChunkFrames, frame - position_)));
    if (got == 0) return breaks_off(source_->path(), position_, info_);
  }
  return absl::OkStatus();
}

absl::StatusOr<AudioBuffer> read_audio_file(const std::string& path, const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(const auto reader, AudioFileReader::open(path));
  const AudioFileInfo& info = reader->info();
  // One frame more shows that the file has ended.
  AudioBuffer buffer(info.channel_count, reader->likely_frames() + 1, info.sample_rate);
  std::int64_t done = 0;
  while (true) {
    if (cancel.cancelled()) return cancelled_error();
    if (done == buffer.frames()) buffer.lengthen(done + done / 4 + kMoreRoom);
    const std::int64_t wanted = std::min(kChunkFrames, buffer.frames() - done);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           reader->read(buffer.view().subview(done, wanted)));
    done += got;
    if (got < wanted) break;
  }
  buffer.truncate(done);
  return buffer;
}

}  // namespace focus::core::audio
