// SPDX-License-Identifier: MIT
// The calls that concern a session.
#pragma once

#include "rest/context.h"

namespace focus::core::rest {

Answer start_session(RestContext& context, const Call& call);
Answer get_session(RestContext& context, const Call& call);
Answer end_session(RestContext& context, const Call& call);
Answer steer_session(RestContext& context, const Call& call);

}  // namespace focus::core::rest
