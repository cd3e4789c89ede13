// SPDX-License-Identifier: MIT
#include <focus_session/focus_session.h>
#include <unistd.h>

#include "../../src/base/clock.h"
#include "base/clock.h"
