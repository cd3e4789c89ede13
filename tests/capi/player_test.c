/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "test.h"

enum { kBlock = 1024 };

static void offline_gives_the_whole_session(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_service_options memory = FOCUS_SERVICE_OPTIONS_INIT;
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_session_request request = short_request();
  float samples[kBlock];
  float *planes[1];
  int64_t frames = 0;
  double energy = 0.0;
  int32_t music = kBlock;
  planes[0] = samples;
  memory.storage = FOCUS_STORAGE_MEMORY;
  options.mode = FOCUS_PLAYER_OFFLINE;
  options.sample_rate = 44100;
  options.channel_count = 1;
  CHECK_OK(focus_service_open(&memory, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, &options, &player));
  CHECK_OK(focus_session_destroy(session)); /* the player keeps it going */
  CHECK_OK(focus_service_destroy(service));
  while (music == kBlock) {
    int32_t i;
    music = focus_player_render_planar(player, planes, kBlock);
    CHECK_OK(music);
    for (i = 0; i < music; ++i) energy += (double)samples[i] * samples[i];
    frames += music;
  }
  CHECK(frames == 60 * 44100);
  CHECK(10.0 * log10(energy / (double)frames) > -30.0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.state == FOCUS_PLAYER_FINISHED && info.segment_index == 2 && info.underruns == 0);
  CHECK(fabs(info.position_seconds - 60.0) < 1e-6);
  CHECK(focus_player_render_planar(player, planes, kBlock) == 0);
  CHECK(samples[0] == 0.0f);
  CHECK_OK(focus_player_destroy(player));
}

static void real_time_never_waits(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_session_request request = short_request();
  const struct timespec pause = {0, 1000000};
  float samples[kBlock * 2];
  int blocks = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, NULL, &player));
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == 0); /* nothing is ready yet */
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.state == FOCUS_PLAYER_WAITING);
  wait_until_ready(session);
  while (blocks < FOCUS_TEST_PATIENCE_MS &&
         focus_player_render_interleaved(player, samples, kBlock) != kBlock) {
    nanosleep(&pause, NULL);
    ++blocks;
  }
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.state == FOCUS_PLAYER_PLAYING);
  CHECK_OK(focus_player_pause(player));
  CHECK_OK(focus_player_render_interleaved(player, samples, kBlock));
  CHECK(focus_player_render_interleaved(player, samples, kBlock) == 0);
  CHECK_OK(focus_player_get_info(player, &info));
  CHECK(info.state == FOCUS_PLAYER_PAUSED);
  CHECK_OK(focus_player_resume(player));
  CHECK(focus_player_render_interleaved(player, samples, kBlock) > 0);
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void bad_arguments_are_named(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_session_request request = short_request();
  float samples[2];
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  options.mode = 2;
  CHECK_FAILS(focus_player_create(session, &options, &player), FOCUS_ERROR_INVALID_ARGUMENT,
              "mode");
  options.mode = FOCUS_PLAYER_REALTIME;
  options.channel_count = 9;
  CHECK_FAILS(focus_player_create(session, &options, &player), FOCUS_ERROR_INVALID_ARGUMENT,
              "channel_count");
  CHECK_OK(focus_player_create(session, NULL, &player));
  CHECK_FAILS(focus_player_render_interleaved(player, NULL, 1), FOCUS_ERROR_INVALID_ARGUMENT,
              "samples");
  CHECK_FAILS(focus_player_render_interleaved(player, samples, -1), FOCUS_ERROR_INVALID_ARGUMENT,
              "frames");
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

void player_test(void) {
  offline_gives_the_whole_session();
  real_time_never_waits();
  bad_arguments_are_named();
}
