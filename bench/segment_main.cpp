// SPDX-License-Identifier: MIT
//
// One segment of about SECONDS by the studio alone, in a process in which nothing else has taken
// memory. Prints the CPU microseconds it took and the process's peak in KiB of resident memory.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>

#include "engines/studio/studio_engine.h"
#include "null_sink.h"
#include "studio_brief.h"

namespace {

/// A number behind `text`, or `otherwise`.
std::int64_t number(const char* text, std::int64_t otherwise) {
  std::from_chars(text, text + std::strlen(text), otherwise);
  return otherwise;
}

/// Not getrusage(): its peak is also that of the process that forked this one.
std::int64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) != 0) continue;
    return number(line.c_str() + line.find_first_of("0123456789"), 0);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int seconds = argc == 2 ? static_cast<int>(number(argv[1], 0)) : 0;
  if (seconds <= 0) return 2;
  const focus::core::plan::Brief brief = focus::bench::studio_brief(seconds);
  focus::bench::NullSink sink;
  const std::clock_t begin = std::clock();
  if (!focus::core::engines::StudioEngine().generate(brief, sink).ok()) return 1;
  const double cpu = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%lld %lld\n", static_cast<long long>(1e6 * cpu), static_cast<long long>(peak_kib()));
  return 0;
}
