/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "test.h"

static void a_session_becomes_ready_and_says_so(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_request request = short_request();
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  focus_event event = FOCUS_EVENT_INIT;
  int32_t index;
  int ready = 0;
  double end = 0.0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  /* A function that fails takes no event away. */
  event.struct_size = 3;
  CHECK_FAILS(focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event),
              FOCUS_ERROR_INVALID_ARGUMENT, "event.struct_size");
  CHECK_FAILS(focus_session_poll_event(session, &event), FOCUS_ERROR_INVALID_ARGUMENT,
              "event.struct_size");
  event.struct_size = sizeof(event);
  while (event.type != FOCUS_EVENT_STATUS_CHANGED) {
    CHECK_OK(focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event));
    CHECK(event.type != FOCUS_EVENT_SEGMENT_FAILED && event.type != FOCUS_EVENT_NONE);
    if (event.type == FOCUS_EVENT_NONE) break;
    if (event.type != FOCUS_EVENT_SEGMENT_READY) continue;
    CHECK(strcmp(event.engine, "studio") == 0);
    ++ready;
  }
  CHECK_OK(focus_session_poll_event(session, &event));
  CHECK(event.type == FOCUS_EVENT_NONE && event.segment_index == -1 && event.engine[0] == '\0');

  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service)); /* a snapshot stands on its own */
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(strncmp(info.session_id, "mfocus_", 7) == 0 && strlen(info.session_id) == 19);
  CHECK(info.status == FOCUS_SESSION_ENDED && info.more_pending == 0);
  CHECK(info.goal == FOCUS_GOAL_FOCUS && info.intensity == FOCUS_INTENSITY_MEDIUM);
  CHECK(info.target_minutes == 1 && info.total_segments == 3 && info.ready_count == 3);
  CHECK(ready == 3);
  CHECK(info.seed == 11 && info.target_lufs == -18.0);
  CHECK(info.sample_rate == 48000 && info.channel_count == 2);
  CHECK(info.next_ready_at == 0 && info.created_at > 1700000000);
  CHECK(strcmp(info.engine, "studio") == 0);

  for (index = 0; index < info.total_segments; ++index) {
    focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
    CHECK_OK(focus_snapshot_segment(snapshot, index, &segment));
    CHECK(segment.ready == 1 && segment.index == index && segment.fallback == 0);
    CHECK(segment.licence_class == FOCUS_LICENCE_COMMERCIAL_CLEARED);
    CHECK(segment.engine_version[0] != '\0');
    CHECK(fabs(segment.target_lufs - -18.0) <= 2.0);
    CHECK(fabs(segment.integrated_lufs - segment.target_lufs) <= 0.1);
    CHECK(segment.true_peak_dbtp <= -1.0);
    CHECK(segment.tempo_bpm > 50.0 && segment.key[0] != '\0');
    CHECK(fabs(segment.frames / 48000.0 - segment.duration_seconds) < 1e-6);
    CHECK(index == 0 ? segment.fade_in_ms == 0 : segment.fade_in_ms >= 1000);
    CHECK(index > 0 || segment.start_seconds == 0.0);
    CHECK(index == 0 || fabs(segment.start_seconds + segment.fade_in_ms / 1000.0 - end) < 1e-6);
    end = segment.start_seconds + segment.duration_seconds;
  }
  CHECK(fabs(end - 60.0) < 1e-6);
  CHECK_OK(focus_snapshot_destroy(snapshot));
}

