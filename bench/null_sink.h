// SPDX-License-Identifier: MIT
#pragma once

#include <benchmark/benchmark.h>

#include "engines/engine.h"

namespace focus::bench {

/// Where audio goes of which only the making is measured.
class NullSink final : public core::engines::SegmentSink {
 public:
  void write(core::audio::ConstAudioView block) override {
    if (!block.empty()) benchmark::DoNotOptimize(block.channel(0)[0]);
  }
  bool cancelled() const override { return false; }
};

}  // namespace focus::bench
