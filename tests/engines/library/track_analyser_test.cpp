// SPDX-License-Identifier: MIT
#include "engines/library/track_analyser.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "engines/library/detail_bytes.h"
#include "engines/library/made_music.h"

using namespace focus::core;
using namespace focus::core::engines;
using namespace focus::test;

namespace {

TrackAnalysis analysed(const audio::AudioBuffer& audio, std::int64_t step = 5000) {
  TrackAnalyser analyser(audio.sample_rate());
  for (std::int64_t done = 0; done < audio.frames(); done += step) {
    REQUIRE(analyser.add(audio.view().subview(done, std::min(step, audio.frames() - done))).ok());
  }
  auto found = analyser.result();
  REQUIRE(found.ok());
  return *found;
}

}  // namespace

TEST_CASE("loudness, range and true peak of a track are those of the meter") {
  for (const int rate : {44100, 48000, 96000}) {
    const audio::AudioBuffer music =
        made_music({.seconds = 20.0, .bpm = 120.0, .lufs = -14.0, .rate = rate, .bright = 0.5});
    const auto meter = mastering::measure_loudness(music.view(), rate);
    const TrackFigures figures = analysed(music).figures;
    CHECK(figures.integrated_lufs == Approx(-14.0).margin(0.05));
    CHECK(figures.integrated_lufs == Approx(meter->integrated_lufs).margin(0.05));
    CHECK(figures.range_lu == Approx(meter->range_lu).margin(0.1));
    CHECK(figures.true_peak_dbtp == Approx(meter->true_peak_dbtp).margin(0.01));
    CHECK(figures.frames == music.frames());
  }
}

TEST_CASE("the tempo of a track is found") {
  for (const double bpm : {72.0, 90.0, 104.0, 120.0, 132.0}) {
    const TrackFigures figures = analysed(made_music({.bpm = bpm, .bright = 0.3})).figures;
    INFO("at " << bpm << ", found " << figures.bpm);
    CHECK(figures.bpm == Approx(bpm).epsilon(0.005));
    CHECK(figures.beat_confidence > 0.35);
  }
  CHECK(analysed(made_music({})).figures.beat_confidence < 0.35);
}

TEST_CASE("the key of a track is found, in tune or not") {
  for (int tonic = 0; tonic < 12; ++tonic) {
    for (const bool is_minor : {false, true}) {
      const MusicalKey key =
          analysed(made_music({.seconds = 32.0, .tonic = tonic, .is_minor = is_minor})).figures.key;
      INFO("tonic " << tonic << (is_minor ? " minor" : " major") << ", found " << describe(key));
      CHECK(key.tonic == tonic);
      CHECK(key.is_minor == is_minor);
      CHECK(key.known());
    }
  }
  // Played a third of a semitone sharp, by another rate.
  audio::AudioBuffer sharp = made_music({.seconds = 32.0, .tonic = 4});
  audio::AudioBuffer faster(2, sharp.frames(), 44958);
  for (int c = 0; c < 2; ++c) {
    std::copy(sharp.samples(c).begin(), sharp.samples(c).end(), faster.samples(c).begin());
  }
  CHECK(analysed(faster).figures.key.tonic == 4);
}

TEST_CASE("what drives has more energy than what stands still, and bright is brighter than dark") {
  const TrackFigures still = analysed(made_music({.lufs = -22.0})).figures;
  const TrackFigures driving =
      analysed(made_music({.bpm = 130.0, .lufs = -12.0, .bright = 0.8})).figures;
  CHECK(still.energy < 0.35);
  CHECK(driving.energy > still.energy + 0.3);
  CHECK(driving.brightness_hz > 2.0 * still.brightness_hz);
  CHECK(analysed(sine(15.0, 1000.0, -20.0, 48000)).figures.brightness_hz ==
        Approx(1000.0).epsilon(0.01));
}

