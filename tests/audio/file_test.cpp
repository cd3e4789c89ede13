// SPDX-License-Identifier: MIT
#include "audio/file.h"

#include <csignal>
#include <fstream>
#include <iterator>
#include <limits>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/child.h"
#include "support/signals.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr auto kQuick = AtomicFile::Durability::renamed;

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

absl::Status write(const std::string& path, audio::AudioFormat format,
                   const audio::AudioBuffer& audio, std::uint64_t seed = 0) {
  audio::AudioFileOptions options;
  options.dither_seed = seed;
  return audio::write_audio_file(path, format, audio.view(), audio.sample_rate(), options, kQuick,
                                 CancelToken());
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("what is written is read again, as well as the format can") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(1.5, -9.0, 48000);
  struct Expected {
    audio::AudioFormat format;
    double largest;  ///< difference of any sample
    double level_db;
  };
  for (const Expected& expected :
       {Expected{audio::AudioFormat::wav, 0.0, 0.0001},
        Expected{audio::AudioFormat::flac24, 0x1.0p-23, 0.0001},
        Expected{audio::AudioFormat::flac16, 1.6 * 0x1.0p-15, 0.01},
        Expected{audio::AudioFormat::ogg, 0.1, 0.2}, Expected{audio::AudioFormat::opus, 0.2, 0.5},
        Expected{audio::AudioFormat::mp3, 2.0, 0.5}}) {
    if (!audio::check_format_rate(expected.format, 48000).ok()) continue;
    CAPTURE(name_of(expected.format));
    const std::string path = folder / ("a." + std::string(audio::ending_of(expected.format)));
    const absl::Status written = write(path, expected.format, audio);
    CAPTURE(written.ToString());
    REQUIRE(written.ok());
    const auto read = audio::read_audio_file(path, CancelToken());
    REQUIRE(read.ok());
    CHECK(read->sample_rate() == 48000);
    CHECK(read->channel_count() == 2);
    const std::int64_t frames = std::min(read->frames(), audio.frames());
    CHECK(std::abs(read->frames() - audio.frames()) <=
          (expected.format == audio::AudioFormat::mp3 ? 4000 : 0));
    CHECK(largest_difference(read->view().subview(0, frames), audio.view().subview(0, frames)) <=
          expected.largest);
    CHECK(to_db(rms(read->view())) == Approx(to_db(rms(audio.view()))).margin(expected.level_db));
  }
  CHECK(files_in(folder.path()) >= 4);
}

TEST_CASE("the same samples give the same bytes in FLAC and WAV, in any block size") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(0.7, -9.0, 44100);
  for (const audio::AudioFormat format :
       {audio::AudioFormat::flac16, audio::AudioFormat::flac24, audio::AudioFormat::wav}) {
    REQUIRE(write(folder / "a", format, audio, 4).ok());
    auto writer = audio::AudioFileWriter::create(folder / "b", format, 44100, 2,
                                                 {.dither_seed = 4, .tags = {}});
    REQUIRE(writer.ok());
    for (std::int64_t done = 0; done < audio.frames(); done += 331) {
      const std::int64_t count = std::min<std::int64_t>(331, audio.frames() - done);
      REQUIRE((*writer)->write(audio.view().subview(done, count)).ok());
    }
    CHECK((*writer)->frames_written() == audio.frames());
    REQUIRE((*writer)->commit(kQuick).ok());
    CHECK(content_of(folder / "a") == content_of(folder / "b"));
    CHECK_FALSE((*writer)->commit(kQuick).ok());
  }
  REQUIRE(write(folder / "c", audio::AudioFormat::flac16, audio, 5).ok());
  REQUIRE(write(folder / "d", audio::AudioFormat::flac16, audio, 4).ok());
  CHECK(content_of(folder / "c") != content_of(folder / "d"));
  // A PEAK chunk would hold the time of day.
  REQUIRE(write(folder / "e", audio::AudioFormat::wav, audio).ok());
  const std::string wav = content_of(folder / "e");
  CHECK(wav.substr(0, 4) == "RIFF");
  CHECK(wav.find("PEAK") == std::string::npos);
}

