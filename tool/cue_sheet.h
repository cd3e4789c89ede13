// SPDX-License-Identifier: MIT
// A cue sheet: where the parts of an audio file begin, for players and burners.
#pragma once

#include <string>
#include <vector>

#include "output.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// As many tracks as a cue sheet can number.
inline constexpr std::size_t kMostCueTracks = 99;

/// Refuses a sheet that could not be written, before any music is made.
void check_cue_sheet(const std::string& path, const Output& output, std::size_t chapter_count);

/// Writes the sheet for the file of `output`, which it names as seen from its own folder.
void write_cue_sheet(const std::string& path, const Output& output, const std::string& title,
                     const std::vector<focus::Chapter>& chapters);

}  // namespace cli
