// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <sndfile.h>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kChunkFrames = 4096;

/// Checks with the system calls whether `path` can be read: libsndfile's errors do not give the
/// reason.
absl::Status check_readable(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return damaged(path, "is a folder; name an audio file");
  }
  errno = 0;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return file_error(path, "cannot be read", errno);
  std::fclose(file);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<AudioFileReader>> AudioFileReader::open(const std::string& path) {
  FOCUS_RETURN_IF_ERROR(check_readable(path));
  SF_INFO sf_info = {};
  SNDFILE* file = sf_open(path.c_str(), SFM_READ, &sf_info);
  if (file == nullptr) {
    return damaged(path,
                   "not an audio file that can be read; use WAV, FLAC, Ogg Vorbis, Opus or MP3");
  }
  AudioFileInfo info;
  info.frames = std::max<sf_count_t>(sf_info.frames, 0);
  info.channel_count = sf_info.channels;
  info.sample_rate = sf_info.samplerate;
  std::unique_ptr<AudioFileReader> reader(new AudioFileReader(path, file, info));
  if (info.channel_count < 1 || info.channel_count > AudioView::kMaxChannels) {
    return damaged(path, absl::StrCat("has ", info.channel_count, " channels; at most ",
                                      AudioView::kMaxChannels, " can be read"));
  }
  if (info.sample_rate < 1) return damaged(path, "has no sample rate; convert it to WAV or FLAC");
  reader->interleaved_.resize(static_cast<std::size_t>(kChunkFrames * info.channel_count));
  return reader;
}

AudioFileReader::AudioFileReader(std::string path, SNDFILE* file, AudioFileInfo info)
    : path_(std::move(path)), file_(file), info_(info) {}

AudioFileReader::~AudioFileReader() { sf_close(file_); }

absl::Status AudioFileReader::broken() const {
  return damaged(path_, absl::StrCat("breaks off after ", position_, " of ", info_.frames,
                                     " frames; the file is damaged or incomplete"));
}

absl::StatusOr<std::int64_t> AudioFileReader::read(AudioView to) {
  std::int64_t done = 0;
  while (done < to.frames()) {
    const std::int64_t wanted = std::min(kChunkFrames, to.frames() - done);
    const std::int64_t got = sf_readf_float(file_, interleaved_.data(), wanted);
    if (got > 0) deinterleave(interleaved_.data(), to.subview(done, got));
    done += std::max<std::int64_t>(got, 0);
    position_ += std::max<std::int64_t>(got, 0);
    if (got < wanted) {
      if (position_ < info_.frames || sf_error(file_) != SF_ERR_NO_ERROR) return broken();
      break;
    }
  }
  return done;
}

absl::Status AudioFileReader::seek(std::int64_t frame) {
  if (frame < 0 || frame > info_.frames) {
    return damaged(path_, absl::StrCat("frame ", frame, " is not within 0 to ", info_.frames));
  }
  if (sf_seek(file_, frame, SEEK_SET) != frame) return broken();
  position_ = frame;
  return absl::OkStatus();
}

absl::StatusOr<AudioBuffer> read_audio_file(const std::string& path, const CancelToken& cancel) {
  FOCUS_ASSIGN_OR_RETURN(const auto reader, AudioFileReader::open(path));
  const AudioFileInfo& info = reader->info();
  AudioBuffer buffer(info.channel_count, info.frames, info.sample_rate);
  std::int64_t done = 0;
  while (done < info.frames) {
    if (cancel.cancelled()) return cancelled_error();
    const std::int64_t wanted = std::min(kChunkFrames, info.frames - done);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           reader->read(buffer.view().subview(done, wanted)));
    if (got == 0) break;
    done += got;
  }
  buffer.truncate(done);
  return buffer;
}

}  // namespace focus::core::audio
