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

/// Whether `id` is a session id in the form of make_id(). Such an id is safe to use as a folder
/// name.
bool is_session_id(std::string_view id);
/// Whether `id` is a track id in the form of make_id(). Such an id is safe to use as a file name.
bool is_track_id(std::string_view id);

}  // namespace focus::core
