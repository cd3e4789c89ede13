// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "audio/encoder_output.h"
#include "audio/file_tags.h"
#include "audio/format.h"

namespace focus::core::audio {

/// An output that puts tags into what an encoder writes, on its way to another output, which is
/// open already. The encoder sees positions as if the tags were not there.
class TaggedOutput : public EncoderOutput {
 public:
  void close() final;
  std::string take_bytes() final { return target_->take_bytes(); }

  /// Replaces the tags of a file that is complete but for close(). They take the same room if they
  /// differ in the loudness and in when chapters start; otherwise nothing is replaced.
  virtual void settle(const FileTags& tags) = 0;

 protected:
  TaggedOutput(std::unique_ptr<EncoderOutput> target, FileTags tags);
  /// Writes to the target, and keeps its error.
  bool put_on(std::int64_t position, std::string_view bytes);

  std::unique_ptr<EncoderOutput> target_;
  FileTags tags_;

 private:
  virtual void end() {}
  bool move_to(std::int64_t) final { return true; }
};

/// The tagged output of a format that has its tags at its beginning (FLAC, MP3, Ogg), or `target`
/// itself where a WAV file is written, which gets them at its end. Ogg streams get a serial number
/// that depends on `seed` and the tags alone, where libsndfile draws one.
std::unique_ptr<EncoderOutput> tagged(std::unique_ptr<EncoderOutput> target, AudioFormat format,
                                      const FileTags& tags, std::uint64_t seed);

}  // namespace focus::core::audio
