/* SPDX-License-Identifier: MIT */
#ifndef FOCUS_SESSION_VERSION_H
#define FOCUS_SESSION_VERSION_H

/* The version of these headers; focus_version_number() tells that of the library that is loaded. */
#define FOCUS_VERSION_MAJOR 0
#define FOCUS_VERSION_MINOR 1
#define FOCUS_VERSION_PATCH 0

#define FOCUS_VERSION_NUMBER \
  (FOCUS_VERSION_MAJOR * 10000 + FOCUS_VERSION_MINOR * 100 + FOCUS_VERSION_PATCH)

#endif /* FOCUS_SESSION_VERSION_H */