static void json_is_the_contracts(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_request request = short_request();
  focus_json_options options = FOCUS_JSON_OPTIONS_INIT;
  const char *json = NULL;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_json(snapshot, NULL, &json));
  CHECK(strstr(json, "\"status\":\"active\"") != NULL);
  CHECK(strstr(json, "\"more_pending\":true") != NULL);
  CHECK(strstr(json, "\"next_ready_at\":\"20") != NULL);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  wait_until_ready(session);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_json(snapshot, NULL, &json));
  CHECK(strstr(json, "\"playback_url\":\"file:///") != NULL);
  CHECK(strstr(json, "analysis") == NULL);
  options.include_analysis = 1;
  options.base_url = "https://music.example/";
  CHECK_OK(focus_snapshot_json(snapshot, &options, &json));
  CHECK(strstr(json, "\"playback_url\":\"https://music.example/000.flac\"") != NULL);
  CHECK(strstr(json, "\"analysis\":{\"start_seconds\":0.0,") != NULL);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void options_reach_the_plan(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_request request = short_request();
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  int32_t index;
  int32_t phase = FOCUS_PHASE_WORK;
  double changes[8] = {0};
  int changed = 0;
  request.target_minutes = 60;
  request.segment_seconds = 0.0;
  request.modulation_depth = 0.4;
  request.melody_db = -6.0;
  request.ambience_db = -60.0;
  request.ending_seconds = 300.0;
  request.work_minutes = 25;
  request.break_minutes = 5;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.total_segments == 30);
  for (index = 0; index < info.total_segments; ++index) {
    CHECK_OK(focus_snapshot_segment(snapshot, index, &segment));
    CHECK(segment.phase == FOCUS_PHASE_WORK || segment.phase == FOCUS_PHASE_BREAK);
    CHECK(segment.phase == FOCUS_PHASE_WORK || segment.tempo_bpm < 60.0);
    if (segment.phase != phase && changed < 8) changes[changed++] = segment.start_seconds;
    phase = segment.phase;
  }
  CHECK(changed == 3);
  CHECK(fabs(changes[0] - 1500.0) < 4.0 && fabs(changes[1] - 1800.0) < 5.0 &&
        fabs(changes[2] - 3300.0) < 4.0);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));

  request = short_request();
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 0, &segment));
  CHECK(segment.phase == FOCUS_PHASE_NONE);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void a_tempo_is_that_of_every_segment(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_request request = short_request();
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  int32_t index;
  request.divergence = 1.0;
  request.tempo_bpm = 96.0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  for (index = 0; index < 3; ++index) {
    CHECK_OK(focus_snapshot_segment(snapshot, index, &segment));
    CHECK(segment.tempo_bpm == 96.0);
  }
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void fields_of_a_request_are_described(void) {
  int32_t count = 0;
  int32_t index;
  int required = 0;
  int tempo = 0;
  CHECK_OK(focus_request_field_count(&count));
  CHECK(count > 20);
  for (index = 0; index < count; ++index) {
    focus_request_field field = FOCUS_REQUEST_FIELD_INIT;
    CHECK_OK(focus_request_field_get(index, &field));
    CHECK(field.name != NULL && field.name[0] != '\0');
    CHECK(field.description != NULL && strlen(field.description) > 10);
    CHECK(field.kind >= FOCUS_REQUEST_FIELD_INTEGER && field.kind <= FOCUS_REQUEST_FIELD_SEED);
    CHECK(field.kind == FOCUS_REQUEST_FIELD_TEXT || field.minimum < field.maximum);
    required += field.is_required;
    if (strcmp(field.name, "look_ahead") == 0) CHECK(field.unset == FOCUS_LOOK_AHEAD_DEFAULT);
    if (strcmp(field.name, "goal") == 0) {
      CHECK(field.kind == FOCUS_REQUEST_FIELD_CHOICE && field.is_option == 0);
      CHECK(field.minimum == FOCUS_GOAL_FOCUS && field.maximum == FOCUS_GOAL_CUSTOM_PROMPT);
    }
    if (strcmp(field.name, "tempo_bpm") == 0) {
      tempo = 1;
      CHECK(field.kind == FOCUS_REQUEST_FIELD_REAL && field.is_option == 1);
      CHECK(field.minimum == 30.0 && field.maximum == 240.0 && field.unset == 0.0);
    }
  }
  CHECK(required == 2); /* goal and target_minutes */
  CHECK(tempo);
  {
    focus_request_field field = FOCUS_REQUEST_FIELD_INIT;
    CHECK_FAILS(focus_request_field_get(count, &field), FOCUS_ERROR_NOT_FOUND, "index");
    CHECK_FAILS(focus_request_field_get(-1, &field), FOCUS_ERROR_NOT_FOUND, "index");
    CHECK_FAILS(focus_request_field_get(0, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "field");
    CHECK_FAILS(focus_request_field_count(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "count");
    field.struct_size = 0;
    CHECK_FAILS(focus_request_field_get(0, &field), FOCUS_ERROR_INVALID_ARGUMENT,
                "field.struct_size");
  }
}

static void how_long_an_engine_may_take_is_checked(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  CHECK_OK(focus_service_open(NULL, &service));
  request.fallback_after_seconds = 0.05;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "fallback_after_seconds");
  request.fallback_after_seconds = 0.1;
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void ending_is_final_and_may_be_repeated(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_request request = short_request();
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  request.target_minutes = 600;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.status == FOCUS_SESSION_ENDED && info.more_pending == 0 && info.next_ready_at == 0);
  CHECK(info.ready_count < info.total_segments);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void sessions_last_in_a_folder(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_session_list *list;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_session_request request = short_request();
  const char *id = NULL;
  char kept[64];
  int32_t count = 0;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = test_path("lasting");
  CHECK_OK(focus_service_open(&options, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));

  CHECK_OK(focus_service_open(&options, &service));
  CHECK_OK(focus_session_list_create(service, &list));
  CHECK_OK(focus_session_list_count(list, &count));
  CHECK(count == 1);
  CHECK_OK(focus_session_list_get(list, 0, &id));
  snprintf(kept, sizeof(kept), "%s", id);
  CHECK_FAILS(focus_session_list_get(list, 1, &id), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK(id == NULL);
  CHECK_OK(focus_session_list_destroy(list));

  CHECK_OK(focus_session_open(service, kept, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.ready_count == 3 && info.status == FOCUS_SESSION_ENDED);
  CHECK_OK(focus_snapshot_segment(snapshot, 2, &segment));
  CHECK(strstr(segment.path, "/002.flac") != NULL);
  CHECK_FAILS(focus_snapshot_segment(snapshot, 3, &segment), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_FAILS(focus_session_open(service, "mfocus_000000000000", &session), FOCUS_ERROR_NOT_FOUND,
              "session_id");
  CHECK_FAILS(focus_session_open(service, "../../etc/passwd", &session), FOCUS_ERROR_NOT_FOUND,
              "session_id");
  CHECK_OK(focus_service_destroy(service));
}

void session_test(void) {
  a_session_becomes_ready_and_says_so();
  if (!test_minimal) json_is_the_contracts();
  options_reach_the_plan();
  a_tempo_is_that_of_every_segment();
  fields_of_a_request_are_described();
  how_long_an_engine_may_take_is_checked();
  ending_is_final_and_may_be_repeated();
  if (!test_minimal) sessions_last_in_a_folder();
}
