// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "plan/request.h"

namespace focus::core::plan {

/// The command of the tool that makes this music again, as a line for a shell:
/// "focus-session render OUT --goal focus --minutes 60 --seed 7 ...". Options at their default are
/// left out, and so is how many segments are made ahead. `out` is OUT with what follows it. "" for
/// a prompt that is too long for a line.
std::string render_command(const Request& request, std::uint64_t seed, std::string_view out);

/// `text` as one word of a shell (bash, zsh, or another one with $'...'), without line breaks.
std::string shell_word(std::string_view text);

}  // namespace focus::core::plan
