// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

/// In a sentence or two, what was made of the request: of the words of a prompt, else of goal and
/// intensity. "" where the library does not say.
std::string story_of(focus::Snapshot snapshot);

/// The same of one segment, which is ready.
std::string story_of(focus::Snapshot snapshot, std::int32_t index);

}  // namespace cli
