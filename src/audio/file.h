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
#include "audio/file_tags.h"
#include "audio/format.h"
#include "base/atomic_file.h"
#include "base/cancel.h"

struct sf_private_tag;  // libsndfile's SNDFILE

namespace focus::core::audio {

class AudioSource;
class Decoder;
class EncoderOutput;
struct AudioLink;
class WavStream;

struct AudioFileInfo {
  /// The length as far as it is known before the file was read: exact for most, what a header tells
  /// for FLAC and Ogg, and 0 where a header tells nothing.
  std::int64_t frames = 0;
  int channel_count = 0;
  int sample_rate = 0;
};

/// Reads WAV, AIFF, CAF, AU, FLAC, Ogg, MP3 and whatever else libsndfile can, with up to eight
/// channels. The length that a header tells is not believed: a file is read to its end, also one
/// that consists of several (chained Ogg; MP3, FLAC or WAV files one behind the other). To be used
/// by one thread at a time.
class AudioFileReader {
 public:
  /// Fault::file_missing for a file that is not there; Fault::bad_data for one that is no audio,
  /// saying what would do. The error names the path.
  static absl::StatusOr<std::unique_ptr<AudioFileReader>> open(const std::string& path);
  /// Reads a source from its beginning. It may be read by several readers, one after the other.
  static absl::StatusOr<std::unique_ptr<AudioFileReader>> open(std::shared_ptr<AudioSource> source);
  ~AudioFileReader();
  AudioFileReader(const AudioFileReader&) = delete;
  AudioFileReader& operator=(const AudioFileReader&) = delete;

  const AudioFileInfo& info() const { return info_; }

  /// How many frames to make room for before reading: what `info()` says, but no more than a file
  /// of this size is likely to hold, and a guess where it says nothing. There may be more.
  std::int64_t likely_frames() const;

  /// Fills `to` (as many channels as the file has) from where the last read ended and returns the
  /// frames read: fewer than asked only at the end, 0 when there is nothing left. A file that ends
  /// before the length it promises, breaks off, or changes its rate or channels on the way, is
  /// Fault::bad_data; the message says after how many frames.
  absl::StatusOr<std::int64_t> read(AudioView to);

  /// The next read begins at `frame` (0 ... frames).
  absl::Status seek(std::int64_t frame);

 private:
  AudioFileReader(std::shared_ptr<AudioSource> source, std::vector<AudioLink> links);
  absl::Status open_link(std::size_t number);
  absl::StatusOr<std::int64_t> read_chunk(std::int64_t wanted);
  absl::Status skip_to(std::int64_t frame);

  std::shared_ptr<AudioSource> source_;
  std::vector<AudioLink> links_;
  std::size_t link_ = 0;
  std::unique_ptr<Decoder> decoder_;
  AudioFileInfo info_;
  std::int64_t position_ = 0;
  std::vector<float> interleaved_;
};

/// Reads a whole file into memory.
absl::StatusOr<AudioBuffer> read_audio_file(const std::string& path, const CancelToken& cancel);

struct AudioFileOptions {
  /// The seed of the dither of 16-bit files. The same samples and seed give the same bytes.
  std::uint64_t dither_seed = 0;
  /// Removes what killed processes have left of earlier attempts to write the file.
  bool sweeps_leftovers = false;
  /// Only the file's owner may read it, whatever the umask is.
  bool is_private = false;
  /// What the file says of itself. Must be valid. What goes to a stream has no loudness, since that
  /// would have to come first.
  FileTags tags;
};

/// Writes an audio file atomically: it appears under its name complete, at commit(), or not at all.
/// Files contain no time stamps and no random data: the same samples and options give the same
/// bytes. 16-bit files are dithered. Integer formats clip samples over full scale; float WAV keeps
/// the float samples unchanged (and becomes RF64 beyond 4 GB). A file that is written in memory has
/// the same bytes as one on disk. A pipe, a device or standard output gets every format while it is
/// written; lengths and totals, which come first and are known last, are put in where the stream is
/// a file after all. To be used by one thread at a time.
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

  /// Appends. Samples that are not finite are refused, and nothing is written (see check_finite). A
  /// full disk is Fault::no_space; after any other error the file can only be abandoned.
  absl::Status write(ConstAudioView from);

  /// Replaces the tags of the options before the first write. They must be valid.
  absl::Status set_tags(FileTags tags);
  /// Replaces what is known at the end: the loudness and the times of chapters. All else must be as
  /// it was. A stream keeps what it has got.
  void settle_tags(FileTags tags);
  /// Whether it goes to a pipe, a device or standard output.
  bool is_stream() const { return is_stream_; }

  /// Completes the file and moves it to its final name.
  absl::Status commit(AtomicFile::Durability durability);
  /// Completes the file and leaves it under its partial name: the caller syncs and renames it.
  absl::StatusOr<AtomicFile*> complete();
  /// Completes a file in memory and returns its bytes.
  absl::StatusOr<std::string> take_bytes();

 private:
  AudioFileWriter(AudioFormat format, int sample_rate, int channel_count,
                  const AudioFileOptions& options);
  absl::Status check_channels() const;
  absl::Status begin(std::unique_ptr<EncoderOutput> output);
  absl::Status start();
  absl::Status finish();
  absl::Status write_chunk(ConstAudioView chunk);
  absl::Status failure() const;

  std::string path_;                    // "" when writing to memory
  std::optional<AtomicFile> file_;      // empty when writing to memory or to a stream
  std::optional<OutputTarget> target_;  // of WAV that goes to a stream
  std::unique_ptr<WavStream> stream_;   // likewise, from the first write on
  bool is_stream_ = false;
  AudioFormat format_;
  int sample_rate_;
  int channel_count_;
  std::uint64_t dither_seed_;
  Dither dither_;
  FileTags tags_;
  bool has_settled_ = false;
  bool is_complete_ = false;
  std::unique_ptr<EncoderOutput> output_;
  sf_private_tag* encoder_ = nullptr;
  std::int64_t frames_ = 0;
  std::vector<float> floats_;
  std::vector<std::int16_t> shorts_;
  std::vector<std::int32_t> ints_;
};

/// Refuses samples that are not finite, naming the field "samples" and the place of the first:
/// `first_frame` is the number of the first frame of `audio`.
absl::Status check_finite(ConstAudioView audio, std::int64_t first_frame);

/// Writes all of `audio` to a file.
absl::Status write_audio_file(const std::string& path, AudioFormat format, ConstAudioView audio,
                              int sample_rate, const AudioFileOptions& options,
                              AtomicFile::Durability durability, const CancelToken& cancel);

}  // namespace focus::core::audio
