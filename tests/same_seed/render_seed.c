/* SPDX-License-Identifier: MIT
 *
 *   render_seed SEED FILE : the segments of a few short sessions, as raw 32-bit floats one after
 * the other, for another machine's build to be compared with. */
#include <stdio.h>
#include <stdlib.h>

#include <focus_session/focus_session.h>

enum { kBlock = 4096 };

static const struct {
  int32_t goal, intensity, sample_rate, segments;
  const char *prompt;
} kSessions[] = {
    {FOCUS_GOAL_FOCUS, FOCUS_INTENSITY_HIGH, 16000, 2, NULL},
    {FOCUS_GOAL_RELAX, FOCUS_INTENSITY_MEDIUM, 16000, 1, NULL},
    {FOCUS_GOAL_SLEEP, FOCUS_INTENSITY_LOW, 16000, 1, NULL},
    {FOCUS_GOAL_ENERGIZE, FOCUS_INTENSITY_HIGH, 16000, 1, NULL},
    {FOCUS_GOAL_CUSTOM_PROMPT, FOCUS_INTENSITY_DEFAULT, 16000, 1,
     "electric piano, strings and bells over rain, 84 bpm in D dorian"},
    {FOCUS_GOAL_FOCUS, FOCUS_INTENSITY_DEFAULT, 48000, 1, NULL},
};

static void must(int32_t result) {
  focus_error error = FOCUS_ERROR_INIT;
  if (result >= 0) return;
  focus_last_error(&error);
  fprintf(stderr, "render_seed: %s\n", error.message);
  exit(1);
}

static void wait_for(focus_session *session, int32_t count) {
  while (1) {
    focus_event event = FOCUS_EVENT_INIT;
    focus_session_info info = FOCUS_SESSION_INFO_INIT;
    focus_snapshot *snapshot;
    must(focus_session_snapshot(session, &snapshot));
    must(focus_snapshot_info(snapshot, &info));
    must(focus_snapshot_destroy(snapshot));
    if (info.ready_count >= count) return;
    must(focus_session_wait_event(session, 1000, &event));
  }
}

static void write_segment(focus_session *session, int32_t index, FILE *file) {
  static float samples[kBlock * 2];
  int64_t first = 0;
  int64_t count = 0;
  do {
    must(focus_session_read_segment(session, index, first, samples, kBlock, &count));
    first += count;
    if (fwrite(samples, 2 * sizeof(float), (size_t)count, file) != (size_t)count) exit(1);
  } while (count > 0);
}

int main(int count, char **arguments) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_service *service;
  FILE *file;
  size_t k;
  if (count != 3) return 2;
  file = fopen(arguments[2], "wb");
  if (file == NULL) return 1;
  options.storage = FOCUS_STORAGE_MEMORY;
  must(focus_service_open(&options, &service));
  for (k = 0; k < sizeof(kSessions) / sizeof(kSessions[0]); ++k) {
    focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
    focus_session *session;
    int32_t index;
    request.goal = kSessions[k].goal;
    request.intensity = kSessions[k].intensity;
    request.custom_prompt = kSessions[k].prompt;
    request.sample_rate = kSessions[k].sample_rate;
    request.target_minutes = 1;
    request.segment_seconds = 20.0;
    request.has_seed = 1;
    request.seed = strtoull(arguments[1], NULL, 10);
    request.format = FOCUS_FORMAT_WAV;              /* no dither, no rounding to 16 bit */
    request.look_ahead = kSessions[k].segments - 1; /* no more than is compared */
    must(focus_session_start(service, &request, &session));
    wait_for(session, kSessions[k].segments);
    for (index = 0; index < kSessions[k].segments; ++index) write_segment(session, index, file);
    must(focus_session_destroy(session));
  }
  must(focus_service_destroy(service));
  return fclose(file) != 0;
}
