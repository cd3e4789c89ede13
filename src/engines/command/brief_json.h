// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plan/brief.h"

namespace focus::core::engines {

/// The paths that a brief contains.
struct BriefFiles {
  std::string previous;  ///< the end of the previous segment; "": there is none
  std::string out;       ///< where the command must write its audio
};

/// Returns the brief as a JSON object with the fields of focus_brief under their names. Enumerators
/// are the words of the wire contract (`phase` is null for goals without phases). The samples of
/// the previous segment become `previous_path` (a path or null). Seeds are integers up to 2^64 - 1,
/// written exactly. For languages in which every number is a double, such as JavaScript,
/// `seed_text` and `session_seed_text` contain the same digits as strings.
std::string brief_as_json(const plan::Brief& brief, int attempt, const BriefFiles& files);

}  // namespace focus::core::engines
