/* SPDX-License-Identifier: MIT
 * A host as hosts are: opens a service, starts a session, plays it to its end, keeps a segment,
 * asks over HTTP, and comes back to the folder. Any call may fail while shim.c lets the system
 * fail: then the host reads the error, which must say something, and calls again, as often as a
 * patient host would. What may not be: that the process ends, that it hangs, that the music ends
 * too early, or that a segment which was told ready is not there.
 *
 *   host FOLDER folder|memory live|offline ENGINE
 *
 * Prints what was wrong in lines that begin with "WRONG", and the number of calls that the shim has
 * counted. It uses no memory of the heap itself, so that each allocation that fails is one of the
 * library's.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <focus_session/focus_session.h>

enum { kRate = 8000, kBlock = 400, kTries = 60, kMostSegments = 16 };
static const double kSeconds = 60.0;

static int (*faults_hit)(const char *name);
static int wrong;
static int errors;
static char ready[kMostSegments];

static void nap(double seconds) {
  struct timespec time = {(time_t)seconds, (long)(fmod(seconds, 1.0) * 1e9)};
  nanosleep(&time, NULL);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Looks at the error of a call that has failed: it has words, and is not a defect of the library.
 */
static void judge_error(const char *call, int32_t result) {
  focus_error error = FOCUS_ERROR_INIT;
  const int32_t told = focus_last_error(&error);
  ++errors;
  if (getenv("FOCUS_FAULT_TRACE") != NULL)
    fprintf(stderr, "   %s: %d %s\n", call, result, error.message);
  if (told != FOCUS_OK || error.message == NULL || error.message[0] == '\0' ||
      error.code != result) {
    printf("WRONG %s returned %d without an error of that code\n", call, result);
    ++wrong;
  } else if (result == FOCUS_ERROR_INTERNAL) {
    printf("WRONG %s says that the library is at fault: %s\n", call, error.message);
    ++wrong;
  }
}

