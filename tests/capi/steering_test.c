/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "test.h"

enum { kBlock = 4800 };

static void render_seconds(focus_player *player, double seconds) {
  static float samples[kBlock * 2];
  int blocks = (int)(seconds * 48000 / kBlock);
  while (blocks-- > 0) CHECK(focus_player_render_interleaved(player, samples, kBlock) == kBlock);
}

static void a_session_is_steered_while_it_plays(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_snapshot *snapshot;
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_steering steering = FOCUS_STEERING_INIT;
  focus_session_info now = FOCUS_SESSION_INFO_INIT;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  focus_event event = FOCUS_EVENT_INIT;
  focus_session_request request = short_request();
  double from = 0.0;
  float samples[40];
  int64_t frames = 0;
  int steered = -1;
  options.mode = FOCUS_PLAYER_OFFLINE;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, &options, &player));
  render_seconds(player, 12.0);
  steering.custom_prompt = "solo piano, very slow";
  steering.target_minutes = 2;
  CHECK_OK(focus_session_steer(session, &steering, &from));
  CHECK(from >= 12.0 && from < 13.5);
  do {
    CHECK_OK(focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event));
    if (event.type == FOCUS_EVENT_STEERED) steered = event.segment_index;
  } while (event.type != FOCUS_EVENT_STEERED && event.type != FOCUS_EVENT_NONE);
  CHECK(steered == 1);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &now));
  CHECK(now.goal == FOCUS_GOAL_CUSTOM_PROMPT && now.target_minutes == 2);
  CHECK(strcmp(now.custom_prompt, "solo piano, very slow") == 0);
  CHECK_OK(focus_snapshot_segment(snapshot, 1, &segment));
  CHECK(fabs(segment.start_seconds - from) < 1e-9);
  /* What was cut short is as long as it is heard. */
  CHECK_OK(focus_snapshot_segment(snapshot, 0, &segment));
  CHECK(fabs(segment.duration_seconds - (from + 0.001 * segment.fade_out_ms)) < 1e-9);
  CHECK_OK(focus_session_read_segment(session, 0, segment.frames - 10, samples, 20, &frames));
  CHECK(frames == 10);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  render_seconds(player, 5.0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.segment_index == 1 && info.duration_seconds == 120.0);
  CHECK(info.next_join_seconds > info.position_seconds);
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void what_can_not_be_is_refused_by_its_field(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  focus_steering steering = FOCUS_STEERING_INIT;
  double from = 0.0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_FAILS(focus_session_steer(session, &steering, &from), FOCUS_ERROR_INVALID_ARGUMENT,
              "steering");
  CHECK_FAILS(focus_session_steer(session, NULL, &from), FOCUS_ERROR_INVALID_ARGUMENT, "steering");
  steering.divergence = 1.5;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "divergence");
  steering.divergence = 1.0;
  steering.at_seconds = -2.0;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "at_seconds");
  steering.at_seconds = -1.0;
  steering.has_pads_db = 2;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "has_pads_db");
  steering.has_pads_db = 0;
  steering.has_melody_db = 1;
  steering.melody_db = 13.0;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "melody_db");
  steering.melody_db = NAN;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "melody_db");
  steering.has_melody_db = 0;
  steering.scenes = "rian";
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "scenes");
  steering.scenes = NULL;
  steering.goal = 9;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "goal");
  steering.goal = FOCUS_GOAL_SLEEP;
  steering.custom_prompt = "rain";
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "custom_prompt");
  steering.custom_prompt = NULL;
  CHECK_OK(focus_session_end(session));
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "session");
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static double level_of(const float *samples, int count) {
  double sum = 0.0;
  int i;
  for (i = 0; i < count; ++i) sum += (double)samples[i] * (double)samples[i];
  return sqrt(sum / count);
}

/* Everything but the ambience is turned off: what is left is another music than before. */
static void layers_are_turned_down_while_it_plays(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_steering steering = FOCUS_STEERING_INIT;
  focus_session_request request = short_request();
  static float samples[kBlock * 2];
  double from = 0.0;
  options.mode = FOCUS_PLAYER_OFFLINE;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, &options, &player));
  render_seconds(player, 8.0);
  steering.has_pads_db = steering.has_bass_db = 1;
  steering.has_melody_db = steering.has_percussion_db = 1;
  steering.pads_db = steering.bass_db = steering.melody_db = steering.percussion_db = -60.0;
  CHECK_OK(focus_session_steer(session, &steering, &from));
  CHECK(from >= 8.0 && from < 14.0);
  render_seconds(player, from + 2.0 - 8.0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.segment_index == 1 && info.duration_seconds == 60.0);
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == kBlock);
  CHECK(level_of(samples, 2 * kBlock) > 0.0001);
  steering.has_ambience_db = 1;
  steering.ambience_db = -60.0;
  CHECK_FAILS(focus_session_steer(session, &steering, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "pads_db");
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void a_player_is_led_about(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_session_request request = short_request();
  static float samples[kBlock * 4];
  int32_t music;
  options.mode = FOCUS_PLAYER_OFFLINE;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, &options, &player));
  CHECK_OK(focus_player_seek(player, 30.0));
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(fabs(info.position_seconds - 30.0) < 1e-9);
  render_seconds(player, 1.0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(fabs(info.position_seconds - 31.0) < 1e-9);
  CHECK(info.segment_index == 1);
  CHECK_OK(focus_player_skip(player));
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.position_seconds > 31.0);
  render_seconds(player, 1.0);
  CHECK_FAILS(focus_player_skip(player), FOCUS_ERROR_NOT_FOUND, "player");
  CHECK_FAILS(focus_player_seek(player, 60.0), FOCUS_ERROR_INVALID_ARGUMENT, "seconds");
  CHECK_FAILS(focus_player_set_volume(player, 1.1), FOCUS_ERROR_INVALID_ARGUMENT, "volume");
  CHECK_FAILS(focus_player_set_sleep_timer(player, 5.0, -1.0), FOCUS_ERROR_INVALID_ARGUMENT,
              "fade_seconds");
  CHECK_OK(focus_player_set_volume(player, 0.0));
  render_seconds(player, 0.2);
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == kBlock);
  CHECK(samples[0] == 0.0f && samples[2 * kBlock - 1] == 0.0f);
  CHECK_OK(focus_player_set_volume(player, 1.0));

  /* The device changes under it. */
  CHECK_FAILS(focus_player_set_output(player, 1, 2), FOCUS_ERROR_INVALID_ARGUMENT, "sample_rate");
  CHECK_OK(focus_player_set_output(player, 44100, 4));
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.sample_rate == 44100 && info.channel_count == 4);
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == kBlock);
  CHECK_OK(focus_player_set_output(player, 0, 2));

  /* A nap. */
  CHECK_OK(focus_player_seek(player, 5.0));
  CHECK_OK(focus_player_set_sleep_timer(player, 3.0, 2.0));
  render_seconds(player, 2.9);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(fabs(info.sleep_seconds - 0.1) < 1e-6);
  music = focus_player_render_interleaved(player, samples, kBlock);
  CHECK(music == kBlock && fabs((double)samples[2 * kBlock - 1]) < 1e-4);
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == 0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.state == FOCUS_PLAYER_PAUSED && info.sleep_seconds == -1.0);
  CHECK_OK(focus_player_resume(player));
  render_seconds(player, 1.0);
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

void steering_test(void) {
  a_session_is_steered_while_it_plays();
  what_can_not_be_is_refused_by_its_field();
  layers_are_turned_down_while_it_plays();
  a_player_is_led_about();
}