TEST_CASE("what is encoded in memory has the bytes of a file") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(0.7, -9.0, 44100);
  for (const audio::AudioFormat format :
       {audio::AudioFormat::flac16, audio::AudioFormat::flac24, audio::AudioFormat::wav}) {
    REQUIRE(write(folder / "a", format, audio, 4).ok());
    const auto writer =
        audio::AudioFileWriter::create_in_memory(format, 44100, 2, {.dither_seed = 4, .tags = {}});
    REQUIRE(writer.ok());
    for (std::int64_t done = 0; done < audio.frames(); done += 5003) {
      const std::int64_t count = std::min<std::int64_t>(5003, audio.frames() - done);
      REQUIRE((*writer)->write(audio.view().subview(done, count)).ok());
    }
    CHECK_FALSE((*writer)->commit(kQuick).ok());
    const auto bytes = (*writer)->take_bytes();
    REQUIRE(bytes.ok());
    CHECK(*bytes == content_of(folder / "a"));
    CHECK_FALSE((*writer)->take_bytes().ok());
  }
  const auto ogg = audio::AudioFileWriter::create_in_memory(audio::AudioFormat::ogg, 44100, 2, {});
  REQUIRE((*ogg)->write(audio.view()).ok());
  std::ofstream(folder / "b.ogg", std::ios::binary) << (*ogg)->take_bytes().value();
  CHECK(audio::read_audio_file(folder / "b.ogg", CancelToken())->frames() == audio.frames());
  const auto opus =
      audio::AudioFileWriter::create_in_memory(audio::AudioFormat::opus, 44100, 2, {});
  CHECK(field_of(opus.status()) == "sample_rate");
}

TEST_CASE("a 16-bit file holds exactly what the quantiser gives") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(0.3, -9.0, 48000);
  REQUIRE(write(folder / "a.flac", audio::AudioFormat::flac16, audio, 11).ok());
  std::vector<std::int16_t> steps(static_cast<std::size_t>(2 * audio.frames()));
  audio::Dither(11).quantise(audio.view(), 0, steps.data());
  audio::AudioBuffer expected(2, audio.frames(), 48000);
  audio::dequantise(steps.data(), expected.view());
  const auto read = audio::read_audio_file(folder / "a.flac", CancelToken());
  REQUIRE(read.ok());
  CHECK(largest_difference(read->view(), expected.view()) == 0.0);
}

TEST_CASE("integers are clipped and not wrapped; WAV keeps what is over full scale") {
  const TempFolder folder;
  const audio::AudioBuffer audio = sine(0.1, 440.0, 6.0, 48000);
  REQUIRE(write(folder / "a.flac", audio::AudioFormat::flac16, audio).ok());
  REQUIRE(write(folder / "a.wav", audio::AudioFormat::wav, audio).ok());
  const auto flac = audio::read_audio_file(folder / "a.flac", CancelToken());
  const auto wav = audio::read_audio_file(folder / "a.wav", CancelToken());
  REQUIRE(flac.ok());
  REQUIRE(wav.ok());
  for (std::size_t i = 0; i < flac->samples(0).size(); ++i) {
    CHECK(std::abs(flac->samples(0)[i] - std::clamp(audio.samples(0)[i], -1.0f, 1.0f)) < 1e-4f);
  }
  CHECK(largest_difference(wav->view(), audio.view()) == 0.0);
}

TEST_CASE("a reader seeks to the frame") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(0.5, -12.0, 48000, 2, 6);
  for (const audio::AudioFormat format : {audio::AudioFormat::wav, audio::AudioFormat::flac24}) {
    REQUIRE(write(folder / "a", format, audio).ok());
    auto reader = audio::AudioFileReader::open(folder / "a");
    REQUIRE(reader.ok());
    CHECK((*reader)->info().channel_count == 6);
    CHECK((*reader)->info().frames == audio.frames());
    audio::AudioBuffer part(6, 5000, 48000);
    for (const std::int64_t frame : {20000, 0, 7, 23000}) {
      REQUIRE((*reader)->seek(frame).ok());
      const auto got = (*reader)->read(part.view());
      REQUIRE(got.ok());
      CHECK(*got == std::min<std::int64_t>(5000, audio.frames() - frame));
      CHECK(largest_difference(part.view().subview(0, *got), audio.view().subview(frame, *got)) <
            1e-6);
    }
    const auto end = (*reader)->read(part.view());
    REQUIRE(end.ok());
    CHECK(*end == 0);
    CHECK_FALSE((*reader)->seek(-1).ok());
    CHECK_FALSE((*reader)->seek(audio.frames() + 1).ok());
  }
}

