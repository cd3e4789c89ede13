// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "support/signals.h"
#include "support/temp_folder.h"

namespace focus::test {

/// Writes `audio` as a WAV file and gives its path.
inline std::string write_wav(const TempFolder& folder, const std::string& name,
                             const core::audio::AudioBuffer& audio) {
  const std::string path = folder / name;
  REQUIRE(core::audio::write_audio_file(path, core::audio::AudioFormat::wav, audio.view(),
                                        audio.sample_rate(), {},
                                        core::AtomicFile::Durability::renamed, {})
              .ok());
  return path;
}

}  // namespace focus::test
