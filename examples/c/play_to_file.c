/* SPDX-License-Identifier: MIT
 *
 * Usage: play_to_file OUT MINUTES       e.g. play_to_file focus.flac 10
 *
 * Plays a focus session into a file. A host with loudspeakers differs in one thing: it leaves the
 * player in real-time mode and calls focus_player_render_interleaved from its audio callback.
 */
#include <stdio.h>
#include <stdlib.h>

#include <focus_session/focus_session.h>

static void check(int32_t result) {
  focus_error error = FOCUS_ERROR_INIT;
  if (result >= 0) return;
  focus_last_error(&error);
  fprintf(stderr, "play_to_file: %s\n", error.message);
  exit(1);
}

int main(int argc, char **argv) {
  static float samples[4096 * 2];
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_player_options offline = FOCUS_PLAYER_OPTIONS_INIT;
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_audio_file *file;
  int32_t frames;

  if (argc != 3) {
    fputs("usage: play_to_file OUT MINUTES\n", stderr);
    return 2;
  }
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = atoi(argv[2]);
  offline.mode = FOCUS_PLAYER_OFFLINE;

  check(focus_service_open(NULL, &service));
  check(focus_session_start(service, &request, &session));
  check(focus_player_create(session, &offline, &player));
  check(focus_audio_file_create(argv[1], 48000, 2, &file));
  do {
    frames = focus_player_render_interleaved(player, samples, 4096);
    check(frames);
    check(focus_audio_file_write(file, samples, frames));
  } while (frames == 4096); /* fewer: the session is over */
  check(focus_audio_file_commit(file));

  focus_audio_file_destroy(file);
  focus_player_destroy(player);
  focus_session_destroy(session);
  focus_service_destroy(service);
  return 0;
}
