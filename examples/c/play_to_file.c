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

/* Writes what the player gives until the session is over. A negative code where that fails. */
static int32_t play(focus_player *player, focus_audio_file *file) {
  static float samples[4096 * 2];
  int32_t frames;
  int32_t result;
  do {
    frames = focus_player_render_interleaved(player, samples, 4096);
    result = frames < 0 ? frames : focus_audio_file_write(file, samples, frames);
  } while (frames == 4096 && result >= 0); /* fewer: the session is over */
  return result < 0 ? result : focus_audio_file_commit(file);
}

int main(int argc, char **argv) {
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_player_options offline = FOCUS_PLAYER_OPTIONS_INIT;
  focus_error error = FOCUS_ERROR_INIT;
  focus_service *service = NULL;
  focus_session *session = NULL;
  focus_player *player = NULL;
  focus_audio_file *file = NULL;
  int done;

  if (argc != 3) {
    fputs("usage: play_to_file OUT MINUTES\n", stderr);
    return 2;
  }
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = atoi(argv[2]);
  offline.mode = FOCUS_PLAYER_OFFLINE;

  done = focus_service_open(NULL, &service) >= 0 &&
         focus_session_start(service, &request, &session) >= 0 &&
         focus_player_create(session, &offline, &player) >= 0 &&
         focus_audio_file_create(argv[1], 48000, 2, &file) >= 0 && play(player, file) >= 0;
  if (!done) {
    focus_last_error(&error);
    fprintf(stderr, "play_to_file: %s\n", error.message);
  }

  focus_audio_file_destroy(file); /* what was not made is NULL, which is fine */
  focus_player_destroy(player);
  focus_session_destroy(session);
  focus_service_destroy(service); /* its temporary folder goes with it */
  return done ? 0 : 1;
}
