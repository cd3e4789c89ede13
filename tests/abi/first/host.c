/* SPDX-License-Identifier: MIT
 *
 * A host as it was written when include/ here was the whole interface: it calls every function of
 * it, with the structs it knew, which are shorter than today's. Each struct that is filled in
 * stands before a guard, over which a library that forgot struct_size would write. */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../capi/test.h"

int test_failures = 0;

enum { RATE = 48000 };

static char folder[] = "/tmp/focus-first-XXXXXX";

static const char *in_folder(const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

#define GUARDED(type, init)               \
  struct {                                \
    type value;                           \
    unsigned char guard[256];             \
  } guarded;                              \
  const type initial = init;              \
  memset(&guarded, 0xA5, sizeof guarded); \
  guarded.value = initial
#define CHECK_GUARD()                                                               \
  do {                                                                              \
    size_t at;                                                                      \
    for (at = 0; at < sizeof guarded.guard; ++at) CHECK(guarded.guard[at] == 0xA5); \
  } while (0)

static int log_target;
static void on_log(void *user_data, int32_t level, const char *message) {
  CHECK(user_data == &log_target && level >= FOCUS_LOG_DEBUG && message != NULL);
}

static void versions_and_errors(void) {
  GUARDED(focus_error, FOCUS_ERROR_INIT);
  CHECK(focus_version_number() >= FOCUS_VERSION_NUMBER);
  CHECK(focus_service_open(NULL, NULL) == FOCUS_ERROR_INVALID_ARGUMENT);
  CHECK_OK(focus_last_error(&guarded.value));
  CHECK(guarded.value.code == FOCUS_ERROR_INVALID_ARGUMENT);
  CHECK(strcmp(guarded.value.field, "service") == 0 && guarded.value.message[0] != '\0');
  CHECK_GUARD();
}

static void engines(focus_service *service) {
  focus_engine_list *list = NULL;
  int32_t count = 0;
  GUARDED(focus_engine_info, FOCUS_ENGINE_INFO_INIT);
  CHECK_OK(focus_engine_list_create(service, &list));
  CHECK_OK(focus_engine_list_count(list, &count));
  CHECK(count >= 1);
  CHECK_OK(focus_engine_list_get(list, 0, &guarded.value));
  CHECK(strcmp(guarded.value.key, "studio") == 0 && guarded.value.has_score == 1);
  CHECK(guarded.value.licence_class == FOCUS_LICENCE_COMMERCIAL_CLEARED);
  CHECK_GUARD();
  CHECK_FAILS(focus_engine_list_get(list, count, &guarded.value), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_OK(focus_engine_list_destroy(list));
}

static void sessions_in(focus_service *service, const char *wanted) {
  focus_session_list *list = NULL;
  const char *id = NULL;
  int32_t count = 0;
  CHECK_OK(focus_session_list_create(service, &list));
  CHECK_OK(focus_session_list_count(list, &count));
  CHECK(count == 1);
  CHECK_OK(focus_session_list_get(list, 0, &id));
  CHECK(id != NULL && strcmp(id, wanted) == 0);
  CHECK_OK(focus_session_list_destroy(list));
}

/* Waits until the session is made; an event of a kind that the host does not know is passed over.
 */
static void wait_for_segments(focus_session *session, int32_t wanted) {
  int32_t ready = 0, tries;
  GUARDED(focus_event, FOCUS_EVENT_INIT);
  for (tries = 0; ready < wanted && tries < 600; ++tries) {
    CHECK_OK(focus_session_wait_event(session, 100, &guarded.value));
    if (guarded.value.type == FOCUS_EVENT_SEGMENT_READY) ++ready;
    CHECK(guarded.value.type != FOCUS_EVENT_SEGMENT_FAILED);
    CHECK_GUARD();
  }
  CHECK(ready == wanted);
  do {
    CHECK_OK(focus_session_poll_event(session, &guarded.value));
  } while (guarded.value.type != FOCUS_EVENT_NONE);
  CHECK_GUARD();
}

static int32_t whole(focus_session *session, char *id, size_t capacity) {
  focus_snapshot *snapshot = NULL;
  int32_t count = 0;
  GUARDED(focus_session_info, FOCUS_SESSION_INFO_INIT);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &guarded.value));
  CHECK(guarded.value.seed == 7 && guarded.value.goal == FOCUS_GOAL_FOCUS);
  CHECK(guarded.value.target_minutes == 1 && guarded.value.sample_rate == RATE);
  CHECK(fabs(guarded.value.target_lufs + 18.0) < 1e-9);
  CHECK_GUARD();
  count = guarded.value.total_segments;
  snprintf(id, capacity, "%s", guarded.value.session_id);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  return count;
}

