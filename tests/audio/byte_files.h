// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "support/signals.h"
#include "support/temp_folder.h"

namespace focus::test {

/// The bytes of an audio file.
inline std::string encoded(const core::audio::AudioBuffer& audio, core::audio::AudioFormat format) {
  const auto writer = core::audio::AudioFileWriter::create_in_memory(format, audio.sample_rate(),
                                                                     audio.channel_count(), {});
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(audio.view()).ok());
  auto bytes = (*writer)->take_bytes();
  REQUIRE(bytes.ok());
  return *std::move(bytes);
}

inline std::string save(const TempFolder& folder, const std::string& name,
                        const std::string& bytes) {
  std::ofstream(folder / name, std::ios::binary) << bytes;
  return folder / name;
}

/// `count` bytes of `value`, the most significant first. More than eight begin with zeros.
inline std::string big(std::uint64_t value, int count) {
  std::string bytes(static_cast<std::size_t>(count), '\0');
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, value >>= 8)
    *byte = static_cast<char>(value & 0xFF);
  return bytes;
}

/// The same, the least significant first.
inline std::string little(std::uint64_t value, int count) {
  const std::string bytes = big(value, count);
  return {bytes.rbegin(), bytes.rend()};
}

/// `bytes` with other ones at `place`.
inline std::string patched(std::string bytes, std::size_t place, std::string_view other) {
  REQUIRE(place + other.size() <= bytes.size());
  return bytes.replace(place, other.size(), other);
}

/// What a file holds, or nothing and an INFO of why.
inline std::int64_t frames_in(const std::string& path) {
  const auto audio = core::audio::read_audio_file(path, core::CancelToken());
  if (audio.ok()) return audio->frames();
  UNSCOPED_INFO(audio.status().ToString());
  return -1;
}

inline std::string error_of(const std::string& path) {
  return std::string(core::audio::read_audio_file(path, core::CancelToken()).status().message());
}

/// Bytes in which no frame of MP3 or FLAC begins.
inline std::string junk(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(17 + (i * i * 31 + i) % 211);
  return bytes;
}

inline std::string id3v2() {
  return std::string("ID3\x04\0\0\0\0\x07\x68", 10) + std::string(1000, 't');
}
inline std::string id3v1() { return "TAG" + std::string(125, 't'); }
inline std::string ape_tag() {
  const std::string rest =
      little(2000, 4) + little(40 + 32, 4) + little(1, 4) + std::string(3, '\0');
  return "APETAGEX" + rest + "\xA0" + std::string(8, '\0') + std::string(40, 'v') + "APETAGEX" +
         rest + "\x80" + std::string(8, '\0');
}

}  // namespace focus::test
