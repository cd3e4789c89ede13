// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "plan/brief.h"
#include "plan/lexicon.h"
#include "plan/prompt.h"

namespace focus::core {

/// What pushes did, in a few words: "darker, with rain, no percussion"; "" where they did nothing.
std::string effect_of(std::span<const Push> pushes);

/// A leaning as a listener would say it: "slower and darker, with rain and electric piano, no
/// percussion"; "" for none.
std::string describe(const PromptLeaning& leaning);

/// The summary of a reading that is otherwise complete.
std::string summary_of(const PromptReading& reading);

/// One plain sentence on why a segment sounds as it does: "Focus at medium intensity: 76 bpm in D
/// dorian, developing; ..."
std::string why(const Brief& brief);

}  // namespace focus::core
