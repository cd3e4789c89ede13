/* SPDX-License-Identifier: MIT
 *
 * The C host of the kill drill: it tells in a line each segment that the library has told ready,
 * and is killed at it.
 *
 *   kill_host list FOLDER          tells what the store has, and ends
 *   kill_host work FOLDER SEED     starts session after session until it is killed
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <focus_session/focus_session.h>

static void die(const char *what) {
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  fprintf(stderr, "%s: %s\n", what, error.message);
  exit(3);
}

static void need(int32_t result, const char *what) {
  if (result < 0) die(what);
}

/* Tells the segments that are ready from `first` on; returns the first that is not. */
static int32_t tell(focus_session *session, int32_t first, int *more) {
  focus_snapshot *snapshot;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  int32_t index = first;
  need(focus_session_snapshot(session, &snapshot), "snapshot");
  need(focus_snapshot_info(snapshot, &info), "info");
  for (; index < info.total_segments; ++index) {
    focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
    need(focus_snapshot_segment(snapshot, index, &segment), "segment");
    if (!segment.ready) break;
    printf("ready %s %d %s\n", info.session_id, (int)index, segment.path);
  }
  fflush(stdout);
  *more = index < info.total_segments && info.status == FOCUS_SESSION_ACTIVE;
  focus_snapshot_destroy(snapshot);
  return index;
}

static void tell_track(const focus_track *track) {
  focus_track_info info = FOCUS_TRACK_INFO_INIT;
  need(focus_track_get_info(track, &info), "track info");
  printf("track %s %d %s\n", info.track_id, (int)info.segment_index, info.path);
  fflush(stdout);
}

static void list(focus_service *service) {
  focus_session_list *sessions;
  focus_track_list *tracks;
  int32_t count = 0;
  int32_t index;
  need(focus_session_list_create(service, &sessions), "sessions");
  need(focus_session_list_count(sessions, &count), "sessions");
  for (index = 0; index < count; ++index) {
    const char *id = NULL;
    focus_session *session;
    focus_snapshot *snapshot;
    focus_session_info info = FOCUS_SESSION_INFO_INIT;
    int32_t segment;
    need(focus_session_list_get(sessions, index, &id), "session");
    need(focus_session_open(service, id, &session), "open");
    need(focus_session_end(session), "end");
    need(focus_session_snapshot(session, &snapshot), "snapshot");
    need(focus_snapshot_info(snapshot, &info), "info");
    for (segment = 0; segment < info.total_segments; ++segment) {
      focus_segment_info told = FOCUS_SEGMENT_INFO_INIT;
      need(focus_snapshot_segment(snapshot, segment, &told), "segment");
      if (told.ready) printf("ready %s %d %s\n", id, (int)segment, told.path);
    }
    focus_snapshot_destroy(snapshot);
    focus_session_destroy(session);
  }
  focus_session_list_destroy(sessions);
  need(focus_track_list_create(service, &tracks), "tracks");
  need(focus_track_list_count(tracks, &count), "tracks");
  for (index = 0; index < count; ++index) {
    const char *id = NULL;
    focus_track *track;
    need(focus_track_list_get(tracks, index, &id), "track");
    need(focus_track_open(service, id, &track), "track");
    tell_track(track);
    focus_track_destroy(track);
  }
  focus_track_list_destroy(tracks);
  printf("end\n");
}

static void work(focus_service *service, uint64_t seed) {
  for (;; ++seed) {
    focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
    focus_session *session;
    focus_event event = FOCUS_EVENT_INIT;
    int32_t told = 0;
    int more = 1;
    request.goal = FOCUS_GOAL_FOCUS;
    request.target_minutes = 1;
    request.segment_seconds = 20.0;
    request.has_seed = 1;
    request.seed = seed;
    need(focus_session_start(service, &request, &session), "start");
    while (more) {
      need(focus_session_wait_event(session, 50, &event), "event");
      told = tell(session, told, &more);
    }
    if (told > 0) {
      focus_track *track;
      need(focus_session_promote(session, 0, "Kept 100 %", &track), "promote");
      tell_track(track);
      focus_track_destroy(track);
    }
    need(focus_session_end(session), "end");
    focus_session_destroy(session);
  }
}

int main(int count, char **arguments) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_service *service;
  if (count < 3) return 2;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = arguments[2];
  need(focus_service_open(&options, &service), "service");
  if (strcmp(arguments[1], "list") == 0) {
    list(service);
  } else {
    work(service, count > 3 ? strtoull(arguments[3], NULL, 10) : 1);
  }
  focus_service_destroy(service);
  return 0;
}
