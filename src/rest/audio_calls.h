// SPDX-License-Identifier: MIT
// The audio behind a playback URL. These calls need no key: the URL is signed.
#pragma once

#include "rest/context.h"

namespace focus::core::rest {

/// The reason why the signed URL must not be used, or nothing.
std::optional<ApiError> signature_refused(RestContext& context, const Call& call);

Answer get_segment_audio(RestContext& context, const Call& call);
Answer get_track_audio(RestContext& context, const Call& call);

}  // namespace focus::core::rest
