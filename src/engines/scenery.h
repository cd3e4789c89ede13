// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// Fault::unsupported if the request has scenes and this build has none, as a small one. The error
/// names the field.
absl::Status check_scenes(const plan::Request& request);

/// The key of the engine that plays scenes and nothing else.
inline constexpr std::string_view kSceneEngine = "soundscape";
/// The scenes that it plays for a brief: those of the brief; before the first of them, those that
/// its prompt names, else some that suit the goal.
plan::SceneProgramme scenes_played(const plan::Brief& brief);

/// Lays the scenes of the brief under the music of an engine that does not play them itself. At 0
/// dB a scene is as loud as the music of the segment (integrated, ITU-R BS.1770-4). `music` has the
/// brief's length and rate. Does nothing where the brief has no scenes, or the music is silent:
/// that is for mastering to refuse. Like the music, what is laid is a function of the brief alone,
/// and neighbours continue each other.
absl::Status lay_scenes(const plan::Brief& brief, audio::AudioBuffer& music,
                        const CancelToken& cancel);

}  // namespace focus::core::engines
