// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "engines/library/folder_library.h"
#include "engines/library/made_music.h"
#include "plan/planner.h"

namespace focus::test {

/// Collects what an engine plays.
class HeardSink final : public core::engines::SegmentSink {
 public:
  void write(core::audio::ConstAudioView block) override {
    for (int c = 0; c < 2; ++c) {
      samples[c].insert(samples[c].end(), block.channel(c), block.channel(c) + block.frames());
    }
  }
  bool cancelled() const override { return stop.cancelled(); }

  std::vector<float> samples[2];
  core::CancelToken stop;
};

/// A folder with tracks of several tempi, keys, energies and rates, and the library of it.
struct MadeLibrary {
  explicit MadeLibrary(int count = 8, double seconds = 45.0) {
    constexpr int kRates[] = {44100, 48000, 32000};
    for (int k = 0; k < count; ++k) {
      MadeMusic music;
      music.seconds = seconds + 3.0 * (k % 4);
      music.bpm = k % 4 == 3 ? 0.0 : 70.0 + 9.0 * k;
      music.tonic = 7 * k % 12;
      music.is_minor = k % 2 == 1;
      music.lufs = -24.0 + 1.5 * k;
      music.rate = kRates[k % 3];
      music.seed = static_cast<std::uint64_t>(k) + 1;
      music.bright = 0.1 * k;
      core::audio::FileTags tags;
      tags.add("TITLE", "Track " + std::to_string(k));
      tags.add("ARTIST", k < count / 2 ? "Ada Lovelace" : "Bach");
      tags.add("GENRE", k % 2 == 0 ? "Ambient" : "Techno");
      using Format = core::audio::AudioFormat;
      constexpr std::pair<Format, const char*> kFormats[] = {
          {Format::flac16, ".flac"}, {Format::mp3, ".mp3"}, {Format::ogg, ".ogg"}};
      const auto& [format, ending] = kFormats[k % 7 % 3];
      write_music(folder / (static_cast<char>('a' + k) + std::string(ending)), made_music(music),
                  format, tags);
    }
    open();
  }
  void open() {
    library.reset();
    auto opened =
        core::engines::FolderLibrary::open({folder.path().string(), cache / "library.sqlite", 2});
    REQUIRE(opened.ok());
    library = *std::move(opened);
    scan();
    engine = *library->make_engine("library");
  }
  void scan() {
    REQUIRE(library->scan().ok());
    REQUIRE(library->wait(std::chrono::minutes(5)).ok());
  }
  std::vector<float> play(const core::plan::Brief& brief) const {
    HeardSink sink;
    REQUIRE(engine->generate(brief, sink).ok());
    REQUIRE(sink.samples[0].size() == static_cast<std::size_t>(brief.frames));
    return sink.samples[0];
  }

  TempFolder folder, cache;
  std::shared_ptr<core::engines::FolderLibrary> library;
  std::shared_ptr<core::engines::MusicEngine> engine;
};

inline core::plan::Request library_request(int minutes = 6) {
  core::plan::Request request;
  request.target_minutes = minutes;
  request.segment_seconds = 40.0;
  request.sample_rate = 44100;
  return request;
}

}  // namespace focus::test
