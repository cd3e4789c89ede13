// SPDX-License-Identifier: MIT
// The melody of a phrase: gestures (see melody_plan.h), each of which is placed on the scale (see
// lead_writer.h).
#include "engines/studio/score/lead_writer.h"
#include "engines/studio/score/melody_plan.h"

namespace focus::core::engines::studio {

void write_lead(const Phrase& phrase, std::vector<Note>& notes) {
  const std::vector<Gesture> gestures = plan_melody(phrase);
  if (gestures.empty()) return;
  LeadWriter writer(phrase);
  for (const Gesture& gesture : gestures) writer.write(gesture, notes);
}

}  // namespace focus::core::engines::studio
