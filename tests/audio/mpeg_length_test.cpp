// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include "audio/mpeg_map.h"
#include "base/error.h"
#include "byte_files.h"

using namespace focus::core;
using namespace focus::test;

namespace {

bool no_mp3() { return !audio::check_format_rate(audio::AudioFormat::mp3, 44100).ok(); }

std::string mp3(double seconds, int channels = 2, int rate = 44100) {
  return encoded(noise(seconds, -12.0, rate, 1, channels), audio::AudioFormat::mp3);
}

/// Where the frames of a file without tags begin, and its end. The first is the index.
std::vector<std::size_t> frames_of(const std::string& mp3) {
  std::vector<std::size_t> places = {0};
  while (places.back() < mp3.size()) {
    const auto header = audio::parse_mpeg_header(
        reinterpret_cast<const unsigned char*>(mp3.data() + places.back()));
    REQUIRE(header.has_value());
    places.push_back(places.back() + static_cast<std::size_t>(header->bytes));
  }
  return places;
}

std::string without_index(const std::string& mp3) { return mp3.substr(frames_of(mp3)[1]); }

/// The same file, whose index tells another number of frames.
std::string telling(const std::string& mp3, std::uint64_t frames) {
  const std::size_t index = std::min(mp3.find("Xing"), mp3.find("Info"));
  return patched(mp3, index + 8, big(frames, 4));
}

/// A frame of silence of 32 kbit/s at 44.1 kHz.
std::string quiet_frame() { return "\xFF\xFB\x10\x64" + std::string(100, '\0'); }

std::string repeated(const std::string& bytes, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += bytes;
  return all;
}

}  // namespace

TEST_CASE("headers of MPEG frames tell their sizes") {
  struct Row {
    const char* bytes;
    int version, layer, rate, channels, size, samples;
  };
  for (const Row& row : {Row{"\xFF\xFB\x90\x64", 1, 3, 44100, 2, 417, 1152},
                         Row{"\xFF\xFB\x92\x64", 1, 3, 44100, 2, 418, 1152},
                         Row{"\xFF\xFB\xE4\xC4", 1, 3, 48000, 1, 960, 1152},
                         Row{"\xFF\xF3\x88\x64", 2, 3, 16000, 2, 288, 576},
                         Row{"\xFF\xE3\x18\xC4", 3, 3, 8000, 1, 72, 576},
                         Row{"\xFF\xFD\x80\x04", 1, 2, 44100, 2, 417, 1152},
                         Row{"\xFF\xFF\x82\x04", 1, 1, 44100, 2, 280, 384}}) {
    const auto header = audio::parse_mpeg_header(reinterpret_cast<const unsigned char*>(row.bytes));
    REQUIRE(header.has_value());
    CAPTURE(row.rate, row.layer);
    CHECK(header->version == row.version);
    CHECK(header->layer == row.layer);
    CHECK(header->sample_rate == row.rate);
    CHECK(header->channel_count == row.channels);
    CHECK(header->bytes == row.size);
    CHECK(header->samples == row.samples);
  }
  for (const char* bytes : {"\xFF\xFB\x00\x64", "\xFF\xFB\xF0\x64", "\xFF\xFB\x9C\x64",
                            "\xFF\xEB\x90\x64", "\xFF\xF9\x90\x64", "RIFF"}) {
    CHECK_FALSE(audio::parse_mpeg_header(reinterpret_cast<const unsigned char*>(bytes)));
  }
}

TEST_CASE("an MP3 with an index has the length that was encoded, to the sample") {
  if (no_mp3()) return;
  const TempFolder folder;
  for (const int rate : {44100, 48000, 16000}) {
    for (const int channels : {1, 2}) {
      const std::string path = save(folder, "a.mp3", mp3(2.0, channels, rate));
      const auto reader = audio::AudioFileReader::open(path);
      REQUIRE(reader.ok());
      CHECK((*reader)->info().frames == 2 * rate);
      CHECK((*reader)->info().channel_count == channels);
      CHECK(frames_in(path) == 2 * rate);
    }
  }
}

TEST_CASE("an MP3 of changing bit rate without an index is counted to its end") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string loud = without_index(mp3(2.0));
  const auto loud_frames = static_cast<std::int64_t>(frames_of(loud).size()) - 1;
  const std::string path = save(folder, "a.mp3", loud + repeated(quiet_frame(), 800) + loud);
  const auto audio = audio::read_audio_file(path, CancelToken());
  REQUIRE(audio.ok());
  CHECK(audio->frames() == (2 * loud_frames + 800) * 1152);
  CHECK(rms(audio->view().subview(audio->frames() - 44100, 40000)) > 0.1);
  CHECK(rms(audio->view().subview(audio->frames() / 2, 44100)) < 1e-6);
}

TEST_CASE("what the index of an MP3 tells of its frames is not believed") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string file = mp3(2.0);
  const auto frames = static_cast<std::int64_t>(frames_of(file).size()) - 2;
  for (const std::uint64_t told : {0u, 1u, 30u, 100'000u, 0xFFFFFFFFu}) {
    CAPTURE(told);
    const std::int64_t got = frames_in(save(folder, "a.mp3", telling(file, told)));
    CHECK(got > 2 * 44100);
    CHECK(got <= frames * 1152);
  }
}

