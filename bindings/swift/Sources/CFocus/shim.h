/* SPDX-License-Identifier: MIT */
#include <focus_session/focus_session.h>
