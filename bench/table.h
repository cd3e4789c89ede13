// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace focus::bench {

/// The counters the table has a column for; a benchmark sets those that mean something to it.
inline constexpr char kAudioPerCpu[] = "audio seconds per CPU second";
inline constexpr char kPeakMegabytes[] = "peak MB";
inline constexpr char kCpuSeconds[] = "CPU seconds";

/// Of a callback, in microseconds; they have a table of their own.
inline constexpr char kMedianUs[] = "median us";
inline constexpr char kWorstUs[] = "worst us";
inline constexpr char kCopyMedianUs[] = "median us of copying as much";
inline constexpr char kCopyWorstUs[] = "worst us of copying as much";
inline constexpr char kBudgetUs[] = "budget us";
inline constexpr char kOver[] = "callbacks over a tenth of the budget";
inline constexpr char kCopyOver[] = "copies over a tenth of the budget";

/// Of a change of a session, in microseconds; a table of their own, too.
inline constexpr char kFirstSteerUs[] = "us of one of the first hundred";
inline constexpr char kLateSteerUs[] = "us after 16,000";

/// How names begin that are compared with each other after the table; what follows says of what.
inline constexpr char kEngine[] = "engine/";
inline constexpr char kFluidSynth[] = "fluidsynth/";
inline constexpr char kLength[] = "length/";

/// Says how much audio a benchmark has made in all its iterations. The benchmark must have
/// MeasureProcessCPUTime(), so that the work of all threads counts.
void set_audio_seconds(benchmark::State& state, double seconds);

/// Collects all runs and prints one plain table at the end, and what is aimed at below it.
class TableReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

 private:
  std::vector<Run> runs_;
};

}  // namespace focus::bench
