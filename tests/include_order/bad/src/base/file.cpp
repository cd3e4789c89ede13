// SPDX-License-Identifier: MIT
#include <unistd.h>

#include "base/clock.h"
