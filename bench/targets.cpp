// SPDX-License-Identifier: MIT
#include "targets.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "table.h"

namespace focus::bench {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

constexpr double kSpeed = 200.0;  // seconds of audio per CPU second
constexpr double kTimesFluidSynth = 1.5;
constexpr double kPartOfBudget = 0.1;     // that a callback takes at worst
constexpr double kTimesFirstSteer = 2.0;  // a change after 16,000 others, at most

double value(const Run& run, const char* counter) {
  const auto found = run.counters.find(counter);
  return found == run.counters.end() ? 0.0 : static_cast<double>(found->second);
}

bool measured(const Run& run) {
  return run.run_type == Run::RT_Iteration && !run.error_occurred && value(run, kAudioPerCpu) > 0.0;
}

/// The quickest run of that name, or null.
const Run* best(const std::vector<Run>& runs, const std::string& name) {
  const Run* found = nullptr;
  for (const Run& run : runs) {
    if (run.run_name.function_name != name || !measured(run)) continue;
    if (!found || value(run, kAudioPerCpu) > value(*found, kAudioPerCpu)) found = &run;
  }
  return found;
}

/// The names that begin so, without that beginning, each once.
std::vector<std::string> names_after(const std::vector<Run>& runs, std::string_view prefix) {
  std::vector<std::string> names;
  for (const Run& run : runs) {
    const std::string& name = run.run_name.function_name;
    if (name.rfind(prefix, 0) != 0 || !measured(run)) continue;
    const std::string rest = name.substr(prefix.size());
    if (std::find(names.begin(), names.end(), rest) == names.end()) names.push_back(rest);
  }
  return names;
}

std::string verdict(double reached, double target) {
  char text[32];
  std::snprintf(text, sizeof(text), "%s %g", reached >= target ? ">=" : "BELOW", target);
  return text;
}

void print_speeds(const std::vector<Run>& runs) {
  const auto kinds = names_after(runs, kEngine);
  if (kinds.empty()) return;
  std::printf("\n%-28s %12s %14s %12s\n", "audio s/CPU s", "studio", "FluidSynth", "ratio");
  for (const std::string& kind : kinds) {
    const double studio = value(*best(runs, kEngine + kind), kAudioPerCpu);
    std::printf("%-28s %12.1f ", kind.c_str(), studio);
    const Run* const other = best(runs, kFluidSynth + kind);
    if (other) {
      const double ratio = studio / value(*other, kAudioPerCpu);
      std::printf("%14.1f %12.2f   %s, ", value(*other, kAudioPerCpu), ratio,
                  verdict(ratio, kTimesFluidSynth).c_str());
    } else {
      std::printf("%14s %12s   ", "", "");
    }
    std::printf("%s\n", verdict(studio, kSpeed).c_str());
  }
}

void print_lengths(const std::vector<Run>& runs) {
  const auto lengths = names_after(runs, kLength);
  if (lengths.size() < 2) return;
  const Run& first = *best(runs, kLength + lengths.front());
  const double first_cpu = value(first, kCpuSeconds);
  std::printf("\n%-28s %12s %14s %12s %10s\n", "segment, against the first", "audio", "CPU time",
              "CPU/audio", "growth MB");
  for (const std::string& length : lengths) {
    const Run& run = *best(runs, kLength + length);
    const double cpu = value(run, kCpuSeconds) / first_cpu;
    const double audio = cpu * value(run, kAudioPerCpu) / value(first, kAudioPerCpu);
    std::printf("%-28s %11.2fx %13.2fx %12.2f %+10.1f\n", length.c_str(), audio, cpu, cpu / audio,
                value(run, kPeakMegabytes) - value(first, kPeakMegabytes));
  }
}

void print_callbacks(const std::vector<Run>& runs) {
  bool first = true;
  for (const Run& run : runs) {
    const double budget = value(run, kBudgetUs);
    if (budget <= 0.0 || run.error_occurred) continue;
    if (std::exchange(first, false)) {
      std::printf("\n%-28s %10s %10s %12s %12s %10s %10s\n", "callback, CPU time", "median us",
                  "worst us", "copy median", "copy worst", "budget us", "worst part");
    }
    const double part = value(run, kWorstUs) / budget;
    std::printf("%-28s %10.1f %10.1f %12.1f %12.1f %10.1f %10.3f   %s %g (%g over it, %g copies)\n",
                run.run_name.function_name.c_str(), value(run, kMedianUs), value(run, kWorstUs),
                value(run, kCopyMedianUs), value(run, kCopyWorstUs), budget, part,
                part <= kPartOfBudget ? "<=" : "ABOVE", kPartOfBudget, value(run, kOver),
                value(run, kCopyOver));
  }
}

void print_steers(const std::vector<Run>& runs) {
  bool first = true;
  for (const Run& run : runs) {
    const double early = value(run, kFirstSteerUs), late = value(run, kLateSteerUs);
    if (early <= 0.0 || run.error_occurred) continue;
    if (std::exchange(first, false)) {
      std::printf("\n%-28s %12s %14s %12s\n", "change of a session, us", "first 100",
                  "after 16,000", "ratio");
    }
    std::printf("%-28s %12.1f %14.1f %12.2f   %s %g\n", run.run_name.function_name.c_str(), early,
                late, late / early, late / early <= kTimesFirstSteer ? "<=" : "ABOVE",
                kTimesFirstSteer);
  }
}

}  // namespace

void print_targets(const std::vector<Run>& runs) {
  print_speeds(runs);
  print_lengths(runs);
  print_callbacks(runs);
  print_steers(runs);
}

}  // namespace focus::bench
