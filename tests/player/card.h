// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "engines/studio/studio_engine.h"
#include "player/live_source.h"
#include "player/player_fixture.h"

namespace focus::test {

/// So that a test is not slowed down by a feeder that rests.
constexpr std::chrono::milliseconds kFeedInterval{1};

/// Engines whose segments take a time that is counted in music and not on the machine's clock: a
/// segment is held back until so many seconds were played since it was asked for, and the card
/// plays no further until it is there. What a test says of lateness then holds on any machine.
class TimedWork {
 public:
  explicit TimedWork(double seconds) : seconds_(seconds) {}

  /// [engine] At the beginning of `generate`. Before the card plays, work takes no time.
  absl::Status begin(const core::plan::Brief& brief, core::engines::SegmentSink& sink) {
    {
      const std::lock_guard guard(mutex_);
      if (!begun_) return absl::OkStatus();
      due_[brief.index] = played_ + seconds_;
    }
    while (!sink.cancelled()) {
      {
        const std::lock_guard guard(mutex_);
        const auto due = due_.find(brief.index);
        if (due == due_.end() || played_ >= due->second) return absl::OkStatus();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const std::lock_guard guard(mutex_);
    due_.erase(brief.index);
    return core::cancelled_error();
  }

  bool was_asked_for(int index) {
    const std::lock_guard guard(mutex_);
    return due_.contains(index);
  }

  /// [card] False while work is due that is not there.
  bool is_on_time(const core::session::Session& session, double played) {
    const std::lock_guard guard(mutex_);
    begun_ = true;
    played_ = played;
    std::erase_if(due_, [&](const auto& work) {
      return session.readiness(work.first) != core::session::Readiness::pending;
    });
    return std::all_of(due_.begin(), due_.end(),
                       [&](const auto& work) { return played < work.second; });
  }

 private:
  const double seconds_;
  std::mutex mutex_;
  bool begun_ = false;
  double played_ = 0.0;
  std::map<int, double> due_;  // segment: at which moment of the card
};

/// Studio, except that its segments take their time.
class TimedStudio final : public core::engines::MusicEngine {
 public:
  static constexpr const char* kKey = "timed_studio";

  explicit TimedStudio(double seconds) : info_(studio_.info()), work_(seconds) { info_.key = kKey; }

  TimedWork& work() { return work_; }
  const core::engines::EngineInfo& info() const override { return info_; }
  int playing_rate(int session_rate) const override { return studio_.playing_rate(session_rate); }
  absl::Status generate(const core::plan::Brief& brief,
                        core::engines::SegmentSink& sink) const override {
    if (absl::Status status = work_.begin(brief, sink); !status.ok()) return status;
    return studio_.generate(brief, sink);
  }

 private:
  core::engines::StudioEngine studio_;
  core::engines::EngineInfo info_;
  mutable TimedWork work_;
};

/// A sound card that keeps no time of its own: it pulls blocks as fast as the feeder and the work
/// it was told of follow, and remembers all it was given.
class Card {
 public:
  Card(core::player::LiveSource& source, int sample_rate, std::int64_t block = 256)
      : source_(source), sample_rate_(sample_rate), block_(block) {}

  /// From now on it plays no further than `work` of `session` allows.
  void keep_time_with(TimedWork& work, const core::session::Session& session) {
    is_on_time_ = [&] { return work.is_on_time(session, seconds()); };
    is_on_time_();
  }

  /// Returns the newest `blocks` blocks.
  std::vector<float> pull(int blocks) {
    const std::size_t before = heard_.size();
    for (int i = 0; i < blocks; ++i) {
      float block[2 * kLargestBlock];
      const auto music = source_.pull(block, block_);
      REQUIRE(music.ok());
      music_.insert(music_.end(), block, block + 2 * *music);
      heard_.insert(heard_.end(), block, block + 2 * block_);
      seconds_ += static_cast<double>(block_) / sample_rate_;
      keep_pace();
    }
    return {heard_.begin() + static_cast<std::ptrdiff_t>(before), heard_.end()};
  }
  /// The card is another one from now on. What was heard before is kept.
  void set_rate(int sample_rate) {
    REQUIRE(source_.set_rate(sample_rate).ok());
    sample_rate_ = sample_rate;
  }
  int rate() const { return sample_rate_; }
  bool pull_until(core::player::PlayerState state) {
    return pull_until([&] { return source_.state() == state; });
  }
  /// False when that takes longer than any test should.
  template <typename Condition>
  bool pull_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      pull(1);
    }
    return true;
  }
  const std::vector<float>& heard() const { return heard_; }
  /// What was heard without the silence where there was no music.
  const std::vector<float>& music() const { return music_; }

 private:
  static constexpr std::int64_t kLargestBlock = 256;
  static constexpr std::chrono::seconds kPatience{60};
  /// Played between two rests of the feeder: it takes no longer on a machine that keeps up.
  static constexpr double kPaceSeconds = 0.08;

  double seconds() const { return seconds_; }
  /// Once the work is there the feeder has to take note of it.
  void keep_pace() {
    if (!is_on_time_()) {
      wait_until(is_on_time_);
    } else if (seconds() < paced_at_ + kPaceSeconds) {
      return;
    }
    paced_at_ = seconds();
    const std::uint32_t rests = source_.rests();
    wait_until([&] { return source_.rests() != rests; });
  }
  template <typename Condition>
  void wait_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
      REQUIRE(std::chrono::steady_clock::now() < deadline);
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  }

  core::player::LiveSource& source_;
  int sample_rate_;
  const std::int64_t block_;  // in frames
  double seconds_ = 0.0;
  std::function<bool()> is_on_time_ = [] { return true; };
  double paced_at_ = 0.0;
  std::vector<float> heard_;
  std::vector<float> music_;
};

inline float loudest(const std::vector<float>& samples) {
  float peak = 0.0f;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample));
  return peak;
}

/// The longest stretch under -60 dBFS, in seconds.
inline double longest_hole(const std::vector<float>& stereo, int sample_rate) {
  std::size_t longest = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i + 1 < stereo.size(); i += 2) {
    const bool silent = std::abs(stereo[i]) < 1e-3f && std::abs(stereo[i + 1]) < 1e-3f;
    length = silent ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return static_cast<double>(longest) / sample_rate;
}

}  // namespace focus::test
