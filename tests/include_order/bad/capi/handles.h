// SPDX-License-Identifier: MIT
#include <dlfcn.h>

#include "base/clock.h"
#include "session/session.h"
