/* SPDX-License-Identifier: MIT
 *
 * A host in C: opens a service, hears a second of music and leaves. Exits with 0 when there was
 * some. */
#include <stdio.h>
#include <stdlib.h>

#include <focus_session/focus_session.h>

enum { RATE = 48000, CHANNELS = 2 };

static int failed(const char *what) {
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  fprintf(stderr, "%s: %s\n", what, error.message);
  return EXIT_FAILURE;
}

int main(void) {
  static float samples[RATE * CHANNELS];
  focus_service_options service_options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_player_options player_options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_service *service;
  focus_session *session;
  focus_player *player;
  float peak = 0.0F;
  int32_t frames;
  int i;

  if (focus_version_number() != FOCUS_VERSION_NUMBER) {
    fprintf(stderr, "header %d, library %d\n", FOCUS_VERSION_NUMBER, (int)focus_version_number());
    return EXIT_FAILURE;
  }
  service_options.storage = FOCUS_STORAGE_MEMORY;
  if (focus_service_open(&service_options, &service) != FOCUS_OK) return failed("service");

  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = 1;
  request.segment_seconds = 20.0;
  request.seed = 7;
  request.has_seed = 1;
  if (focus_session_start(service, &request, &session) != FOCUS_OK) return failed("session");

  player_options.mode = FOCUS_PLAYER_OFFLINE;
  player_options.sample_rate = RATE;
  player_options.channel_count = CHANNELS;
  if (focus_player_create(session, &player_options, &player) != FOCUS_OK) return failed("player");
  frames = focus_player_render_interleaved(player, samples, RATE);
  if (frames < 0) return failed("render");
  for (i = 0; i < frames * CHANNELS; ++i) {
    if (samples[i] > peak) peak = samples[i];
  }

  focus_player_destroy(player);
  focus_session_destroy(session);
  focus_service_destroy(service);
  printf("heard %d frames, peak %.3f\n", (int)frames, (double)peak);
  return frames == RATE && peak > 0.001F ? EXIT_SUCCESS : EXIT_FAILURE;
}