TEST_CASE("MP3 files one behind the other are heard without the padding between them") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string one = mp3(2.0);
  const std::string other = mp3(1.0);
  CHECK(frames_in(save(folder, "a.mp3", one + other + one)) == 5 * 44100);
  CHECK(frames_in(save(folder, "b.mp3", id3v2() + one + id3v1() + id3v2() + other + id3v1())) ==
        3 * 44100);
  CHECK(frames_in(save(folder, "c.mp3", one + ape_tag() + other + ape_tag() + id3v1())) ==
        3 * 44100);
  const auto mono = mp3(1.0, 1);
  const auto both = audio::read_audio_file(save(folder, "d.mp3", mono + one), CancelToken());
  REQUIRE(both.ok());
  CHECK(both->channel_count() == 2);
  CHECK(both->frames() == 3 * 44100);
  const auto first = std::as_const(*both).view().subview(0, 44100);
  CHECK(rms(first) > 0.1);
  CHECK(std::equal(first.samples(0).begin(), first.samples(0).end(), first.samples(1).begin()));
  const std::string error = error_of(save(folder, "e.mp3", one + mp3(1.0, 2, 48000)));
  CHECK(error.find("changes its sample rate from 44100 to 48000 Hz") != std::string::npos);
}

TEST_CASE("an MP3 is sought in, across its parts") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string path = save(folder, "a.mp3", mp3(2.0) + mp3(1.0));
  const auto whole = audio::read_audio_file(path, CancelToken());
  const auto reader = audio::AudioFileReader::open(path);
  REQUIRE(reader.ok());
  audio::AudioBuffer part(2, 500, 44100);
  for (const std::int64_t frame : {100'000, 88'200, 50'000, 0, 131'800}) {
    CAPTURE(frame);
    REQUIRE((*reader)->seek(frame).ok());
    REQUIRE((*reader)->read(part.view()).value_or(-1) == 500);
    CHECK(largest_difference(part.view(), whole->view().subview(frame, 500)) < 0.01);
  }
}

TEST_CASE("an MP3 with other bytes in it, or cut, is read as far as it goes") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string file = without_index(mp3(3.0));
  const auto places = frames_of(file);
  const auto frames = static_cast<std::int64_t>(places.size()) - 1;
  const auto middle = places[places.size() / 2];
  const auto count_of = [&](const std::string& bytes) {
    const std::int64_t samples = frames_in(save(folder, "a.mp3", bytes));
    CHECK(samples % 1152 == 0);
    return samples / 1152;
  };
  CHECK(count_of(file) == frames);
  CHECK(count_of(file.substr(0, middle) + junk(3000) + file.substr(middle)) == frames);
  CHECK(count_of(file + junk(3000)) == frames);
  CHECK(count_of(file + std::string(5000, '\0')) == frames);
  CHECK(count_of(file.substr(0, middle + 20)) == static_cast<std::int64_t>(places.size() / 2));
  CHECK(count_of(file.substr(0, middle + 20) + file.substr(middle + 60)) == frames - 1);
  // A recording of a stream begins in the middle of a frame.
  CHECK(count_of(file.substr(100)) == frames - 1);
  CHECK(count_of(junk(700) + file) == frames);
}

TEST_CASE("MP3 inside a WAV file is read as MP3") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string file = mp3(1.0);
  const std::string format = little(0x55, 2) + little(2, 2) + little(44100, 4) + little(16000, 4) +
                             little(1, 2) + little(0, 2) + little(12, 2) + little(1, 2) +
                             little(2, 4) + little(1152, 2) + little(1, 2) + little(0, 2);
  for (const std::uint64_t told : {file.size(), std::size_t{0}}) {
    const std::string wav = "RIFF" + little(told + 52, 4) + "WAVEfmt " + little(format.size(), 4) +
                            format + "data" + little(told, 4) + file;
    CHECK(frames_in(save(folder, "a.wav", wav)) == 44100);
  }
}

TEST_CASE("decoding damaged MP3 prints nothing") {
  if (no_mp3()) return;
  const TempFolder folder;
  const std::string file = mp3(2.0);
  const std::string bytes[] = {file + file, file.substr(0, file.size() / 2),
                               file.substr(0, 9000) + junk(3000) + file.substr(9500),
                               telling(file, 5), id3v2().substr(0, 500) + file};
  const std::string printed = folder / "printed";
  const int to = ::open(printed.c_str(), O_CREAT | O_WRONLY, 0600);
  const int kept[] = {::dup(1), ::dup(2)};
  ::dup2(to, 1);
  ::dup2(to, 2);
  for (const std::string& damaged : bytes) {
    audio::read_audio_file(save(folder, "a.mp3", damaged), CancelToken()).IgnoreError();
  }
  ::dup2(kept[0], 1);
  ::dup2(kept[1], 2);
  for (const int file_number : {to, kept[0], kept[1]}) ::close(file_number);
  CHECK(std::filesystem::file_size(printed) == 0);
}
