// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/error.h"
#include "byte_files.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kFrames = 48000;

audio::AudioBuffer a_second() { return noise(1.0, -12.0, 48000, 1, 2); }

std::string flac() { return encoded(a_second(), audio::AudioFormat::flac24); }

/// The same file, whose header tells another length; 0 is "not known".
std::string telling(const std::string& flac, std::uint64_t frames) {
  const auto upper = static_cast<char>((flac[21] & 0xF0) | static_cast<char>(frames >> 32 & 15));
  return patched(flac, 21, upper + big(frames & 0xFFFFFFFF, 4));
}

/// Where the frames of 48 kHz, stereo, 24 bits begin.
std::vector<std::size_t> frames_of(const std::string& flac) {
  std::vector<std::size_t> places;
  const std::string sync = flac.substr(flac.find("\xFF\xF8", 42), 4);
  for (std::size_t at = 42; (at = flac.find(sync, at)) != std::string::npos; ++at) {
    places.push_back(at);
  }
  return places;
}

}  // namespace

TEST_CASE("a FLAC file whose header tells no length, or too little, is read to its end") {
  const TempFolder folder;
  const audio::AudioBuffer expected = a_second();
  for (const std::uint64_t told : {0u, 1u, 20000u, 47999u, 48000u}) {
    CAPTURE(told);
    const std::string path = save(folder, "a.flac", telling(flac(), told));
    const auto audio = audio::read_audio_file(path, CancelToken());
    REQUIRE(audio.ok());
    REQUIRE(audio->frames() == kFrames);
    CHECK(largest_difference(audio->view(), expected.view()) < 1e-6);
  }
}

TEST_CASE("a FLAC file of unknown length is sought in") {
  const TempFolder folder;
  const audio::AudioBuffer expected = a_second();
  const auto reader = audio::AudioFileReader::open(save(folder, "a.flac", telling(flac(), 0)));
  REQUIRE(reader.ok());
  audio::AudioBuffer part(2, 700, 48000);
  for (const std::int64_t frame : {0, 8192, 47000, 4096, 100, 12287}) {
    CAPTURE(frame);
    REQUIRE((*reader)->seek(frame).ok());
    REQUIRE((*reader)->read(part.view()).value_or(-1) == 700);
    CHECK(largest_difference(part.view(), expected.view().subview(frame, 700)) < 1e-6);
  }
  CHECK(has_fault((*reader)->seek(kFrames + 5000), Fault::bad_data));
}

TEST_CASE("a FLAC file that ends before the length its header tells is refused with both") {
  const TempFolder folder;
  for (const std::uint64_t told :
       {std::uint64_t{48001}, std::uint64_t{1} << 31, (std::uint64_t{1} << 36) - 1}) {
    const std::string path = save(folder, "a.flac", telling(flac(), told));
    CHECK(error_of(path) == path + ": breaks off after 48000 of " + std::to_string(told) +
                                " frames; the file is damaged or incomplete");
    const auto reader = audio::AudioFileReader::open(path);
    REQUIRE(reader.ok());
    // No memory is made ready that a file of this size can not fill.
    CHECK((*reader)->likely_frames() <= 16 * static_cast<std::int64_t>(flac().size()));
  }
}

TEST_CASE("tags and other bytes around FLAC are not heard") {
  const TempFolder folder;
  for (const std::uint64_t told : {0, 48000}) {
    const std::string file = telling(flac(), told);
    for (const std::string& bytes :
         {file + id3v1(), file + ape_tag(), file + ape_tag() + id3v1(), id3v2() + file,
          id3v2() + file + id3v1(), file + junk(3000), file + std::string(5000, '\0')}) {
      CHECK(frames_in(save(folder, "a.flac", bytes)) == kFrames);
    }
  }
}

TEST_CASE("FLAC files one behind the other are read as one") {
  const TempFolder folder;
  const std::string file = flac();
  CHECK(frames_in(save(folder, "a.flac", file + file)) == 2 * kFrames);
  CHECK(frames_in(save(folder, "b.flac", telling(file, 0) + telling(file, 0))) == 2 * kFrames);
  const std::string other = encoded(noise(1.0, -12.0, 44100, 1, 2), audio::AudioFormat::flac24);
  const std::string path = save(folder, "c.flac", file + other);
  CHECK(error_of(path).find("changes its sample rate or its channels after 1.000 s") !=
        std::string::npos);
}

TEST_CASE("a FLAC file that is cut or lacks a frame says after how many frames") {
  const TempFolder folder;
  const std::string known = flac();
  const auto places = frames_of(known);
  REQUIRE(places.size() == 11);  // of 4096 samples; the last frame has another header
  for (const std::string& file : {known, telling(known, 0)}) {
    const auto breaks_off_after = [&](const std::string& bytes, std::int64_t frames) {
      const std::string error = error_of(save(folder, "a.flac", bytes));
      INFO(error);
      CHECK(error.find("breaks off after " + std::to_string(frames) + " ") != std::string::npos);
    };
    breaks_off_after(file.substr(0, places[5] + 100), 5 * 4096);
    breaks_off_after(file.substr(0, file.size() - 1), 11 * 4096);
    breaks_off_after(file.substr(0, places[5]) + file.substr(places[6]), 5 * 4096);
    breaks_off_after(patched(file, places[5] + 1000, "rotten"), 5 * 4096);
    // Nothing is missing where something stands between two frames.
    const std::string filled = file.substr(0, places[5]) + junk(500) + file.substr(places[5]);
    CHECK(frames_in(save(folder, "b.flac", filled)) == kFrames);
  }
}

TEST_CASE("silent frames of a FLAC file are music, and not what stands for missing ones") {
  const TempFolder folder;
  audio::AudioBuffer music = a_second();
  for (int c = 0; c < 2; ++c) {
    const auto samples = music.samples(c);
    std::fill(samples.begin() + 10'000, samples.begin() + 30'000, 0.0f);
    std::fill(samples.begin() + 45'000, samples.end(), 0.0f);
  }
  const audio::AudioBuffer& expected = music;
  const std::string path = save(folder, "a.flac", encoded(music, audio::AudioFormat::flac24));
  const auto audio = audio::read_audio_file(path, CancelToken());
  REQUIRE(audio.ok());
  REQUIRE(audio->frames() == kFrames);
  CHECK(largest_difference(audio->view(), expected.view()) < 1e-6);
  const auto reader = audio::AudioFileReader::open(path);
  REQUIRE(reader.ok());
  audio::AudioBuffer part(2, 9000, 48000);
  REQUIRE((*reader)->seek(20'500).ok());
  CHECK((*reader)->read(part.view()).value_or(-1) == 9000);
}