TEST_CASE("an analysis does not depend on how the audio is divided") {
  const audio::AudioBuffer music = made_music({.bpm = 100.0, .bright = 0.4});
  const TrackAnalysis one = analysed(music, 8192);
  const TrackAnalysis other = analysed(music, 777);
  CHECK(one.figures.integrated_lufs == Approx(other.figures.integrated_lufs).margin(1e-4));
  CHECK(one.figures.bpm == other.figures.bpm);
  CHECK(one.detail.levels == other.detail.levels);
  CHECK(one.detail.phrase_ends == other.detail.phrase_ends);
}

TEST_CASE("the longest stretch without a pause is what is played") {
  const audio::AudioBuffer music = made_music({.seconds = 30.0});
  audio::AudioBuffer with_pause(2, 44100 * 60, 44100);
  for (int c = 0; c < 2; ++c) {
    for (std::size_t i = 0; i < music.samples(c).size(); ++i) {
      const float sample = music.samples(c)[i];
      if (i < 44100 * 15) with_pause.samples(c)[44100 + i] = sample;
      with_pause.samples(c)[44100 * 25 + i] = sample;
    }
  }
  const TrackFigures figures = analysed(with_pause).figures;
  CHECK(std::abs(figures.sound_in - 2500) <= 30);
  CHECK(std::abs(figures.sound_out - 5500) <= 30);
}

TEST_CASE("phrases end where the harmony changes, and near bar lines where there are beats") {
  audio::AudioBuffer music = made_music({.seconds = 60.0, .tonic = 0});
  const audio::AudioBuffer other = made_music({.seconds = 60.0, .tonic = 6});
  for (int c = 0; c < 2; ++c) {
    for (std::size_t i = 44100 * 32; i < music.samples(c).size(); ++i) {
      music.samples(c)[i] = other.samples(c)[i];
    }
  }
  const TrackDetail detail = analysed(music).detail;
  bool is_found = false;
  for (const Hundredths end : detail.phrase_ends) is_found |= std::abs(end - 3200) <= 150;
  CHECK(is_found);
  for (std::size_t i = 1; i < detail.phrase_ends.size(); ++i) {
    CHECK(detail.phrase_ends[i] - detail.phrase_ends[i - 1] >= 500);
  }
}

TEST_CASE("what is silent, too short or no number is refused with a reason") {
  const auto refused = [](const audio::AudioBuffer& audio) {
    TrackAnalyser analyser(audio.sample_rate());
    absl::Status status = analyser.add(audio.view());
    if (status.ok()) status = analyser.result().status();
    return status;
  };
  CHECK(has_fault(refused(audio::AudioBuffer(2, 44100 * 20, 44100)), Fault::bad_data));
  CHECK(has_fault(refused(made_music({.seconds = 5.0})), Fault::bad_data));
  CHECK(has_fault(refused(audio::AudioBuffer(2, 0, 44100)), Fault::bad_data));
  audio::AudioBuffer wild = made_music({.seconds = 20.0});
  wild.samples(1)[1000] = std::numeric_limits<float>::infinity();
  CHECK(has_fault(refused(wild), Fault::bad_data));
}

TEST_CASE("a detail goes into the catalogue and back; damaged bytes are told") {
  const TrackDetail detail = analysed(made_music({.bpm = 90.0})).detail;
  const std::string bytes = bytes_of(detail);
  const auto back = detail_of(bytes);
  REQUIRE(back.ok());
  CHECK(back->levels == detail.levels);
  CHECK(back->phrase_ends == detail.phrase_ends);
  REQUIRE(back->tempi.size() == detail.tempi.size());
  CHECK(back->tempi.front().tempo.beat_seconds == detail.tempi.front().tempo.beat_seconds);
  CHECK_FALSE(detail_of("").ok());
  CHECK_FALSE(detail_of(bytes.substr(0, bytes.size() - 1)).ok());
  CHECK_FALSE(detail_of(bytes + "x").ok());
  CHECK_FALSE(detail_of("FSD1\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF").ok());
}
