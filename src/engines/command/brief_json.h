// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plan/brief.h"

namespace focus::core {

/// The files that a brief names.
struct BriefFiles {
  std::string previous;  ///< the end of the segment before; "" where there is none
  std::string out;       ///< where the audio is expected
};

/// The brief as a JSON object: the fields of focus_brief under their names, enumerators by the
/// words of the wire contract (`phase` is null where there are none), and for the samples of the
/// segment before `previous_path` (a path or null). Seeds are whole numbers up to 2^64 - 1, exact
/// as digits; where numbers are doubles, as in JavaScript, `seed_text` and `session_seed_text` hold
/// the same digits as strings.
std::string brief_as_json(const Brief& brief, int attempt, const BriefFiles& files);

}  // namespace focus::core
