// SPDX-License-Identifier: MIT
//
// The studio engine alone on ever longer segments: time in proportion, and no more memory. Each is
// made in a process of its own, whose peak is the engine's.
#include <algorithm>
#include <cstdio>
#include <string>

#include <benchmark/benchmark.h>

#include "studio_brief.h"
#include "table.h"

namespace focus::bench {
namespace {

void generate(benchmark::State& state, int seconds) {
  const std::string command = "'" FOCUS_SEGMENT_PATH "' " + std::to_string(seconds);
  const double audio_seconds = studio_brief(seconds).length_seconds();
  double cpu_seconds = 0.0, peak_megabytes = 0.0;
  for (auto _ : state) {
    std::FILE* const output = popen(command.c_str(), "r");
    long long microseconds = 0, kib = 0;
    const bool read = output && std::fscanf(output, "%lld %lld", &microseconds, &kib) == 2;
    if (!output || pclose(output) != 0 || !read) {
      state.SkipWithError("no segment came");
      return;
    }
    cpu_seconds += 1e-6 * static_cast<double>(microseconds);
    peak_megabytes = std::max(peak_megabytes, static_cast<double>(kib) / 1024.0);
  }
  cpu_seconds /= static_cast<double>(state.iterations());
  state.counters[kCpuSeconds] = cpu_seconds;
  state.counters[kAudioPerCpu] = audio_seconds / cpu_seconds;
  state.counters[kPeakMegabytes] = peak_megabytes;
}

const bool registered = [] {
  for (const int seconds : {60, 120, 240, 480}) {
    const std::string name = kLength + std::to_string(seconds) + " s";
    benchmark::RegisterBenchmark(name.c_str(), generate, seconds)->Iterations(3);
  }
  return true;
}();

}  // namespace
}  // namespace focus::bench
