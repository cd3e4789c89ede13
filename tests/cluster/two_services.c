/* SPDX-License-Identifier: MIT
 * Two services on one cluster, as hosts open them: by the header alone, the plug-in found beside
 * the library. What one has made the other has, to the sample.
 *
 *     two_services FOLDER      with FOCUS_TEST_DATABASE of tests/support/with_postgres.py
 */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../capi/test.h"

int test_failures = 0;
int test_minimal = 0;

enum { FRAMES = 48000 };

static char database[512];
static char objects[512];

static focus_service *open_service(const char *folder, const char *name) {
  static char cache[2][512];
  static int opened = 0;
  focus_service *service = NULL;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  snprintf(cache[opened], sizeof(cache[opened]), "%s/%s", folder, name);
  options.storage = FOCUS_STORAGE_CLUSTER;
  options.database_url = database;
  options.objects_url = objects;
  options.cache_folder = cache[opened++];
  options.node = name;
  options.worker_count = 2;
  CHECK_OK(focus_service_open(&options, &service));
  return service;
}

static int ready_count(focus_session *session, int *total, char *id, size_t size) {
  focus_snapshot *snapshot = NULL;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  *total = info.total_segments;
  if (id != NULL) snprintf(id, size, "%s", info.session_id);
  focus_snapshot_destroy(snapshot);
  return info.ready_count;
}

int main(int count, char **arguments) {
  static float by_one[2 * FRAMES];
  static float by_other[2 * FRAMES];
  focus_service *one;
  focus_service *other;
  focus_session *session = NULL;
  focus_session *same = NULL;
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_event event = FOCUS_EVENT_INIT;
  int64_t read = 0;
  int total = 1;
  int ready = 0;
  int tries;
  int k;
  char id[64] = "";
  const char *server = getenv("FOCUS_TEST_DATABASE");
  if (count != 2 || server == NULL) return 2;
  snprintf(database, sizeof(database), "%spostgres", server);
  snprintf(objects, sizeof(objects), "file://%s/objects", arguments[1]);

  one = open_service(arguments[1], "one");
  other = open_service(arguments[1], "other");
  if (one == NULL || other == NULL) return 1;
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = 1;
  request.segment_seconds = 20;
  CHECK_OK(focus_session_start(one, &request, &session));
  for (tries = 0; tries < 10 * FOCUS_TEST_PATIENCE_SECONDS && ready < total; ++tries) {
    CHECK_OK(focus_session_wait_event(session, 100, &event));
    ready = ready_count(session, &total, id, sizeof(id));
  }
  CHECK(ready == total && total > 1);

  CHECK_OK(focus_session_open(other, id, &same));
  CHECK(ready_count(same, &total, NULL, 0) == ready);
  for (k = 0; k < total; ++k) {
    CHECK_OK(focus_session_read_segment(session, k, 0, by_one, FRAMES, &read));
    CHECK(read == FRAMES);
    CHECK_OK(focus_session_read_segment(same, k, 0, by_other, FRAMES, &read));
    CHECK(memcmp(by_one, by_other, sizeof(by_one)) == 0);
  }
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(one));
  CHECK_OK(focus_session_destroy(same));
  CHECK_OK(focus_session_delete(other, id));
  CHECK_FAILS(focus_session_open(other, id, &same), FOCUS_ERROR_NOT_FOUND, "session_id");
  CHECK_OK(focus_service_destroy(other));
  return test_failures != 0;
}
