// SPDX-License-Identifier: MIT
//
// What a host sees through the C ABI: the player's cost, and how soon there is music.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "table.h"
#include <focus_session/focus_session.h>

namespace focus::bench {
namespace {

constexpr int kBlock = 512;

/// A session in memory and its player; gone with the object.
struct Host {
  focus_service* service = nullptr;
  focus_session* session = nullptr;
  focus_player* player = nullptr;

  ~Host() {
    focus_player_destroy(player);
    focus_session_destroy(session);
    focus_service_destroy(service);
  }

  bool open() {
    focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
    options.storage = FOCUS_STORAGE_MEMORY;
    return focus_service_open(&options, &service) == FOCUS_OK;
  }
  bool start(int minutes, double segment_seconds) {
    focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
    request.goal = FOCUS_GOAL_FOCUS;
    request.target_minutes = minutes;
    request.segment_seconds = segment_seconds;
    request.seed = 7;
    request.has_seed = 1;
    return focus_session_start(service, &request, &session) == FOCUS_OK;
  }
  bool play(int sample_rate) {
    focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
    options.mode = FOCUS_PLAYER_OFFLINE;
    options.sample_rate = sample_rate;
    return focus_player_create(session, &options, &player) == FOCUS_OK;
  }
  /// Until all segments are made; false when one could not be.
  bool wait_until_ready() {
    focus_event event = FOCUS_EVENT_INIT;
    while (event.type != FOCUS_EVENT_STATUS_CHANGED) {
      if (focus_session_wait_event(session, 120000, &event) != FOCUS_OK) return false;
      if (event.type == FOCUS_EVENT_NONE || event.type == FOCUS_EVENT_SEGMENT_FAILED) return false;
    }
    return true;
  }
};

std::string last_error() {
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  return error.message;
}

/// A minute that is ready and in memory, in the blocks of an audio callback.
void play_from_memory(benchmark::State& state, int sample_rate) {
  std::vector<float> samples(kBlock * 2);
  std::int64_t frames = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::optional<Host> host(std::in_place);
    if (!host->open() || !host->start(1, 20.0) || !host->play(sample_rate) ||
        !host->wait_until_ready()) {
      state.SkipWithError(last_error().c_str());
      break;
    }
    state.ResumeTiming();
    for (std::int32_t music = kBlock; music == kBlock; frames += music) {
      music = focus_player_render_interleaved(host->player, samples.data(), kBlock);
    }
    state.PauseTiming();  // closing is not playing
    host.reset();
    state.ResumeTiming();
  }
  set_audio_seconds(state, static_cast<double>(frames) / sample_rate);
}

/// From nothing to the first music in the host's hands, with the defaults of a request.
void first_music(benchmark::State& state) {
  std::vector<float> samples(kBlock * 2);
  for (auto _ : state) {
    Host host;
    if (!host.open() || !host.start(60, 0.0) || !host.play(48000) ||
        focus_player_render_interleaved(host.player, samples.data(), kBlock) != kBlock) {
      state.SkipWithError(last_error().c_str());
      break;
    }
  }
}

BENCHMARK_CAPTURE(play_from_memory, same_rate, 48000)
    ->Name("player/48000")
    ->Iterations(3)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(play_from_memory, resampled, 44100)
    ->Name("player/44100")
    ->Iterations(3)
    ->MeasureProcessCPUTime();
BENCHMARK(first_music)->Name("first_music")->Iterations(3)->MeasureProcessCPUTime();

}  // namespace
}  // namespace focus::bench
