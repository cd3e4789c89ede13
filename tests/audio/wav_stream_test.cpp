// SPDX-License-Identifier: MIT
#include "audio/wav_stream.h"

#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "base/error.h"
#include "support/signals.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
using audio::AudioFormat;

namespace {

constexpr int kRate = 22050;

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, 4);
  return value;
}

/// All bytes that a reader of a named pipe gets from a writer of `format`.
std::string piped(const TempFolder& folder, const std::string& name, AudioFormat format,
                  const audio::AudioBuffer& audio) {
  const std::string pipe = folder / name;
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string bytes;
  std::thread reader([&] {
    std::ifstream in(pipe, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  });
  const absl::Status status = write_audio_file(pipe, format, audio.view(), audio.sample_rate(), {},
                                               AtomicFile::Durability::synced, {});
  reader.join();
  INFO(status);
  REQUIRE(status.ok());
  CHECK(std::filesystem::is_fifo(pipe));
  return bytes;
}

std::string file_bytes(const TempFolder& folder, const std::string& name, AudioFormat format,
                       const audio::AudioBuffer& audio) {
  REQUIRE(write_audio_file(folder / name, format, audio.view(), audio.sample_rate(), {},
                           AtomicFile::Durability::renamed, {})
              .ok());
  std::ifstream in(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a pipe gets the samples of a WAV file behind a header of unknown length") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(0.3, -20.0, kRate, 1);
  for (const AudioFormat format : {AudioFormat::wav, AudioFormat::wav16, AudioFormat::wav24}) {
    const std::string name(name_of(format));
    CAPTURE(name);
    const std::string stream = piped(folder, name + " pipe", format, audio);
    const std::string file = file_bytes(folder, name + ".wav", format, audio);
    CHECK(stream.starts_with("RIFF"));
    CHECK(stream.substr(8, 8) == "WAVEfmt ");
    CHECK(number_at(stream, 4) == 0xFFFFFFFF);
    const std::size_t data = stream.find("data");
    CHECK(number_at(stream, data + 4) == 0xFFFFFFFF);
    CHECK(stream.substr(data + 8) == file.substr(file.find("data") + 8));
  }
}

TEST_CASE("other formats reach a pipe with the samples of a file") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(0.3, -20.0, 48000, 1);
  for (const AudioFormat format :
       {AudioFormat::flac16, AudioFormat::flac24, AudioFormat::ogg, AudioFormat::opus}) {
    const std::string name(name_of(format));
    CAPTURE(name);
    const std::string stream = piped(folder, name + " pipe", format, audio);
    const bool is_same = stream == file_bytes(folder, name, format, audio);
    // FLAC tells its length and its checksum at the beginning, which a pipe can not go back to.
    CHECK(is_same == (format == AudioFormat::ogg || format == AudioFormat::opus));
    std::ofstream(folder / "stream", std::ios::binary) << stream;
    const auto from_stream = audio::read_audio_file(folder / "stream", {});
    const auto from_file = audio::read_audio_file(folder / name, {});
    REQUIRE((from_stream.ok() && from_file.ok()));
    REQUIRE(from_stream->frames() == from_file->frames());
    CHECK(largest_difference(from_stream->view(), from_file->view()) == 0.0);
  }
}

TEST_CASE("a stream that is a file after all gets its length at the end") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(0.2, -20.0, kRate, 1, 1);
  for (const AudioFormat format : {AudioFormat::wav, AudioFormat::wav24}) {
    const std::string path = folder / (std::string(name_of(format)) + ".wav");
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    REQUIRE(file >= 0);
    REQUIRE(write_audio_file("/dev/fd/" + std::to_string(file), format, audio.view(), kRate, {},
                             AtomicFile::Durability::synced, {})
                .ok());
    ::close(file);
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK(number_at(bytes, 4) == bytes.size() - 8);
    const auto back = audio::read_audio_file(path, {});
    REQUIRE(back.ok());
    CHECK(back->frames() == audio.frames());
    CHECK(largest_difference(back->view(), audio.view()) < 1e-6);
  }
}

TEST_CASE("WAV of 16 and 24 bits is read back as it was, and 16 bits are dithered like FLAC") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(0.5, -20.0, kRate, 3);
  file_bytes(folder, "16.wav", AudioFormat::wav16, audio);
  file_bytes(folder, "24.wav", AudioFormat::wav24, audio);
  file_bytes(folder, "16.flac", AudioFormat::flac16, audio);
  const auto wav16 = audio::read_audio_file(folder / "16.wav", {});
  const auto wav24 = audio::read_audio_file(folder / "24.wav", {});
  const auto flac16 = audio::read_audio_file(folder / "16.flac", {});
  REQUIRE((wav16.ok() && wav24.ok() && flac16.ok()));
  CHECK(largest_difference(wav16->view(), flac16->view()) == 0.0);
  CHECK(largest_difference(wav24->view(), audio.view()) < 1e-6);
  CHECK(std::filesystem::file_size(folder / "16.wav") <
        4 * static_cast<std::uintmax_t>(audio.frames()) + 200);
}

TEST_CASE("a device that is full is told of, and stays a device") {
  const audio::AudioBuffer audio = noise(0.1, -20.0, kRate, 1);
  if (!std::filesystem::exists("/dev/full")) return;
  for (const AudioFormat format : {AudioFormat::wav, AudioFormat::flac16}) {
    CHECK(has_fault(write_audio_file("/dev/full", format, audio.view(), kRate, {},
                                     AtomicFile::Durability::synced, {}),
                    Fault::no_space));
  }
  CHECK(std::filesystem::is_character_file("/dev/full"));
}

TEST_CASE("the bits that a user wants choose the format, or are refused by name") {
  const auto format = [](const std::string& path, int bits) {
    return audio::user_format(path, "path", bits);
  };
  CHECK(*format("a.wav", 0) == AudioFormat::wav);
  CHECK(*format("a.wav", 16) == AudioFormat::wav16);
  CHECK(*format("a.wav", 24) == AudioFormat::wav24);
  CHECK(*format("a.wav", 32) == AudioFormat::wav);
  CHECK(*format("a.flac", 0) == AudioFormat::flac24);
  CHECK(*format("a.flac", 16) == AudioFormat::flac16);
  CHECK(*format("/dev/null", 16) == AudioFormat::wav16);
  CHECK(field_of(format("a.flac", 32).status()) == "bits");
  CHECK(field_of(format("a.wav", 8).status()) == "bits");
  CHECK(field_of(format("a.ogg", 16).status()) == "bits");
  CHECK(field_of(format("a.xyz", 16).status()) == "path");
  CHECK_FALSE(audio::format_named("wav16").has_value());
  CHECK(audio::format_named("wav") == AudioFormat::wav);
}
