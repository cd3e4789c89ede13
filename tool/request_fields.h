// SPDX-License-Identifier: MIT
// The ranges of the music's options, as the library has them.
#pragma once

#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

/// The library's description of a field of focus::Request; nullptr where it knows none.
const focus::RequestField* find_request_field(const std::string& name);

// Of a number that the library knows, by the name of its field:

/// Its range, as in "1 to 1440".
std::string range_of(const std::string& field);
bool is_in_range(const std::string& field, double value);
/// What it is, as the help says it.
std::string about(const std::string& field);

}  // namespace cli
