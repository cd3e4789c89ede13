// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/entropy.h"

namespace focus::core {

/// `prefix` followed by 12 lowercase hexadecimal digits from the entropy source.
std::string make_id(std::string_view prefix, Entropy& entropy);

inline constexpr std::string_view kSessionIdPrefix = "mfocus_";
inline constexpr std::string_view kTrackIdPrefix = "mtrack_";

/// Whether `id` has exactly the shape of a session id, and so is safe as a folder's name.
bool is_session_id(std::string_view id);
/// The same for a track, as a file's name.
bool is_track_id(std::string_view id);

}  // namespace focus::core
