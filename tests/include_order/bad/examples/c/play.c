// SPDX-License-Identifier: MIT
#include "../../src/base/clock.h"
#include <focus_session/focus_session.h>
