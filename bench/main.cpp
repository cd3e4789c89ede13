// SPDX-License-Identifier: MIT
//
// How fast the library is: a table, with the options of Google Benchmark
// (--benchmark_filter=engine).
#include <benchmark/benchmark.h>

#include "table.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  focus::bench::TableReporter table;
  benchmark::RunSpecifiedBenchmarks(&table);
  benchmark::Shutdown();
  return 0;
}
