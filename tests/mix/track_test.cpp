// SPDX-License-Identifier: MIT
#include "mix/track.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "mastering/loudness.h"
#include "mix/mix_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

absl::StatusOr<mix::Track> load(const std::string& path, int rate) {
  return mix::load_track(
      path, rate, mastering::MasteringSettings(), [](double) {}, CancelToken());
}

}  // namespace

TEST_CASE("any rate and any count of channels comes to stereo, the mix's rate and its loudness") {
  const TempFolder folder;
  for (const int rate : {22050, 48000, 96000}) {
    for (const int channels : {1, 6}) {
      CAPTURE(rate, channels);
      const std::string path = write_wav(folder, "a.wav", pad(1.0, -20.0, rate, channels));
      const auto track = load(path, 48000);
      REQUIRE(track.ok());
      CHECK(track->audio.channel_count() == 2);
      CHECK(track->audio.sample_rate() == 48000);
      CHECK(track->audio.frames() == 48000);
      CHECK(track->file.sample_rate == rate);
      CHECK(track->file.channel_count == channels);
      const auto loudness = mastering::measure_loudness(std::as_const(track->audio).view(), 48000);
      REQUIRE(loudness.ok());
      CHECK(loudness->integrated_lufs == Approx(-18.0).margin(0.1));
      CHECK(mastering::gated_loudness(track->energies) == Approx(-18.0).margin(0.1));
    }
  }
}

TEST_CASE("a tone keeps its pitch and its place when its rate is changed") {
  const TempFolder folder;
  const auto track = load(write_wav(folder, "a.wav", sine(2.0, 441.0, -20.0, 44100)), 48000);
  REQUIRE(track.ok());
  const audio::AudioBuffer expected = sine(2.0, 441.0, -20.0, 48000);
  const double gain = of_db(track->mastering.gain_db);
  double worst = 0.0;
  for (std::size_t i = 4800; i < 2 * 48000 - 4800; ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(track->audio.samples(0)[i]) -
                                     gain * static_cast<double>(expected.samples(0)[i])));
  }
  CHECK(to_db(worst) < -100.0);
}

TEST_CASE("a file without loudness is refused by its path") {
  const TempFolder folder;
  const std::string silent = write_wav(folder, "silent.wav", audio::AudioBuffer(2, 48000, 48000));
  const std::string click = write_wav(folder, "one sample.wav", noise(1.0 / 48000, -6.0, 48000, 1));
  const std::string empty = write_wav(folder, "empty.wav", audio::AudioBuffer(2, 0, 48000));
  for (const std::string& path : {silent, click, empty}) {
    const auto track = load(path, 48000);
    REQUIRE_FALSE(track.ok());
    CHECK(has_fault(track.status(), Fault::bad_data));
    CHECK(path_of(track.status()) == path);
    CHECK(track.status().message().find("silent") != absl::string_view::npos);
    CHECK(track.status().message().find("leave it out") != absl::string_view::npos);
  }
}

TEST_CASE("a file whose level is none of music is refused by its path, with the reason") {
  const TempFolder folder;
  audio::AudioBuffer spike = pad(4.0, -12.0, 16000);
  spike.samples(0)[32000] = 1e30f;
  audio::AudioBuffer integers = pad(4.0, -12.0, 16000);
  for (int c = 0; c < 2; ++c) {
    for (float& sample : integers.samples(c)) sample *= 32768.0f;
  }
  const std::string broken = write_wav(folder, "broken.wav", pad(4.0, -12.0, 16000));
  {
    const float infinite = HUGE_VALF;  // in the file: a writer may refuse it
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(broken));
    std::fstream file(broken, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(size - std::streamoff{(4 * 16000 - 8000) * 2 * sizeof(float)});
    file.write(reinterpret_cast<const char*>(&infinite), sizeof infinite);
  }
  const std::pair<std::string, const char*> files[] = {
      {write_wav(folder, "spike.wav", spike), "its largest sample is 1e+30, at 2.000 s"},
      {write_wav(folder, "integers.wav", integers), "samples are nominally within +-1"},
      {write_wav(folder, "floor.wav", noise(4.0, -92.0, 16000, 5)), "it is all but silent"},
      {broken,
       "1 sample that is no number (NaN or infinite), "
       "the first at 0.500 s"}};
  for (const auto& [path, reason] : files) {
    CAPTURE(path);
    const auto track = load(path, 16000);
    REQUIRE_FALSE(track.ok());
    INFO(track.status().message());
    CHECK(has_fault(track.status(), Fault::bad_data));
    CHECK(path_of(track.status()) == path);
    CHECK(track.status().message().find(reason) != absl::string_view::npos);
    CHECK(track.status().message().find("leave it out") != absl::string_view::npos);
  }
}

TEST_CASE("a pause and an offset in a user's file are no reason to refuse it") {
  const TempFolder folder;
  audio::AudioBuffer audio = pad(12.0, -12.0, 16000);
  for (int c = 0; c < 2; ++c) {
    for (std::size_t i = 0; i < audio.samples(c).size(); ++i) {
      float& sample = audio.samples(c)[i];
      sample = i > 4 * 16000 && i < 9 * 16000 ? 0.2f : sample + 0.2f;
    }
  }
  const auto track = load(write_wav(folder, "a.wav", audio), 16000);
  REQUIRE(track.ok());
  CHECK(track->mastering.integrated_lufs == Approx(-18.0).margin(0.1));
}

TEST_CASE("progress goes forward to its end, and cancelling stops at once") {
  const TempFolder folder;
  const std::string path = write_wav(folder, "a.wav", pad(2.0, -20.0, 48000));
  std::vector<double> told;
  REQUIRE(mix::load_track(path, 48000, {}, [&](double share) { told.push_back(share); }, {}).ok());
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(told.back() == 1.0);
  CancelToken cancel;
  cancel.cancel();
  CHECK(is_cancelled(mix::load_track(
                         path, 48000, {}, [](double) {}, cancel)
                         .status()));
}

TEST_CASE("a track is as long as its file, whatever the header tells") {
  const TempFolder folder;
  const audio::AudioBuffer audio = pad(2.0, -20.0, 44100);
  const std::string path = folder / "a.flac";
  REQUIRE(audio::write_audio_file(path, audio::AudioFormat::flac24, audio.view(), 44100, {},
                                  AtomicFile::Durability::renamed, {})
              .ok());
  const auto whole = load(path, 48000);
  REQUIRE(whole.ok());
  for (const std::string& told : {std::string("\0\0\0\0", 4), std::string("\0\0\x10\0", 4)}) {
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(22) << told;
    const auto track = load(path, 48000);
    REQUIRE(track.ok());
    CHECK(track->file.frames == 2 * 44100);
    REQUIRE(track->audio.frames() == 2 * 48000);
    CHECK(largest_difference(std::as_const(track->audio).view(),
                             std::as_const(whole->audio).view()) == 0.0);
  }
  // 2^32 - 1 frames in a file of some 500 kB: what is there is read, and no room made for the rest.
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(22)
      << "\xFF\xFF\xFF\xFF";
  const auto claims = load(path, 48000);
  CHECK(has_fault(claims.status(), Fault::bad_data));
  CHECK(path_of(claims.status()) == path);
}
