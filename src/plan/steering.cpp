// SPDX-License-Identifier: MIT
#include "plan/steering.h"

#include <utility>
#include <vector>

#include "plan/programme.h"

namespace focus::core::plan {

namespace {

/// What has been played of the programme keeps its levels alone: the scenes are now told anew.
std::string programme_with_new_scenes(const Request& request, std::int64_t from) {
  std::vector<SceneStep> steps = programme_of(request).steps;
  for (SceneStep& step : steps) {
    if (step.from_seconds <= static_cast<double>(from) * 0.01) step.scenes.clear();
  }
  return text_of(steps);
}

}  // namespace

Request changed(Request request, const Change& change) {
  const Steering& steering = change.steering;
  if (steering.goal) request.goal = *steering.goal;
  if (steering.intensity) request.intensity = *steering.intensity;
  if (steering.divergence) request.divergence = *steering.divergence;
  if (steering.target_minutes) request.target_minutes = *steering.target_minutes;
  for (std::size_t stem = 0; stem < steering.stem_db.size(); ++stem) {
    if (steering.stem_db[stem]) request.stem_db[stem] = *steering.stem_db[stem];
  }
  if (steering.scenes) {
    request.scenes = *steering.scenes;
    request.programme = programme_with_new_scenes(request, change.from);
  }
  if (steering.custom_prompt) {
    request.custom_prompt = *steering.custom_prompt;
    request.goal = Goal::custom_prompt;
  }
  return request;
}

}  // namespace focus::core::plan
