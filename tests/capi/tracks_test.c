/* SPDX-License-Identifier: MIT */
#include "test.h"

static void a_track_outlives_its_session(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  focus_track *track;
  focus_track *again;
  focus_track_list *list;
  focus_track_info info = FOCUS_TRACK_INFO_INIT;
  focus_track_info other = FOCUS_TRACK_INFO_INIT;
  focus_snapshot *snapshot;
  focus_session_info session_info = FOCUS_SESSION_INFO_INIT;
  focus_measurement *measurement;
  const char *id;
  const char *path;
  int32_t count = -1;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_FAILS(focus_session_promote(session, 2, NULL, &track), FOCUS_ERROR_NOT_READY, "index");
  wait_until_ready(session);
  CHECK_FAILS(focus_session_promote(session, 3, NULL, &track), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_FAILS(focus_session_promote(session, 0, " ", &track), FOCUS_ERROR_INVALID_ARGUMENT,
              "title");
  CHECK_OK(focus_session_promote(session, 1, NULL, &track));
  CHECK_OK(focus_track_get_info(track, &info));
  CHECK(strncmp(info.track_id, "mtrack_", 7) == 0 && strlen(info.track_id) == 19);
  CHECK(strcmp(info.title, "Focus, part 2") == 0 && strcmp(info.engine, "studio") == 0);
  CHECK(info.segment_index == 1 && info.instrumental == 1 && info.duration_seconds > 20.0);
  CHECK(info.licence_class == FOCUS_LICENCE_COMMERCIAL_CLEARED);
  CHECK_OK(focus_session_promote(session, 1, "Another", &again));
  CHECK_OK(focus_track_get_info(again, &other));
  CHECK(strcmp(info.track_id, other.track_id) == 0);
  CHECK_OK(focus_track_destroy(again));

  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &session_info));
  CHECK_OK(focus_session_delete(service, session_info.session_id));
  CHECK_FAILS(focus_session_delete(service, session_info.session_id), FOCUS_ERROR_NOT_FOUND,
              "session_id");
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));

  CHECK_OK(focus_track_list_create(service, &list));
  CHECK_OK(focus_track_list_count(list, &count));
  CHECK(count == 1);
  CHECK_OK(focus_track_list_get(list, 0, &id));
  CHECK(strcmp(id, info.track_id) == 0);
  CHECK_FAILS(focus_track_list_get(list, 1, &id), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_OK(focus_track_list_destroy(list));

  path = test_path("track.flac");
  CHECK_OK(focus_track_write(track, path));
  CHECK_OK(focus_measurement_create(path, &measurement));
  CHECK_OK(focus_measurement_destroy(measurement));
  CHECK_OK(focus_track_delete(service, info.track_id));
  CHECK_FAILS(focus_track_open(service, info.track_id, &again), FOCUS_ERROR_NOT_FOUND, "track_id");
  CHECK(again == NULL);
  CHECK_OK(focus_track_destroy(track));
  CHECK_OK(focus_track_destroy(NULL));
  CHECK_OK(focus_service_destroy(service));
}

void tracks_test(void) { a_track_outlives_its_session(); }
