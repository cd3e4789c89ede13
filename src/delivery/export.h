// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "session/session.h"

namespace focus::core::delivery {

/// Writes a ready segment to `path`, whose ending chooses the format; a plain copy where the
/// store's file is of that format already. Whole or not at all. `bits`: see audio::user_format; 0
/// for those that the session has, or else 16 in FLAC and 32 in WAV.
absl::Status export_segment(session::Session& session, int index, const std::string& path,
                            int bits = 0);

/// Writes a segment's notes, ready or not, as a standard MIDI file.
absl::Status export_score(const session::Session& session, int index, const std::string& path);

/// Copies a track's audio to `path`, in the format it has.
absl::Status export_track(store::Store& store, const std::string& id, const std::string& path);

}  // namespace focus::core::delivery
