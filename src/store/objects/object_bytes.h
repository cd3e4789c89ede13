// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <absl/status/status.h>

#include "audio/format.h"
#include "store/audio_bytes.h"

namespace focus::core::store {

/// What the catalogue knows of an object. The same name has always the same bytes.
struct ObjectFacts {
  std::string name;
  audio::AudioFormat format = audio::AudioFormat::flac16;
  std::int64_t size = 0;
  std::string digest;  ///< base/digest.h
};

/// Whether the size and the digest of a file are those of the object; Fault::bad_data where they
/// are not. Reads all of it.
absl::Status check_bytes(const ObjectFacts& object, const AudioBytes& file);

/// The bytes of an object in a file of this machine. Their identity is the digest, the same on each
/// node. They have no path: the file may be removed at any time, while it is still open here.
class ObjectBytes final : public AudioBytes {
 public:
  static std::shared_ptr<const AudioBytes> of(std::shared_ptr<const FileAudioBytes> file,
                                              const std::string& digest);

 private:
  ObjectBytes(std::shared_ptr<const FileAudioBytes> file, const std::string& digest);
  absl::Status read_all(std::int64_t offset, char* to, std::int64_t count) const override;

  const std::shared_ptr<const FileAudioBytes> file_;
};

}  // namespace focus::core::store