TEST_CASE("files that can not be read say which and what would do") {
  const TempFolder folder;
  const std::string missing = folder / "missing.wav";
  CHECK(has_fault(audio::AudioFileReader::open(missing).status(), Fault::file_missing));
  CHECK(path_of(audio::AudioFileReader::open(missing).status()) == missing);

  const std::string text = folder / "text.wav";
  std::ofstream(text) << "this is no audio at all, whatever its name says";
  const absl::Status not_audio = audio::AudioFileReader::open(text).status();
  CHECK(has_fault(not_audio, Fault::bad_data));
  CHECK(std::string(not_audio.message()).find(text) == 0);
  CHECK(std::string(not_audio.message()).find("WAV, FLAC") != std::string::npos);
  CHECK_FALSE(audio::AudioFileReader::open(folder.path().string()).ok());

  const std::string whole = folder / "a.flac";
  REQUIRE(write(whole, audio::AudioFormat::flac16, noise(1.0, -12.0, 48000, 1)).ok());
  const std::string bytes = content_of(whole);
  std::ofstream(folder / "half.flac", std::ios::binary) << bytes.substr(0, bytes.size() / 2);
  const auto half = audio::read_audio_file(folder / "half.flac", CancelToken());
  CHECK(has_fault(half.status(), Fault::bad_data));
  CHECK(std::string(half.status().message()).find("incomplete") != std::string::npos);
}

TEST_CASE("a seek beyond the end is a fault of the file, which is named") {
  const TempFolder folder;
  REQUIRE(write(folder / "a.wav", audio::AudioFormat::wav, noise(0.1, -12.0, 48000, 1)).ok());
  const auto reader = audio::AudioFileReader::open(folder / "a.wav");
  REQUIRE(reader.ok());
  CHECK((*reader)->seek(4800).ok());
  for (const std::int64_t frame : {std::int64_t{-1}, std::int64_t{4801}}) {
    const absl::Status status = (*reader)->seek(frame);
    CHECK(has_fault(status, Fault::bad_data));
    CHECK(path_of(status) == folder / "a.wav");
  }
}

TEST_CASE("a file that is not committed leaves nothing behind") {
  const TempFolder folder;
  {
    auto writer =
        audio::AudioFileWriter::create(folder / "a.flac", audio::AudioFormat::flac16, 48000, 2, {});
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(noise(0.1, -12.0, 48000, 1).view()).ok());
    CHECK_FALSE((*writer)->write(noise(0.1, -12.0, 48000, 1, 1).view()).ok());
  }
  CHECK(files_in(folder.path()) == 0);
  const auto nowhere = audio::AudioFileWriter::create(folder / "no/such/a.wav",
                                                      audio::AudioFormat::wav, 48000, 2, {});
  CHECK(has_fault(nowhere.status(), Fault::file_missing));
  CHECK(path_of(nowhere.status()) == folder / "no/such/a.wav");
  CancelToken cancel;
  cancel.cancel();
  CHECK(is_cancelled(audio::write_audio_file(folder / "b.wav", audio::AudioFormat::wav,
                                             noise(0.1, -12.0, 48000, 1).view(), 48000, {}, kQuick,
                                             cancel)));
  CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("a full disk is an error that says so, in every format") {
  const TempFolder folder;
  const audio::AudioBuffer audio = noise(3.0, -12.0, 48000, 1);
  for (const audio::AudioFormat format : {audio::AudioFormat::wav, audio::AudioFormat::flac16,
                                          audio::AudioFormat::flac24, audio::AudioFormat::ogg}) {
    const pid_t child = begin_child([&] {
      // A file may not grow beyond 20 kB: a write fails as on a full disk.
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit = {20000, 20000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const absl::Status status = write(folder / "a", format, audio);
      const bool right = has_fault(status, Fault::no_space) && path_of(status) == folder / "a";
      return right ? 0 : 1;
    });
    CAPTURE(name_of(format));
    CHECK(end_of_child(child) == 0);
    CHECK(files_in(folder.path()) == 0);
  }
}

TEST_CASE("a sample that is not finite is refused in every format, and the file goes on") {
  const TempFolder folder;
  const audio::AudioBuffer good = noise(0.5, -12.0, 48000, 1);
  constexpr float kInfinite = std::numeric_limits<float>::infinity();
  for (const audio::AudioFormat format :
       {audio::AudioFormat::wav, audio::AudioFormat::flac16, audio::AudioFormat::flac24,
        audio::AudioFormat::ogg, audio::AudioFormat::opus, audio::AudioFormat::mp3}) {
    if (!audio::check_format_rate(format, 48000).ok()) continue;
    CAPTURE(name_of(format));
    auto writer = audio::AudioFileWriter::create(folder / "a", format, 48000, 2, {});
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(good.view()).ok());
    for (const float wild : {std::numeric_limits<float>::quiet_NaN(), kInfinite, -kInfinite}) {
      audio::AudioBuffer bad = good;
      bad.samples(1)[3000] = wild;
      const absl::Status status = (*writer)->write(std::as_const(bad).view());
      CHECK(has_fault(status, Fault::argument));
      CHECK(field_of(status) == "samples");
      CHECK(std::string(status.message()).find("frame 27000 of channel 2 is") != std::string::npos);
    }
    REQUIRE((*writer)->write(good.view()).ok());
    REQUIRE((*writer)->commit(kQuick).ok());
    CHECK(audio::read_audio_file(folder / "a", CancelToken())->frames() == 48000);
  }
}

