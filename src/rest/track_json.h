// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/records.h"

namespace focus::core {

/// What a client fetches a track's audio by.
using TrackUrl = std::function<std::string(const TrackRecord&)>;

/// The track object of the wire contract, as one line of JSON.
std::string track_json(const TrackRecord& track, const TrackUrl& playback_url);

/// The answer of "list tracks": {"tracks": [...]}.
std::string tracks_json(const std::vector<TrackRecord>& tracks, const TrackUrl& playback_url);

}  // namespace focus::core
