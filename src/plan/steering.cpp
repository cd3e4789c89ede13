// SPDX-License-Identifier: MIT
#include "plan/steering.h"

#include <utility>

namespace focus::core::plan {

Request steered(Request request, const Steering& steering) {
  if (steering.goal) request.goal = *steering.goal;
  if (steering.intensity) request.intensity = *steering.intensity;
  if (steering.divergence) request.divergence = *steering.divergence;
  if (steering.target_minutes) request.target_minutes = *steering.target_minutes;
  if (steering.custom_prompt) {
    request.custom_prompt = *steering.custom_prompt;
    request.goal = Goal::custom_prompt;
  }
  return request;
}

}  // namespace focus::core::plan
