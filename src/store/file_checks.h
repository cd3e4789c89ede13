// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/audio_bytes.h"

namespace focus::core::store {

/// Opens the audio files of a folder and compares each with the digest that was kept with it. A
/// file is read for that once, and again after it was written to or replaced: what has passed is
/// remembered by its place, length and times. Thread-safe.
class FileChecks {
 public:
  /// Opens the file. Fault::bad_data where its content does not have `digest`, which is "" for a
  /// file that was kept without one and passes. Fault::file_missing where there is none.
  absl::StatusOr<std::shared_ptr<const FileAudioBytes>> open(const std::string& path,
                                                             audio::AudioFormat format,
                                                             const std::string& digest);
  /// The file was written by this process just now and has `digest`: its next opening need not read
  /// it. Does nothing where it can not be opened.
  void note(const std::string& path, audio::AudioFormat format, const std::string& digest);

 private:
  struct Passed {
    std::string stamp;
    std::string digest;
  };
  static constexpr std::size_t kMostRemembered = 16'384;

  bool has_passed(const FileAudioBytes& file, const std::string& digest) const;
  void remember(const FileAudioBytes& file, const std::string& digest);

  mutable Mutex mutex_;
  std::unordered_map<std::string, Passed> passed_ ABSL_GUARDED_BY(mutex_);  ///< by path
};

}  // namespace focus::core::store
