// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/records.h"

namespace focus::core::rest {

/// Returns the URL from which a client gets the audio of a track.
using TrackUrl = std::function<std::string(const store::TrackRecord&)>;

/// Returns the track object of the wire contract as one line of JSON.
std::string track_json(const store::TrackRecord& track, const TrackUrl& playback_url);

/// Returns the response of "list tracks": {"tracks": [...]}.
std::string tracks_json(const std::vector<store::TrackRecord>& tracks,
                        const TrackUrl& playback_url);

}  // namespace focus::core::rest
