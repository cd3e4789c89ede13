// SPDX-License-Identifier: MIT
#include <unistd.h>

#include "../src/base/clock.h"
#include "base/clock.h"
#include "capi/handles.h"
#include <focus_session/focus_session.h>
