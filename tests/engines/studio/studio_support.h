// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engines/studio/studio_engine.h"
#include "plan/planner.h"

namespace focus::test {

using namespace focus::core;

/// Keeps what an engine plays, and can ask it to stop after some frames.
class CollectingSink final : public engines::SegmentSink {
 public:
  explicit CollectingSink(std::int64_t stop_after = -1) : stop_after_(stop_after) {}
  void write(audio::ConstAudioView block) override {
    left.insert(left.end(), block.samples(0).begin(), block.samples(0).end());
    right.insert(right.end(), block.samples(1).begin(), block.samples(1).end());
  }
  bool cancelled() const override {
    ++asked;
    return stop_after_ >= 0 && static_cast<std::int64_t>(left.size()) >= stop_after_;
  }

  std::vector<float> left, right;
  mutable int asked = 0;

 private:
  std::int64_t stop_after_;
};

inline constexpr plan::Goal kGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep,
                                        plan::Goal::energize};
inline constexpr plan::Intensity kIntensities[] = {plan::Intensity::low, plan::Intensity::medium,
                                                   plan::Intensity::high};

inline plan::Request request_for(plan::Goal goal, plan::Intensity intensity, int minutes = 30) {
  plan::Request request;
  request.goal = goal;
  request.intensity = intensity;
  request.target_minutes = minutes;
  if (goal == plan::Goal::custom_prompt) request.custom_prompt = "calm";
  return request;
}

/// A brief from the middle of a session, cut to `seconds`.
inline plan::Brief brief_for(plan::Goal goal, plan::Intensity intensity, double seconds,
                             std::uint64_t seed = 5) {
  plan::Brief brief = plan::planned(request_for(goal, intensity), seed).brief(6, 48000);
  brief.frames = static_cast<std::int64_t>(seconds * brief.sample_rate);
  return brief;
}

inline CollectingSink play(const plan::Brief& brief) {
  CollectingSink sink;
  const absl::Status status = engines::StudioEngine().generate(brief, sink);
  if (!status.ok()) sink.left.clear();
  return sink;
}

inline double rms(const std::vector<float>& samples) {
  double sum = 0.0;
  for (const float x : samples) sum += static_cast<double>(x) * static_cast<double>(x);
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

}  // namespace focus::test
