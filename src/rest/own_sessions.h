// SPDX-License-Identifier: MIT
// The calls that concern all sessions of a caller: to look through them, and to tidy up.
#pragma once

#include "rest/context.h"

namespace focus::core::rest {

/// Opens none of them, so that nothing is made, and no money is spent, because somebody looks.
Answer list_sessions(RestContext& context, const Call& call);
/// Its tracks stay.
Answer delete_session(RestContext& context, const Call& call);

}  // namespace focus::core::rest
