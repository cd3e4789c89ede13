// SPDX-License-Identifier: MIT
#include <pthread.h>
#include <session/session.h>
#include <sys/mman.h>
#include <vector>

#include "../session/session.h"
#include "base/clock.h"
#include "capi/handles.h"
#include "player/not_there.h"
#include "session/session.h"
