// SPDX-License-Identifier: MIT
#include "table.h"

#include <cstdio>

#include "targets.h"

namespace focus::bench {
namespace {

/// A counter's value in a column, or nothing where the run has none.
std::string column(const benchmark::BenchmarkReporter::Run& run, const char* counter) {
  const auto found = run.counters.find(counter);
  if (found == run.counters.end()) return "";
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f", static_cast<double>(found->second));
  return text;
}

}  // namespace

void set_audio_seconds(benchmark::State& state, double seconds) {
  state.counters[kAudioPerCpu] = benchmark::Counter(seconds, benchmark::Counter::kIsRate);
}

bool TableReporter::ReportContext(const Context&) { return true; }

void TableReporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    std::fprintf(stderr, "measured %s\n", run.benchmark_name().c_str());
    runs_.push_back(run);
  }
}

void TableReporter::Finalize() {
  std::printf("\n%-28s %12s %14s %12s %9s\n", "", "wall ms", "audio s/CPU s", "CPU s", "peak MB");
  for (const Run& run : runs_) {
    // Options such as "/process_time" are part of Google Benchmark's names; the bare name is ours.
    const std::string& name = run.run_name.function_name;
    if (run.error_occurred) {
      std::printf("%-28s failed: %s\n", name.c_str(), run.error_message.c_str());
      continue;
    }
    const double wall_ms = 1000.0 * run.real_accumulated_time / static_cast<double>(run.iterations);
    std::printf("%-28s %12.1f %14s %12s %9s\n", name.c_str(), wall_ms,
                column(run, kAudioPerCpu).c_str(), column(run, kCpuSeconds).c_str(),
                column(run, kPeakMegabytes).c_str());
  }
  print_targets(runs_);
}

}  // namespace focus::bench
