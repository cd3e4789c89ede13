// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <benchmark/benchmark.h>

namespace focus::bench {

/// Prints what the studio's speed is held against, and whether it is reached: so many seconds of
/// audio per CPU second, so many times FluidSynth's, time and memory by length, a late change of a
/// session against the first ones. Of a benchmark that was repeated the quickest run counts, the
/// one that other programs disturbed least; what was not measured is left out.
void print_targets(const std::vector<benchmark::BenchmarkReporter::Run>& runs);

}  // namespace focus::bench
