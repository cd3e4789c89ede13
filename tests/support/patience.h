/* SPDX-License-Identifier: MIT
 * How long a test waits for what takes moments, before it fails: for C and C++. */
#ifndef FOCUS_TESTS_SUPPORT_PATIENCE_H
#define FOCUS_TESTS_SUPPORT_PATIENCE_H

/* An emulated machine and a sanitizer are slower: see tests/CMakeLists.txt. */
#ifndef FOCUS_TEST_PATIENCE_SECONDS
#define FOCUS_TEST_PATIENCE_SECONDS 60
#endif
#define FOCUS_TEST_PATIENCE_MS (FOCUS_TEST_PATIENCE_SECONDS * 1000)

#endif