TEST_CASE("samples far over full scale are clipped before an encoder has them") {
  const TempFolder folder;
  audio::AudioBuffer audio = sine(0.5, 440.0, -12.0, 48000);
  for (std::size_t i = 4000; i < 4100; ++i) audio.samples(0)[i] = i % 2 == 0 ? 1e30f : -3e38f;
  for (const audio::AudioFormat format :
       {audio::AudioFormat::ogg, audio::AudioFormat::opus, audio::AudioFormat::mp3}) {
    if (!audio::check_format_rate(format, 48000).ok()) continue;
    CAPTURE(name_of(format));
    REQUIRE(write(folder / "a", format, audio).ok());
    const auto read = audio::read_audio_file(folder / "a", CancelToken());
    REQUIRE(read.ok());
    CHECK_FALSE(find_wild_sample(std::as_const(*read).view()).has_value());
    CHECK(rms(read->view().subview(10'000, 10'000)) ==
          Approx(rms(audio.view().subview(10'000, 10'000))).epsilon(0.1));
  }
}

TEST_CASE("a path's ending names the format") {
  CHECK(*audio::format_for_path("x/y.FLAC", "output") == audio::AudioFormat::flac16);
  CHECK(*audio::format_for_path("y.wav", "output") == audio::AudioFormat::wav);
  CHECK(*audio::format_for_path("a.b.ogg", "output") == audio::AudioFormat::ogg);
  CHECK(*audio::format_for_path("y.opus", "output") == audio::AudioFormat::opus);
  for (const char* path : {"y", "y.txt", "y.", ""}) {
    const auto format = audio::format_for_path(path, "output");
    CHECK(field_of(format.status()) == "output");
    CHECK(std::string(format.status().message()).find(".opus") != std::string::npos);
  }
  for (const audio::AudioFormat format :
       {audio::AudioFormat::flac16, audio::AudioFormat::flac24, audio::AudioFormat::wav,
        audio::AudioFormat::ogg, audio::AudioFormat::opus, audio::AudioFormat::mp3}) {
    CHECK(audio::format_named(name_of(format)) == format);
  }
  CHECK_FALSE(audio::format_named("aiff").has_value());
  CHECK(field_of(audio::check_format_rate(audio::AudioFormat::opus, 44100)) == "sample_rate");
  CHECK(audio::check_format_rate(audio::AudioFormat::opus, 48000).ok());
  CHECK(audio::check_format_rate(audio::AudioFormat::flac16, 44100).ok());
  CHECK_FALSE(audio::check_format_rate(audio::AudioFormat::wav, 7999).ok());
}
