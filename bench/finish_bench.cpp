// SPDX-License-Identifier: MIT
//
// What becomes of raw audio: mastering, and the file it is kept in.
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "audio/file.h"
#include "engines/studio/studio_engine.h"
#include "mastering/master.h"
#include "plan/planner.h"
#include "table.h"

using namespace focus::core;

namespace focus::bench {
namespace {

class BufferSink final : public core::engines::SegmentSink {
 public:
  explicit BufferSink(core::audio::AudioBuffer& buffer) : buffer_(buffer) {}
  void write(core::audio::ConstAudioView block) override {
    for (std::int64_t frame = 0; frame < block.frames() && filled_ < buffer_.frames();
         ++frame, ++filled_) {
      for (int c = 0; c < buffer_.channel_count(); ++c) {
        buffer_.view().channel(c)[filled_] = block.channel(c)[frame];
      }
    }
  }
  bool cancelled() const override { return false; }

 private:
  core::audio::AudioBuffer& buffer_;
  std::int64_t filled_ = 0;
};

/// Two minutes of the engine's raw audio, made once.
const core::audio::AudioBuffer& raw_audio() {
  static const core::audio::AudioBuffer audio = [] {
    core::plan::Request request;
    request.target_minutes = 10;
    const core::engines::StudioEngine engine;
    const core::plan::Brief brief = core::plan::planned(request, 7).brief(2, 48000);
    core::audio::AudioBuffer buffer(2, brief.frames, brief.sample_rate);
    BufferSink sink(buffer);
    engine.generate(brief, sink).IgnoreError();
    return buffer;
  }();
  return audio;
}

void master_audio(benchmark::State& state, double target_lufs) {
  double audio_seconds = 0.0;
  raw_audio();
  for (auto _ : state) {
    core::audio::AudioBuffer audio = raw_audio();
    core::mastering::MasteringSettings settings;
    settings.target_lufs = target_lufs;
    const auto mastering = core::mastering::master(audio, settings, core::CancelToken());
    if (!mastering.ok()) {
      state.SkipWithError(mastering.status().ToString().c_str());
      break;
    }
    audio_seconds += audio.seconds();
  }
  set_audio_seconds(state, audio_seconds);
}

void encode(benchmark::State& state, core::audio::AudioFormat format) {
  const std::string path = (std::filesystem::temp_directory_path() / "focus_bench.").string() +
                           std::string(audio::ending_of(format));
  core::audio::AudioBuffer audio = raw_audio();
  core::mastering::master(audio, core::mastering::MasteringSettings(), core::CancelToken())
      .IgnoreError();
  double audio_seconds = 0.0;
  for (auto _ : state) {
    const absl::Status status =
        core::audio::write_audio_file(path, format, std::as_const(audio).view(),
                                      audio.sample_rate(), core::audio::AudioFileOptions(),
                                      core::AtomicFile::Durability::renamed, core::CancelToken());
    if (!status.ok()) {
      state.SkipWithError(status.ToString().c_str());
      break;
    }
    audio_seconds += audio.seconds();
  }
  std::filesystem::remove(path);
  set_audio_seconds(state, audio_seconds);
}

BENCHMARK_CAPTURE(master_audio, gain_alone, -23.0)->Name("mastering/gain")->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(master_audio, limited, -10.0)->Name("mastering/limiter")->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(encode, flac16, core::audio::AudioFormat::flac16)
    ->Name("encode/flac16")
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(encode, wav, core::audio::AudioFormat::wav)
    ->Name("encode/wav")
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace focus::bench
