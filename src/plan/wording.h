// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "plan/brief.h"
#include "plan/lexicon.h"
#include "plan/prompt.h"

namespace focus::core::plan {

/// Describes the effect of pushes in a few words: "darker, with rain, no percussion". "" if they
/// have none.
std::string effect_of(std::span<const Push> pushes);

/// Describes a leaning for the listener: "slower and darker, with rain and electric piano, no
/// percussion". "" if it is empty.
std::string describe(const PromptLeaning& leaning);

/// Makes the summary for a reading whose other fields are complete.
std::string summary_of(const PromptReading& reading);

/// Explains in one sentence why a segment sounds as it does: "Focus at medium intensity: 76 bpm in
/// D dorian, developing; ..."
std::string why(const Brief& brief);

/// Tells which scenes are heard in a segment: "Scenes: rain_tent=0, train=-9, then sea=0." `heard`
/// is what is played, with what the prompt or the goal has chosen. "" if there is none.
std::string why_scenes(const Brief& brief, const SceneProgramme& heard);

}  // namespace focus::core::plan
