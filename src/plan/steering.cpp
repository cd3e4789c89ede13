// SPDX-License-Identifier: MIT
#include "plan/steering.h"

#include <utility>

namespace focus::core::plan {

Request steered(Request request, const Steering& steering) {
  if (steering.goal) request.goal = *steering.goal;
  if (steering.intensity) request.intensity = *steering.intensity;
  if (steering.divergence) request.divergence = *steering.divergence;
  if (steering.target_minutes) request.target_minutes = *steering.target_minutes;
  for (std::size_t stem = 0; stem < steering.stem_db.size(); ++stem) {
    if (steering.stem_db[stem]) request.stem_db[stem] = *steering.stem_db[stem];
  }
  if (steering.custom_prompt) {
    request.custom_prompt = *steering.custom_prompt;
    request.goal = Goal::custom_prompt;
  }
  return request;
}

}  // namespace focus::core::plan
