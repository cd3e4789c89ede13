// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/dither.h"
#include "audio/format.h"
#include "base/atomic_file.h"
#include "base/cancel.h"

struct sf_private_tag;  // libsndfile's SNDFILE

namespace focus::core::audio {

class EncoderOutput;

struct AudioFileInfo {
  std::int64_t frames = 0;
  int channel_count = 0;
  int sample_rate = 0;
};

/// Reads any file that libsndfile can read, with up to eight channels. To be used by one thread at
/// a time.
class AudioFileReader {
 public:
  /// Fault::file_missing for a file that is not there; Fault::bad_data for one that is no audio,
  /// saying what would do. The error names the path.
  static absl::StatusOr<std::unique_ptr<AudioFileReader>> open(const std::string& path);
  ~AudioFileReader();
  AudioFileReader(const AudioFileReader&) = delete;
  AudioFileReader& operator=(const AudioFileReader&) = delete;

  const AudioFileInfo& info() const { return info_; }

  /// Fills `to` (as many channels as the file has) from where the last read ended and returns the
  /// frames read: fewer than asked only at the end, 0 when there is nothing left. A file that ends
  /// before the length it promises, or breaks off, is Fault::bad_data.
  absl::StatusOr<std::int64_t> read(AudioView to);

  /// The next read begins at `frame` (0 ... frames).
  absl::Status seek(std::int64_t frame);

 private:
  AudioFileReader(std::string path, sf_private_tag* file, AudioFileInfo info);
  absl::Status broken() const;

  std::string path_;
  sf_private_tag* file_;
  AudioFileInfo info_;
  std::int64_t position_ = 0;
  std::vector<float> interleaved_;
};

/// Reads a whole file into memory.
absl::StatusOr<AudioBuffer> read_audio_file(const std::string& path, const CancelToken& cancel);

struct AudioFileOptions {
  /// The seed of the dither of 16-bit files. The same samples and seed give the same bytes.
  std::uint64_t dither_seed = 0;
  /// Only the file's owner may read it, whatever the umask is.
  bool is_private = false;
};

/// Writes an audio file atomically: it appears under its name complete, at commit(), or not at all.
/// FLAC and WAV files contain no time stamps and no random data: the same samples give the same
/// bytes. 16-bit FLAC is dithered. Integer formats clip samples over full scale; WAV keeps the
/// float samples unchanged (and becomes RF64 beyond 4 GB). A file that is written in memory has the
/// same bytes as one on disk. To be used by one thread at a time.
class AudioFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<AudioFileWriter>> create(const std::string& path,
                                                                 AudioFormat format,
                                                                 int sample_rate, int channel_count,
                                                                 const AudioFileOptions& options);
  static absl::StatusOr<std::unique_ptr<AudioFileWriter>> create_in_memory(
      AudioFormat format, int sample_rate, int channel_count, const AudioFileOptions& options);
  /// Discards the file if it was not committed.
  ~AudioFileWriter();
  AudioFileWriter(const AudioFileWriter&) = delete;
  AudioFileWriter& operator=(const AudioFileWriter&) = delete;

  std::int64_t frames_written() const { return frames_; }

  /// Appends. A full disk is Fault::no_space; after any error the file can only be abandoned.
  absl::Status write(ConstAudioView from);

  /// Completes the file and moves it to its final name.
  absl::Status commit(AtomicFile::Durability durability);
  /// Completes the file and leaves it under its partial name: the caller syncs and renames it.
  absl::StatusOr<AtomicFile*> complete();
  /// Completes a file in memory and returns its bytes.
  absl::StatusOr<std::string> take_bytes();

 private:
  AudioFileWriter(AudioFormat format, int channel_count, const AudioFileOptions& options);
  absl::Status begin(std::unique_ptr<EncoderOutput> output, int sample_rate);
  absl::Status finish();
  absl::Status write_chunk(ConstAudioView chunk);
  absl::Status failure() const;

  std::optional<AtomicFile> file_;  // empty when writing to memory
  AudioFormat format_;
  int channel_count_;
  Dither dither_;
  std::unique_ptr<EncoderOutput> output_;
  sf_private_tag* encoder_ = nullptr;
  std::int64_t frames_ = 0;
  std::vector<float> floats_;
  std::vector<std::int16_t> shorts_;
  std::vector<std::int32_t> ints_;
};

/// Writes all of `audio` to a file.
absl::Status write_audio_file(const std::string& path, AudioFormat format, ConstAudioView audio,
                              int sample_rate, const AudioFileOptions& options,
                              AtomicFile::Durability durability, const CancelToken& cancel);

}  // namespace focus::core::audio