static void segments(focus_session *session, int32_t count) {
  static float samples[RATE / 10 * 2];
  focus_snapshot *snapshot = NULL;
  focus_json_options options = FOCUS_JSON_OPTIONS_INIT;
  const char *json = NULL;
  int64_t frames = 0;
  GUARDED(focus_segment_info, FOCUS_SEGMENT_INFO_INIT);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, count - 1, &guarded.value));
  CHECK(guarded.value.ready == 1 && guarded.value.index == count - 1 &&
        guarded.value.fallback == 0);
  CHECK(guarded.value.fade_out_ms == 0 && guarded.value.fade_in_ms > 0);
  CHECK(fabs(guarded.value.integrated_lufs + 18.0) < 2.1 && guarded.value.true_peak_dbtp < 0.0);
  CHECK_GUARD();
  options.include_analysis = 1;
  CHECK_OK(focus_snapshot_json(snapshot, &options, &json));
  CHECK(json != NULL && strstr(json, "\"fade_out_ms\"") != NULL);
  CHECK_OK(focus_snapshot_destroy(snapshot));

  CHECK_OK(focus_session_read_segment(session, 0, 0, samples, RATE / 10, &frames));
  CHECK(frames == RATE / 10);
  CHECK_OK(focus_session_write_segment(session, 0, in_folder("segment.wav")));
  CHECK_OK(focus_session_write_score(session, 0, in_folder("score.mid")));
}

static void player(focus_session *session) {
  static float interleaved[RATE * 2], left[RATE], right[RATE];
  float *const planar[2] = {left, right};
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player *made = NULL;
  focus_audio_file *file = NULL;
  float peak = 0.0F;
  int i;
  GUARDED(focus_player_info, FOCUS_PLAYER_INFO_INIT);
  options.mode = FOCUS_PLAYER_OFFLINE;
  CHECK_OK(focus_player_create(session, &options, &made));
  CHECK(focus_player_render_interleaved(made, interleaved, RATE) == RATE);
  CHECK(focus_player_render_planar(made, planar, RATE) == RATE);
  for (i = 0; i < RATE; ++i) peak = fmaxf(peak, fabsf(left[i]));
  CHECK(peak > 0.001F);
  CHECK_OK(focus_player_pause(made));
  CHECK_OK(focus_player_resume(made));
  CHECK_OK(focus_player_get_info(made, &guarded.value));
  CHECK(fabs(guarded.value.position_seconds - 2.0) < 0.1);
  CHECK(guarded.value.segment_index == 0 && guarded.value.underruns == 0);
  CHECK_GUARD();
  CHECK_OK(focus_player_destroy(made));

  CHECK_OK(focus_audio_file_create(in_folder("heard.wav"), RATE, 2, &file));
  CHECK_OK(focus_audio_file_write(file, interleaved, RATE));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
}

static void measurement(void) {
  focus_measurement *made = NULL;
  const float *momentary = NULL;
  GUARDED(focus_measurement_info, FOCUS_MEASUREMENT_INFO_INIT);
  CHECK_OK(focus_measurement_create(in_folder("segment.wav"), &made));
  CHECK_OK(focus_measurement_get_info(made, &guarded.value));
  CHECK(guarded.value.channel_count == 2 && fabs(guarded.value.integrated_lufs + 18.0) < 2.1);
  CHECK_GUARD();
  CHECK_OK(focus_measurement_curves(made, &momentary, NULL));
  CHECK(guarded.value.curve_count > 0 && momentary[guarded.value.curve_count - 1] < 0.0F);
  CHECK_OK(focus_measurement_destroy(made));
}

int main(void) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_service *service = NULL;
  focus_session *session = NULL, *again = NULL;
  char id[64] = "";
  char music[64];
  char command[64];
  int32_t count;

  if (mkdtemp(folder) == NULL) return EXIT_FAILURE;
  versions_and_errors();
  options.storage = FOCUS_STORAGE_FOLDER;
  snprintf(music, sizeof music, "%s/music", folder);
  options.data_folder = music;
  options.log = on_log;
  options.log_user_data = &log_target;
  options.log_level = FOCUS_LOG_DEBUG;
  CHECK_OK(focus_service_open(&options, &service));
  if (service == NULL) return EXIT_FAILURE;
  engines(service);

  request.target_minutes = 1;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "goal");
  CHECK(session == NULL);
  request.goal = FOCUS_GOAL_FOCUS;
  request.segment_seconds = 20.0;
  request.seed = 7;
  request.has_seed = 1;
  CHECK_OK(focus_session_start(service, &request, &session));
  if (session == NULL) return EXIT_FAILURE;
  count = whole(session, id, sizeof id);
  wait_for_segments(session, count);
  segments(session, count);
  player(session);
  measurement();
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));

  /* What it has kept is there in its next run. */
  CHECK_OK(focus_service_open(&options, &service));
  sessions_in(service, id);
  CHECK_OK(focus_session_open(service, id, &again));
  segments(again, count);
  CHECK_OK(focus_session_destroy(again));
  CHECK_OK(focus_service_destroy(service));

  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  CHECK(system(command) == 0);
  return test_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
