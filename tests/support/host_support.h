// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "engines/host/host_engine.h"
#include "support/wait.h"

namespace focus::test {

/// A worker that waits for an engine. What it gets is looked at by the test's own thread.
class Worker {
 public:
  explicit Worker(std::function<absl::Status()> work)
      : thread_([this, work = std::move(work)] { result_ = work(); }) {}
  ~Worker() {
    if (thread_.joinable()) thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  const absl::Status& result() {
    if (thread_.joinable()) thread_.join();
    return result_;
  }

 private:
  absl::Status result_;
  std::thread thread_;  // last: it begins when all else is there
};

/// What a host's player has been through, seen from outside.
struct Witness {
  std::atomic<int> calls{0};
  std::atomic<int> under_way{0};
  std::atomic<int> most_at_once{0};
  std::atomic<int> released{0};
  std::atomic<bool> lets_go{false};  // calls that hang
  const void* player = nullptr;      // for leak checkers, where it is kept for ever
};

/// A generator that is whatever `play` makes of it.
class FunctionGenerator final : public core::engines::HostGenerator {
 public:
  using Play = std::function<absl::Status(const core::plan::Brief&, int, core::engines::HostSink&)>;

  FunctionGenerator(std::shared_ptr<Witness> witness, Play play)
      : witness_(std::move(witness)), play_(std::move(play)) {
    witness_->player = this;
  }
  ~FunctionGenerator() override { ++witness_->released; }

  absl::Status generate(const core::plan::Brief& brief, int attempt,
                        core::engines::HostSink& sink) override {
    const auto witness = witness_;
    ++witness->calls;
    const int at_once = ++witness->under_way;
    int most = witness->most_at_once;
    while (at_once > most && !witness->most_at_once.compare_exchange_weak(most, at_once)) {
    }
    struct End {
      Witness& witness;
      ~End() { --witness.under_way; }
    } end{*witness};
    return play_(brief, attempt, sink);
  }

 private:
  const std::shared_ptr<Witness> witness_;
  const Play play_;
};

/// Delivers the whole brief: a ramp, the second channel being the first upside down.
inline absl::Status play_ramp(const core::plan::Brief& brief, core::engines::HostSink& sink) {
  std::vector<float> samples;
  for (std::int64_t i = 0; i < brief.frames; ++i) {
    const float value = static_cast<float>(i) / static_cast<float>(brief.frames);
    samples.insert(samples.end(), {value, -value});
  }
  return sink.write_interleaved(samples.data(), brief.frames, 2);
}

/// A tone that is fit to be heard.
inline absl::Status play_tone(const core::plan::Brief& brief, core::engines::HostSink& sink) {
  std::vector<float> samples;
  for (std::int64_t i = 0; i < brief.frames; ++i) {
    const auto value = static_cast<float>(
        0.2 * std::sin(2 * M_PI * 220.0 * static_cast<double>(i) / brief.sample_rate));
    samples.insert(samples.end(), {value, value});
  }
  return sink.write_interleaved(samples.data(), brief.frames, 2);
}

/// Comes back only once the test lets it go, whatever the sink says.
inline absl::Status hang(const std::shared_ptr<Witness>& witness) {
  eventually([&] { return witness->lets_go.load(); });
  return core::cancelled_error();
}

/// What the worker's side of a call receives.
class KeptSink final : public core::engines::SegmentSink {
 public:
  void write(core::audio::ConstAudioView block) override {
    for (int c = 0; c < 2; ++c) {
      samples[c].insert(samples[c].end(), block.channel(c), block.channel(c) + block.frames());
    }
  }
  bool cancelled() const override { return cancel.load(); }
  void report_progress(double fraction) override { progress.push_back(fraction); }

  std::vector<float> samples[2];
  std::vector<double> progress;
  std::atomic<bool> cancel{false};
};

inline core::plan::Brief short_brief() {
  core::plan::Brief brief;
  brief.frames = 800;
  brief.sample_rate = 8000;
  return brief;
}

inline core::engines::EngineInfo host_info(int concurrency = 1) {
  core::engines::EngineInfo info;
  info.key = "mine";
  info.version = "1";
  info.concurrency = concurrency;
  info.max_duration_seconds = 600;
  return info;
}

/// No waiting between tries, and no patience with what hangs.
inline core::engines::HostTerms quick_terms() {
  core::engines::HostTerms terms;
  terms.retry_delay_seconds = 0.0;
  terms.grace = std::chrono::milliseconds(20);
  return terms;
}

}  // namespace focus::test
