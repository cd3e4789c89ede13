/* SPDX-License-Identifier: MIT
 * As little of a test framework as C needs: a failed CHECK says where and what, and is counted. */
#ifndef FOCUS_TESTS_CAPI_TEST_H
#define FOCUS_TESTS_CAPI_TEST_H

#include <stdio.h>
#include <string.h>

#include "../support/patience.h"
#include <focus_session/focus_session.h>

extern int test_failures;
/* The library was built with FOCUS_MINIMAL: no stores in files, no requests, no JSON. */
extern int test_minimal;

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      ++test_failures;                                               \
      printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
    }                                                                \
  } while (0)

/* The call succeeds; if not, the library's own words are printed. */
#define CHECK_OK(call)                                                           \
  do {                                                                           \
    const int32_t test_result = (call);                                          \
    if (test_result < 0) {                                                       \
      focus_error test_error = FOCUS_ERROR_INIT;                                 \
      focus_last_error(&test_error);                                             \
      ++test_failures;                                                           \
      printf("%s:%d: %s: %d: %s\n", __FILE__, __LINE__, #call, (int)test_result, \
             test_error.message);                                                \
    }                                                                            \
  } while (0)

/* The call fails with `code`, about `field`. */
#define CHECK_FAILS(call, code_, field_)                                                      \
  do {                                                                                        \
    focus_error test_error = FOCUS_ERROR_INIT;                                                \
    const int32_t test_result = (call);                                                       \
    focus_last_error(&test_error);                                                            \
    if (test_result != (code_) || test_error.code != (code_) ||                               \
        strcmp(test_error.field, (field_)) != 0 || test_error.message[0] == '\0') {           \
      ++test_failures;                                                                        \
      printf("%s:%d: %s: got %d (%s: %s), wanted %d (%s)\n", __FILE__, __LINE__, #call,       \
             (int)test_result, test_error.field, test_error.message, (int)(code_), (field_)); \
    }                                                                                         \
  } while (0)

/* The call fails with `code`, about the file `path` and no field; `field` repeats the path. */
#define CHECK_FAILS_WITH_PATH(call, code_, path_)      \
  do {                                                 \
    focus_error test_path_error = FOCUS_ERROR_INIT;    \
    CHECK_FAILS(call, code_, path_);                   \
    focus_last_error(&test_path_error);                \
    CHECK(strcmp(test_path_error.path, (path_)) == 0); \
  } while (0)

/* A one-minute session of three short segments. */
focus_session_request short_request(void);
/* Waits until all segments are ready. */
void wait_until_ready(focus_session *session);
/* A path in the test's own folder; valid until the next call but seven. */
const char *test_path(const char *name);

void engine_check_test(void);
void engine_test(void);
void errors_test(void);
void files_test(void);
void http_test(void); /* in a minimal build: that there is none of it */
void mix_test(void);
void music_library_test(void);
void player_test(void);
void segments_test(void);
void service_test(void);
void session_test(void);
void spending_test(void);
void steering_test(void);
void store_test(void);
void threads_test(void);
void tracks_test(void);
void webhook_test(void); /* in a minimal build: that there is none of it */

#endif
