/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "test.h"

/* A struct of tomorrow's header: ours, and a field this library does not know. */
struct newer_request {
  focus_session_request known;
  uint64_t unknown;
};

static void null_is_an_error_never_a_crash(void) {
  focus_service *service = (focus_service *)&test_failures;
  focus_session *session = (focus_session *)&test_failures;
  focus_player *player = (focus_player *)&test_failures;
  focus_session_request request = short_request();
  float samples[8];

  CHECK(focus_last_error(NULL) == FOCUS_ERROR_INVALID_ARGUMENT);
  CHECK_FAILS(focus_service_open(NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "service");
  CHECK_FAILS(focus_session_start(NULL, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "service");
  CHECK(session == NULL);
  CHECK_FAILS(focus_session_end(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "session");
  CHECK_FAILS(focus_player_create(NULL, NULL, &player), FOCUS_ERROR_INVALID_ARGUMENT, "session");
  CHECK(player == NULL);
  CHECK_FAILS(focus_player_render_interleaved(NULL, samples, 4), FOCUS_ERROR_INVALID_ARGUMENT,
              "player");
  CHECK_FAILS(focus_player_pause(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "player");
  CHECK_FAILS(focus_measurement_create(NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "measurement");
  CHECK_FAILS(focus_audio_file_commit(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "file");

  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_FAILS(focus_session_start(service, NULL, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "request");
  CHECK_FAILS(focus_session_open(service, NULL, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "session_id");
  CHECK_OK(focus_service_destroy(service));
}

static void destroying_null_does_nothing(void) {
  CHECK_OK(focus_service_destroy(NULL));
  CHECK_OK(focus_session_destroy(NULL));
  CHECK_OK(focus_session_list_destroy(NULL));
  CHECK_OK(focus_snapshot_destroy(NULL));
  CHECK_OK(focus_player_destroy(NULL));
  CHECK_OK(focus_engine_list_destroy(NULL));
  CHECK_OK(focus_audio_file_destroy(NULL));
  CHECK_OK(focus_measurement_destroy(NULL));
}

static void every_bad_field_is_named(focus_service *service) {
  focus_session *session;
  focus_session_request request;
#define CHECK_BAD(field, value)                                                               \
  request = short_request();                                                                  \
  request.field = value;                                                                      \
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT, \
              #field)
  CHECK_BAD(goal, 0);
  CHECK_BAD(goal, 6);
  CHECK_BAD(target_minutes, 0);
  CHECK_BAD(target_minutes, 1441);
  CHECK_BAD(intensity, 4);
  CHECK_BAD(intensity, -1);
  CHECK_BAD(divergence, -0.1);
  CHECK_BAD(divergence, NAN);
  CHECK_BAD(engine, "orchestra");
  CHECK_BAD(format, 5);
  CHECK_BAD(target_lufs, -41.0);
  CHECK_BAD(target_lufs, -7.0);
  CHECK_BAD(segment_seconds, 19.0);
  CHECK_BAD(sample_rate, 7999);
  CHECK_BAD(look_ahead, -2);
  CHECK_BAD(has_seed, 7);
  CHECK_BAD(sample_rate, 96001);
  CHECK_BAD(modulation_depth, 1.5);
  CHECK_BAD(modulation_depth, NAN);
  CHECK_BAD(pads_db, 12.5);
  CHECK_BAD(bass_db, -61.0);
  CHECK_BAD(melody_db, NAN);
  CHECK_BAD(percussion_db, 13.0);
  CHECK_BAD(ambience_db, -100.0);
  CHECK_BAD(ending_seconds, 0.5);
  CHECK_BAD(ending_seconds, 31.0); /* of a minute */
  CHECK_BAD(work_minutes, 121);
  CHECK_BAD(tempo_bpm, 29.9);
  CHECK_BAD(tempo_bpm, 240.1);
  CHECK_BAD(tempo_bpm, NAN);
  CHECK_BAD(scenes, "rian");
  CHECK_BAD(scenes, "rain=13");
  CHECK_BAD(scenes, "rain=-60");
  CHECK_BAD(programme, "rain");
  CHECK_BAD(programme, "10: rain; 5: sea");
#undef CHECK_BAD
  request = short_request();
  request.goal = FOCUS_GOAL_CUSTOM_PROMPT;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "custom_prompt");
  request.custom_prompt = "\xff\xfe";
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "custom_prompt");
  CHECK(session == NULL);
  request = short_request(); /* a prompt that would not be heard */
  request.custom_prompt = "rain";
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "custom_prompt");
  CHECK(session == NULL);
  request.custom_prompt = "";
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_destroy(session));
  request = short_request();
  request.goal = FOCUS_GOAL_SLEEP;
  request.modulation_depth = 0.5;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "modulation_depth");
  request.modulation_depth = 0.0;
  request.work_minutes = 25;
  request.break_minutes = 5;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "work_minutes");
  request.goal = FOCUS_GOAL_ENERGIZE;
  request.break_minutes = 61;
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "break_minutes");
  request.break_minutes = 0; /* both or none */
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "break_minutes");
}

