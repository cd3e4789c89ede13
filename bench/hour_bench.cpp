// SPDX-License-Identifier: MIT
//
// A whole hour as a user gets it: the tool, in a process of its own, measured by the system.
#include <chrono>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <benchmark/benchmark.h>

#include "table.h"

#ifdef FOCUS_TOOL_PATH
namespace focus::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

void render_hour(benchmark::State& state) {
  const std::string path = (std::filesystem::temp_directory_path() / "focus_bench.wav").string();
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
      dup2(STDERR_FILENO, STDOUT_FILENO);
      execl(FOCUS_TOOL_PATH, FOCUS_TOOL_PATH, "render", path.c_str(), "--goal", "focus",
            "--minutes", "60", "--seed", "7", static_cast<char*>(nullptr));
      _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
      state.SkipWithError("the tool failed");
      break;
    }
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    const double cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    state.counters[kCpuSeconds] = cpu;
    state.counters[kAudioPerCpu] = 3600.0 / cpu;
    state.counters[kPeakMegabytes] = static_cast<double>(usage.ru_maxrss) / 1024.0;
  }
  std::filesystem::remove(path);
}

BENCHMARK(render_hour)->Name("render 60 minutes")->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace focus::bench
#endif
