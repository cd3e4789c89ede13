/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "test.h"

int test_failures = 0;
int test_minimal = 0;

static char folder[] = "/tmp/focus-capi-XXXXXX";

const char *test_path(const char *name) {
  static char paths[8][256];
  static int next = 0;
  char *path = paths[next++ % 8];
  snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
  return path;
}

focus_session_request short_request(void) {
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = 1;
  request.segment_seconds = 20.0;
  request.has_seed = 1;
  request.seed = 11;
  return request;
}

void wait_until_ready(focus_session *session) {
  int more = 1;
  while (more) {
    focus_event event = FOCUS_EVENT_INIT;
    focus_snapshot *snapshot;
    focus_session_info info = FOCUS_SESSION_INFO_INIT;
    CHECK_OK(focus_session_wait_event(session, 200, &event));
    CHECK_OK(focus_session_snapshot(session, &snapshot));
    CHECK_OK(focus_snapshot_info(snapshot, &info));
    more = info.more_pending;
    CHECK_OK(focus_snapshot_destroy(snapshot));
  }
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
  (void)status;
  (void)type;
  (void)walk;
  return remove(path);
}

int main(int count, char **arguments) {
  test_minimal = count > 1 && strcmp(arguments[1], "minimal") == 0;
  if (mkdtemp(folder) == NULL) return 1;
  errors_test();
  service_test();
  session_test();
  segments_test();
  player_test();
  steering_test();
  files_test();
  mix_test();
  music_library_test();
  tracks_test();
  store_test();
  spending_test();
  engine_test();
  engine_check_test();
  threads_test();
  http_test();
  webhook_test();
  nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  printf(test_failures == 0 ? "all passed\n" : "%d checks failed\n", test_failures);
  return test_failures != 0;
}
