/* SPDX-License-Identifier: MIT
 * Closes the library while a call of the host's engine is not back yet: it stays loaded for that
 * call, which comes back into it. Usage: unload_test LIBRARY */
#define _XOPEN_SOURCE 700
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "support/patience.h"
#include <focus_session/focus_session.h>

static int is_hanging = 0;
static int lets_go = 0;
static int released = 0;

/* Waits for a flag of another thread, as long as a test has patience. */
static int becomes_true(const int *flag) {
  const struct timespec millisecond = {0, 1000000};
  int i;
  for (i = 0; i < FOCUS_TEST_PATIENCE_MS && !__atomic_load_n(flag, __ATOMIC_SEQ_CST); ++i) {
    nanosleep(&millisecond, NULL);
  }
  return __atomic_load_n(flag, __ATOMIC_SEQ_CST);
}

static int32_t describe(void *user_data, focus_engine_description *description) {
  (void)user_data;
  description->key = "mine";
  return FOCUS_OK;
}

static int32_t generate(void *user_data, const focus_brief *brief, focus_sink *sink) {
  (void)user_data;
  (void)brief;
  (void)sink;
  __atomic_store_n(&is_hanging, 1, __ATOMIC_SEQ_CST);
  becomes_true(&lets_go);
  return FOCUS_ERROR_CANCELLED;
}

static void release(void *user_data) {
  (void)user_data;
  __atomic_store_n(&released, 1, __ATOMIC_SEQ_CST);
}

/* The one cast from an object's address to a function's that POSIX asks for. */
#define FIND(function)                                          \
  do {                                                          \
    void *found = dlsym(library, #function);                    \
    memcpy(&function##_, &found, sizeof(found));                \
    if (found == NULL) return puts("not found: " #function), 1; \
  } while (0)

int main(int argc, char **argv) {
  int32_t (*focus_service_open_)(const focus_service_options *, focus_service **);
  int32_t (*focus_service_destroy_)(focus_service *);
  int32_t (*focus_engine_register_)(focus_service *, const focus_engine_vtable *, void *);
  int32_t (*focus_session_start_)(focus_service *, const focus_session_request *, focus_session **);
  int32_t (*focus_session_destroy_)(focus_session *);
  focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_service *service;
  focus_session *session;
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (library == NULL) return puts("no library"), 1;
  FIND(focus_service_open);
  FIND(focus_service_destroy);
  FIND(focus_engine_register);
  FIND(focus_session_start);
  FIND(focus_session_destroy);
  vtable.describe = describe;
  vtable.generate = generate;
  vtable.release = release;
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = 1;
  request.engine = "mine";
  if (focus_service_open_(NULL, &service) < 0 ||
      focus_engine_register_(service, &vtable, NULL) < 0 ||
      focus_session_start_(service, &request, &session) < 0) {
    return puts("no session"), 1;
  }
  if (!becomes_true(&is_hanging)) return puts("not called"), 1;
  focus_session_destroy_(session);
  focus_service_destroy_(service);
  dlclose(library);
  if (dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) == NULL) return puts("gone"), 1;
  if (released) return puts("released too soon"), 1;
  __atomic_store_n(&lets_go, 1, __ATOMIC_SEQ_CST);
  return becomes_true(&released) ? 0 : (puts("not released"), 1);
}
