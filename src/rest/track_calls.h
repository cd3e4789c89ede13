// SPDX-License-Identifier: MIT
// The calls that concern tracks, which are promoted segments and outlive their session.
#pragma once

#include "rest/context.h"

namespace focus::core::rest {

Answer promote(RestContext& context, const Call& call);
Answer list_tracks(RestContext& context, const Call& call);
Answer get_track(RestContext& context, const Call& call);

}  // namespace focus::core::rest