static void structs_may_be_older_and_newer(focus_service *service) {
  struct newer_request newer;
  focus_session_request older = short_request();
  focus_session *session;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  focus_snapshot *snapshot;

  older.struct_size = 0;
  CHECK_FAILS(focus_session_start(service, &older, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "request.struct_size");

  older = short_request();
  older.sample_rate = -5; /* lies beyond what an older header knew */
  older.struct_size = (uint32_t)offsetof(focus_session_request, sample_rate);
  CHECK_OK(focus_session_start(service, &older, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.sample_rate == 48000);
  info.sample_rate = -1;
  info.struct_size = (uint32_t)offsetof(focus_session_info, sample_rate);
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.sample_rate == -1);
  CHECK(info.struct_size == offsetof(focus_session_info, sample_rate));
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));

  older = short_request();
  older.modulation_depth = -1.0; /* the first header had no options */
  older.work_minutes = -1;
  older.struct_size = (uint32_t)offsetof(focus_session_request, modulation_depth);
  CHECK_OK(focus_session_start(service, &older, &session));
  CHECK_OK(focus_session_destroy(session));

  memset(&newer, 0, sizeof(newer));
  newer.known = short_request();
  newer.known.struct_size = sizeof(newer);
  CHECK_OK(focus_session_start(service, &newer.known, &session));
  CHECK_OK(focus_session_destroy(session));
  newer.unknown = 1;
  CHECK_FAILS(focus_session_start(service, &newer.known, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "request.struct_size");
}

/* A size that ends inside a member: the host does not have that member. */
static void a_size_that_ends_inside_a_member_leaves_it_out(focus_service *service) {
  focus_session_request request = short_request();
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  focus_error error = FOCUS_ERROR_INIT;
  focus_session *session = NULL;
  focus_snapshot *snapshot = NULL;
  const uint32_t at_prompt = (uint32_t)offsetof(focus_session_request, custom_prompt);
  const uint32_t at_engine = (uint32_t)offsetof(focus_session_info, engine);
  uint32_t size;
  /* Half of these bytes would be a pointer to nowhere. */
  memset(&request.custom_prompt, 0x55, sizeof request.custom_prompt);
  memset(&request.engine, 0x55, sizeof request.engine);
  for (size = at_prompt; size < at_prompt + sizeof request.custom_prompt; ++size) {
    request.struct_size = size;
    CHECK_OK(focus_session_start(service, &request, &session));
    CHECK_OK(focus_session_destroy(session));
  }
  request = short_request();
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  for (size = at_engine; size < at_engine + sizeof info.engine; ++size) {
    const char *const before = "as it was";
    info.engine = before;
    info.struct_size = size;
    CHECK_OK(focus_snapshot_info(snapshot, &info));
    CHECK(info.engine == before && info.session_id != NULL);
  }
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  focus_session_end(NULL);
  error.struct_size = (uint32_t)offsetof(focus_error, message) + 3;
  CHECK_OK(focus_last_error(&error));
  CHECK(error.message == NULL && strcmp(error.field, "session") == 0);
}

static void what_is_reserved_must_be_zero(focus_service *service) {
  const char *files[] = {"none.wav"};
  focus_measurement_options measurement_options = FOCUS_MEASUREMENT_OPTIONS_INIT;
  focus_mix_options mix_options = FOCUS_MIX_OPTIONS_INIT;
  focus_spend_caps caps = FOCUS_SPEND_CAPS_INIT;
  focus_measurement *measurement = NULL;
  focus_mix *mix = NULL;
  measurement_options.reserved = 1;
  CHECK_FAILS(focus_measurement_create_with("none.wav", &measurement_options, &measurement),
              FOCUS_ERROR_INVALID_ARGUMENT, "reserved");
  mix_options.reserved = -1;
  CHECK_FAILS(focus_mix_create(files, 1, &mix_options, &mix), FOCUS_ERROR_INVALID_ARGUMENT,
              "reserved");
  caps.reserved = 1;
  CHECK_FAILS(focus_service_set_spend_caps(service, NULL, &caps), FOCUS_ERROR_INVALID_ARGUMENT,
              "reserved");
}

static void errors_stay_until_the_next_one(void) {
  focus_error first = FOCUS_ERROR_INIT;
  focus_error second = FOCUS_ERROR_INIT;
  focus_session_end(NULL);
  CHECK_OK(focus_last_error(&first));
  CHECK(focus_version_number() == FOCUS_VERSION_NUMBER);
  CHECK_OK(focus_last_error(&second));
  CHECK(first.code == second.code);
  CHECK(strcmp(second.field, "session") == 0);
  CHECK(strchr(second.message, '\n') == NULL);
}

/* `path` is there for files alone, so that a host need not guess what was not found. */
static void a_missing_file_is_told_from_a_missing_session(focus_service *service) {
  focus_error error = FOCUS_ERROR_INIT;
  focus_error older = FOCUS_ERROR_INIT;
  focus_measurement *measurement;
  focus_session *session;
  CHECK_FAILS_WITH_PATH(focus_measurement_create("nofile", &measurement), FOCUS_ERROR_NOT_FOUND,
                        "nofile");
  CHECK_FAILS(focus_session_open(service, "mfocus_000000000000", &session), FOCUS_ERROR_NOT_FOUND,
              "session_id");
  CHECK_OK(focus_last_error(&error));
  CHECK(error.path != NULL && error.path[0] == '\0');

  older.path = "as it was";
  older.struct_size = (uint32_t)offsetof(focus_error, path);
  CHECK_OK(focus_last_error(&older));
  CHECK(strcmp(older.field, "session_id") == 0 && strcmp(older.path, "as it was") == 0);
}

void errors_test(void) {
  focus_service *service;
  null_is_an_error_never_a_crash();
  destroying_null_does_nothing();
  errors_stay_until_the_next_one();
  CHECK_OK(focus_service_open(NULL, &service));
  every_bad_field_is_named(service);
  structs_may_be_older_and_newer(service);
  a_size_that_ends_inside_a_member_leaves_it_out(service);
  what_is_reserved_must_be_zero(service);
  a_missing_file_is_told_from_a_missing_session(service);
  CHECK_OK(focus_service_destroy(service));
}
