// SPDX-License-Identifier: MIT
// WAV and its kin: what a header tells of a length is compared with what is there.
#include <bit>

#include "base/error.h"
#include "byte_files.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kFrames = 12000;

/// 16-bit stereo at 48 kHz, whose samples count up.
std::string samples(bool big_endian) {
  std::string bytes;
  for (std::int64_t i = 0; i < 2 * kFrames; ++i) {
    const auto value = static_cast<std::uint64_t>(i & 0xFFFF);
    bytes += big_endian ? big(value, 2) : little(value, 2);
  }
  return bytes;
}

constexpr std::uint64_t kBytes = 4 * kFrames;
constexpr std::uint64_t kAll = 0xFFFFFFFF;

std::string wav(std::uint64_t data_size, const std::string& behind = "", int tag = 1) {
  return "RIFF" + little(data_size + 36, 4) + "WAVEfmt " + little(16, 4) +
         little(static_cast<std::uint64_t>(tag), 2) + little(2, 2) + little(48000, 4) +
         little(192000, 4) + little(4, 2) + little(16, 2) + "data" + little(data_size, 4) +
         samples(false) + behind;
}

std::string rf64(const std::string& name, std::uint64_t data_size) {
  return name + little(kAll, 4) + "WAVEds64" + little(28, 4) + little(data_size + 72, 8) +
         little(data_size, 8) + little(0, 12) + "fmt " + little(16, 4) + little(1, 2) +
         little(2, 2) + little(48000, 4) + little(192000, 4) + little(4, 2) + little(16, 2) +
         "data" + little(kAll, 4) + samples(false);
}

std::string aiff(std::uint64_t data_size, std::uint64_t frames) {
  return "FORM" + big(data_size + 46, 4) + "AIFFCOMM" + big(18, 4) + big(2, 2) + big(frames, 4) +
         big(16, 2) + big(0x400E, 2) + big(0xBB80000000000000, 8) + "SSND" + big(data_size + 8, 4) +
         big(0, 8) + samples(true);
}

std::string caf(std::uint64_t data_size) {
  return "caff" + big(1, 2) + big(0, 2) + "desc" + big(32, 8) +
         big(std::bit_cast<std::uint64_t>(48000.0), 8) + "lpcm" + big(0, 4) + big(4, 4) +
         big(1, 4) + big(2, 4) + big(16, 4) + "data" + big(data_size, 8) + big(0, 4) +
         samples(true);
}

std::string au(std::uint64_t data_size) {
  return ".snd" + big(24, 4) + big(data_size, 4) + big(3, 4) + big(48000, 4) + big(2, 4) +
         samples(true);
}

/// Reads the samples that count up, from the first to the last, and nothing else.
void check_whole(const std::string& bytes, int times = 1) {
  const TempFolder folder;
  const auto audio = audio::read_audio_file(save(folder, "a", bytes), CancelToken());
  INFO(audio.status().ToString());
  REQUIRE(audio.ok());
  CHECK(audio->sample_rate() == 48000);
  REQUIRE(audio->frames() == times * kFrames);
  std::int64_t wrong = 0;
  for (std::int64_t i = 0; i < times * kFrames; ++i) {
    const auto expected = static_cast<std::int16_t>(2 * (i % kFrames));
    const float got = audio->samples(0)[static_cast<std::size_t>(i)];
    wrong += got != static_cast<float>(expected) / 32768.0f;
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("a WAV file from a pipe, whose header tells no length, is read to its end") {
  for (const std::uint64_t told : {std::uint64_t{0}, kAll, std::uint64_t{0x7FFFF000}}) {
    CAPTURE(told);
    check_whole(wav(told));
    check_whole(patched(wav(told), 4, little(0, 4)));
    check_whole(patched(wav(told), 4, little(kAll, 4)));
  }
}

TEST_CASE("a WAV file that is longer than its header says is read to its end") {
  check_whole(wav(kBytes / 4));
  check_whole(wav(4));
  check_whole(rf64("RF64", 0));
  check_whole(rf64("RF64", ~std::uint64_t{0}));
  check_whole(rf64("RF64", kBytes / 3));
  check_whole(rf64("RF64", std::uint64_t{1} << 60));
}

TEST_CASE("RF64, and its twin BW64, are read as they are") {
  check_whole(rf64("RF64", kBytes));
  check_whole(rf64("BW64", kBytes));
}

TEST_CASE("what stands behind the samples of a WAV file is not heard") {
  check_whole(wav(kBytes));
  for (const std::string& behind :
       {std::string("LIST") + little(26, 4) + std::string(26, 'x'), std::string("abc"), id3v1(),
        id3v2(), ape_tag(), std::string(20000, '\0'), junk(1000)}) {
    check_whole(wav(kBytes, behind));
  }
}

TEST_CASE("a WAV file that is cut is read as far as it goes") {
  const TempFolder folder;
  const std::string path = save(folder, "a.wav", wav(kBytes).substr(0, 44 + 4 * 5000 + 3));
  CHECK(frames_in(path) == 5000);
  // A header that claims 4 GB takes no memory.
  const std::string claims = save(folder, "b.wav", wav(0xFFFFFF00).substr(0, 44 + 4 * 100));
  const auto reader = audio::AudioFileReader::open(claims);
  REQUIRE(reader.ok());
  CHECK((*reader)->likely_frames() == 100);
  CHECK(frames_in(claims) == 100);
}

TEST_CASE("WAV files one behind the other are read as one") {
  check_whole(wav(kBytes) + wav(kBytes), 2);
  check_whole(wav(kBytes, "LIST" + little(4, 4) + "INFO") + rf64("RF64", kBytes) + wav(0), 3);
}

TEST_CASE("AIFF, CAF and AU files are read to their ends, whatever their headers tell") {
  for (const std::uint64_t told : {kBytes, kBytes / 4, std::uint64_t{0}, kAll - 8}) {
    CAPTURE(told);
    check_whole(aiff(told, told / 4));
    check_whole(au(told));
    check_whole(caf(told + 4));
  }
  check_whole(aiff(kBytes, 1));
  check_whole(caf(~std::uint64_t{0}));
  check_whole(caf(std::uint64_t{1} << 40));
}

TEST_CASE("compressed samples behind what a header tells are refused, and not left out") {
  const TempFolder folder;
  const std::string path = save(folder, "a.wav", wav(kBytes / 4, "", 0x11));
  const auto reader = audio::AudioFileReader::open(path);
  CHECK(has_fault(reader.status(), Fault::bad_data));
  CHECK(path_of(reader.status()) == path);
  CHECK(std::string(reader.status().message()).find("longer than its header says") !=
        std::string::npos);
}

TEST_CASE("a rate that no device has is refused before memory is made ready for it") {
  const TempFolder folder;
  for (const std::uint64_t rate : {0u, 1u, 999u, 2'822'400u, 0x7FFFFFFFu}) {
    const std::string path = save(folder, "a.wav", patched(wav(kBytes), 24, little(rate, 4)));
    CHECK(has_fault(audio::AudioFileReader::open(path).status(), Fault::bad_data));
  }
}