/* Calls until it works. */
#define MUST(call)                                                        \
  do {                                                                    \
    int32_t result_ = FOCUS_OK;                                           \
    int tries_ = 0;                                                       \
    while ((result_ = (call)) != FOCUS_OK && tries_ < kTries) {           \
      if (tries_++ == 0 || tries_ == kTries) judge_error(#call, result_); \
      nap(0.02);                                                          \
    }                                                                     \
    if (result_ != FOCUS_OK) {                                            \
      printf("WRONG %s still fails with %d\n", #call, result_);           \
      exit(4);                                                            \
    }                                                                     \
  } while (0)

static int32_t describe(void *user_data, focus_engine_description *description) {
  (void)user_data;
  description->key = "tone";
  description->concurrency = 2;
  description->retries = FOCUS_NO_RETRIES;
  return FOCUS_OK;
}

static int32_t generate(void *user_data, const focus_brief *brief, focus_sink *sink) {
  static __thread float block[2 * 4096];
  const double step =
      2.0 * 3.14159265 * (220 + 20 * (brief->segment_index % 7)) / brief->sample_rate;
  int64_t at;
  (void)user_data;
  if (faults_hit != NULL && faults_hit("engine")) return FOCUS_ERROR_ENGINE;
  for (at = 0; at < brief->frames; at += 4096) {
    const int64_t count = brief->frames - at < 4096 ? brief->frames - at : 4096;
    int64_t i;
    int32_t result;
    for (i = 0; i < count; ++i) {
      block[2 * i] = block[2 * i + 1] = 0.2f * (float)sin(step * (double)(at + i));
    }
    result = focus_sink_write_interleaved(sink, block, count, 2);
    if (result != FOCUS_OK) return result;
  }
  return FOCUS_OK;
}

/* Reads all events; notes what was told ready. */
static void read_events(focus_session *session) {
  focus_event event = FOCUS_EVENT_INIT;
  while (focus_session_poll_event(session, &event) == FOCUS_OK && event.type != FOCUS_EVENT_NONE) {
    const int index = event.segment_index;
    if (event.type == FOCUS_EVENT_SEGMENT_READY && index >= 0 && index < kMostSegments)
      ready[index] = 1;
    if (event.type == FOCUS_EVENT_TROUBLE && index >= 0 && index < kMostSegments) ready[index] = 0;
    if (getenv("FOCUS_FAULT_TRACE") != NULL) {
      fprintf(stderr, "   event %d of segment %d: %s\n", event.type, index, event.message);
    }
  }
}

/* Plays a session to its end, faster than time. The music may wait; it may not stop. */
static void play(focus_session *session, int live) {
  static float block[2 * kBlock];
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  focus_player *player = NULL;
  double heard_at = now();
  int64_t music = 0;
  int told = 0;
  options.mode = live ? FOCUS_PLAYER_REALTIME : FOCUS_PLAYER_OFFLINE;
  MUST(focus_player_create(session, &options, &player));
  for (;;) {
    const int32_t frames = focus_player_render_interleaved(player, block, kBlock);
    int i;
    for (i = 0; frames > 0 && i < 2 * kBlock; ++i) {
      if (!isfinite(block[i]) || fabsf(block[i]) > 1.01f) {
        printf("WRONG sample %g\n", (double)block[i]);
        exit(6);
      }
    }
    if (frames < 0 && told++ == 0) judge_error("focus_player_render_interleaved", frames);
    if (frames > 0) {
      music += frames;
      heard_at = now();
    }
    read_events(session);
    MUST(focus_player_get_info(player, &info));
    if (info.state == FOCUS_PLAYER_FINISHED) break;
    if (now() - heard_at > 30.0) {
      printf("WRONG no music for 30 s, at %.1f s, in state %d\n", info.position_seconds,
             info.state);
      exit(5);
    }
    if (frames < kBlock) nap(0.002);
  }
  if ((double)music < (kSeconds - 1.0) * kRate) {
    printf("WRONG the music was over after %.2f of %.0f s\n", (double)music / kRate, kSeconds);
    ++wrong;
  }
  focus_player_destroy(player);
}

/* What a client does over HTTP: a session of its own, and what it is like. */
static void ask(focus_service *service, const char *id) {
  static char key[FOCUS_ACCESS_KEY_SIZE];
  static char hash[FOCUS_ACCESS_KEY_HASH_SIZE];
  static char target[256];
  focus_access_key access = FOCUS_ACCESS_KEY_INIT;
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  const char *names[1] = {"X-API-Key"};
  static const char *const organizations[] = {"drill"};
  const char *values[1];
  int tries;
  MUST(focus_access_key_generate(key, sizeof key));
  MUST(focus_access_key_hash(key, hash, sizeof hash));
  access.hash = hash;
  access.organizations = organizations;
  access.organization_count = 1;
  access.caller = "host";
  MUST(focus_service_add_access_key(service, &access));
  values[0] = key;
  request.method = "GET";
  snprintf(target, sizeof target, "/v1/music/focus-sessions/%s", id);
  request.target = target;
  request.header_names = names;
  request.header_values = values;
  request.header_count = 1;
  for (tries = 0; tries < kTries; ++tries) {
    focus_http_response *response = NULL;
    focus_http_response_info info = FOCUS_HTTP_RESPONSE_INFO_INIT;
    MUST(focus_service_handle(service, &request, &response));
    MUST(focus_http_response_get_info(response, &info));
    focus_http_response_destroy(response);
    if (info.status < 500) return; /* found, or of another caller */
    nap(0.02);
  }
  printf("WRONG a request is answered with 5xx for ever\n");
  ++wrong;
}

static focus_service *open_service(const char *folder, int in_folder) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_service *service = NULL;
  options.storage = in_folder ? FOCUS_STORAGE_FOLDER : FOCUS_STORAGE_MEMORY;
  options.data_folder = in_folder ? folder : NULL;
  options.worker_count = 2;
  MUST(focus_service_open(&options, &service));
  return service;
}

/* All that was told ready is there when the folder is opened again. */
static void come_back(const char *folder, const char *id) {
  static float block[2 * kBlock];
  focus_service *service = open_service(folder, 1);
  focus_session *session = NULL;
  int index;
  MUST(focus_session_open(service, id, &session));
  for (index = 0; index < kMostSegments; ++index) {
    int64_t got = 0;
    if (!ready[index]) continue;
    MUST(focus_session_read_segment(session, index, 0, block, kBlock, &got));
    if (got != kBlock) {
      printf("WRONG segment %d has %lld frames\n", index, (long long)got);
      ++wrong;
    }
  }
  focus_session_destroy(session);
  focus_service_destroy(service);
}

int main(int count, char **arguments) {
  static char id[64], path[512];
  void (*begin)(void) = NULL;
  void (*end)(void) = NULL;
  long (*count_calls)(int number, const char **name) = NULL;
  if (count < 5) {
    fprintf(stderr, "host FOLDER folder|memory live|offline ENGINE\n");
    return 2;
  }
  const char *folder = arguments[1];
  const int in_folder = strcmp(arguments[2], "folder") == 0;
  const int live = strcmp(arguments[3], "live") == 0;
  const char *planted =
      getenv("FOCUS_DRILL_PLANT"); /* a fault of the host's own, to see that it is found */
  setvbuf(stdout, NULL, _IONBF, 0);
  *(void **)&begin = dlsym(RTLD_DEFAULT, "focus_faults_begin");
  *(void **)&end = dlsym(RTLD_DEFAULT, "focus_faults_end");
  *(void **)&count_calls = dlsym(RTLD_DEFAULT, "focus_faults_count");
  *(void **)&faults_hit = dlsym(RTLD_DEFAULT, "focus_faults_hit");
  if (begin != NULL) begin();
  if (planted != NULL && strcmp(planted, "abort") == 0) abort();
  if (planted != NULL && strcmp(planted, "hang") == 0)
    for (;;) nap(1.0);

  focus_service *service = open_service(folder, in_folder);
  if (strcmp(arguments[4], "tone") == 0) {
    focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
    vtable.describe = describe;
    vtable.generate = generate;
    MUST(focus_engine_register(service, &vtable, NULL));
  }
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  request.goal = FOCUS_GOAL_FOCUS;
  request.target_minutes = 1;
  request.segment_seconds = 20;
  request.sample_rate = kRate;
  request.engine = arguments[4];
  focus_session *session = NULL;
  MUST(focus_session_start(service, &request, &session));

  focus_snapshot *snapshot = NULL;
  MUST(focus_session_snapshot(session, &snapshot));
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  MUST(focus_snapshot_info(snapshot, &info));
  snprintf(id, sizeof id, "%s", info.session_id);
  focus_snapshot_destroy(snapshot);

  play(session, live);
  ask(service, id);
  if (in_folder) {
    snprintf(path, sizeof path, "%s/out.flac", folder);
    MUST(focus_session_write_segment(session, 0, path));
    focus_track *track = NULL;
    MUST(focus_session_promote(session, 0, "A segment", &track));
    focus_track_destroy(track);
  }
  read_events(session);
  focus_session_destroy(session);
  focus_service_destroy(service);
  if (in_folder) come_back(folder, id);
  if (end != NULL) end();
  for (int number = 0; count_calls != NULL; ++number) {
    const char *name = NULL;
    const long calls = count_calls(number, &name);
    if (calls < 0) break;
    printf("CALLS %s %ld\n", name, calls);
  }
  if (planted != NULL && strcmp(planted, "wrong") == 0) printf("WRONG as planted\n");
  return wrong > 0 ? 1 : 0;
}
