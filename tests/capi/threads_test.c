/* SPDX-License-Identifier: MIT
 * The threads of the host and those of the library: small stacks, and signals. */
#define _GNU_SOURCE
#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

enum { kFrames = 24000 };
static float tone[2 * kFrames];

static void write_and_read(const char *name) {
  focus_audio_file *file = NULL;
  focus_measurement *measurement = NULL;
  const char *path = test_path(name);
  int i;
  CHECK_OK(focus_audio_file_create(path, 48000, 2, &file));
  for (i = 0; i < 3; ++i) CHECK_OK(focus_audio_file_write(file, tone, kFrames));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  CHECK_OK(focus_measurement_create(path, &measurement));
  CHECK_OK(focus_measurement_destroy(measurement));
}

static void mix_to(const char *in, const char *out) {
  focus_mix *mix = NULL;
  const char *files[2];
  files[0] = files[1] = test_path(in);
  CHECK_OK(focus_mix_create(files, 2, NULL, &mix));
  CHECK_OK(focus_mix_write(mix, test_path(out)));
  CHECK_OK(focus_mix_destroy(mix));
}

static void make_session(void) {
  static float samples[2 * 100];
  focus_session_request request = short_request();
  focus_service *service = NULL;
  focus_session *session = NULL;
  int64_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_read_segment(session, 1, 0, samples, 100, &count));
  CHECK(count == 100);
  if (!test_minimal) {
    focus_track *track = NULL;
    CHECK_OK(focus_session_write_segment(session, 1, test_path("small-stack-segment.flac")));
    CHECK_OK(focus_session_write_score(session, 1, test_path("small-stack.mid")));
    CHECK_OK(focus_session_promote(session, 1, "small", &track));
    CHECK_OK(focus_track_destroy(track));
  }
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

/* The engine has played by then. */
static int32_t end_after_two(void *user_data, const focus_check_result *result) {
  int *count = user_data;
  (void)result;
  return ++*count == 2;
}

static void check_store_and_engine(void) {
  const char *folder = test_path("small-stack-store");
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_check_options checks = FOCUS_CHECK_OPTIONS_INIT;
  focus_session_request request = short_request();
  focus_service *service = NULL;
  focus_session *session = NULL;
  focus_player *player = NULL;
  focus_engine_check *check = NULL;
  focus_store_report *report = NULL;
  float samples[2 * 64];
  int count = 0;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = folder;
  CHECK_OK(focus_service_open(&options, &service));
  request.format = FOCUS_FORMAT_OPUS;
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_player_create(session, NULL, &player));
  CHECK_OK(focus_player_seek(player, 30.0));
  CHECK_OK(focus_player_render_interleaved(player, samples, 64));
  CHECK_OK(focus_player_set_output(player, 44100, 2));
  CHECK_OK(focus_player_destroy(player));
  checks.quick = 1;
  checks.callback = end_after_two;
  checks.user_data = &count;
  CHECK_FAILS(focus_engine_check_run(service, "studio", &checks, &check), FOCUS_ERROR_CANCELLED,
              "");
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
  CHECK_OK(focus_store_check(folder, NULL, &report));
  CHECK_OK(focus_store_report_destroy(report));
  CHECK_OK(focus_store_repair(folder, NULL, &report));
  CHECK_OK(focus_store_report_destroy(report));
}

static void *call_all(void *unused) {
  static const char *const formats[] = {"wav", "flac", "ogg", "opus", "mp3"};
  char in[64], out[64];
  size_t i;
  (void)unused;
  for (i = 0; i < sizeof formats / sizeof formats[0]; ++i) {
    snprintf(in, sizeof in, "small-stack.%s", formats[i]);
    snprintf(out, sizeof out, "small-stack-mix.%s", formats[i]);
    write_and_read(in);
    mix_to(in, out);
  }
  make_session();
  if (!test_minimal) check_store_and_engine();
  return NULL;
}

static void every_call_runs_on_a_small_stack(void) {
  pthread_attr_t attributes;
  pthread_t thread;
  int i;
  for (i = 0; i < 2 * kFrames; ++i) tone[i] = (float)(0.1 * sin(0.05 * i));
  CHECK(pthread_attr_init(&attributes) == 0);
  CHECK(pthread_attr_setstacksize(&attributes, 64 * 1024) == 0);
  CHECK(pthread_create(&thread, &attributes, call_all, NULL) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  pthread_attr_destroy(&attributes);
}

#ifdef __linux__
/* Whether each thread of the process but this one blocks the signal, and how many there are. */
static int others_that_block(int signal_number, int *others) {
  char path[512], line[256];
  struct dirent *entry;
  DIR *tasks = opendir("/proc/self/task");
  int blocking = 0;
  *others = 0;
  while ((entry = readdir(tasks)) != NULL) {
    FILE *status;
    if (entry->d_name[0] == '.' || atoi(entry->d_name) == (int)getpid()) continue;
    snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
    status = fopen(path, "r");
    if (status == NULL) continue; /* it has ended meanwhile */
    while (fgets(line, sizeof line, status) != NULL) {
      unsigned long long blocked;
      if (sscanf(line, "SigBlk: %llx", &blocked) != 1) continue;
      ++*others;
      blocking += (int)(blocked >> (signal_number - 1) & 1);
    }
    fclose(status);
  }
  closedir(tasks);
  return blocking;
}

static int32_t describe(void *user_data, focus_engine_description *description) {
  (void)user_data;
  description->key = "watcher";
  return FOCUS_OK;
}

static int watched, watched_blocking;

/* Looks at the threads while all kinds of them are there: workers, the rescuer, and that of this
 * call. */
static int32_t generate(void *user_data, const focus_brief *brief, focus_sink *sink) {
  static const float silence[2 * 1000] = {0.1f};
  int64_t at;
  (void)user_data;
  if (watched == 0) watched_blocking = others_that_block(SIGUSR1, &watched);
  for (at = 0; at < brief->frames; at += 1000) {
    const int64_t count = brief->frames - at < 1000 ? brief->frames - at : 1000;
    const int32_t result = focus_sink_write_interleaved(sink, silence, count, 2);
    if (result != FOCUS_OK) return result;
  }
  return FOCUS_OK;
}

static void no_signal_of_the_host_reaches_a_thread_of_the_library(void) {
  focus_session_request request = short_request();
  focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
  focus_service *service = NULL;
  focus_session *session = NULL;
  focus_player *player = NULL;
  vtable.describe = describe;
  vtable.generate = generate;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_engine_register(service, &vtable, NULL));
  request.engine = "watcher";
  request.sample_rate = 8000;
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, NULL, &player));
  wait_until_ready(session);
  CHECK(watched >= 3);
  CHECK(watched_blocking == watched);
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}
#endif

void threads_test(void) {
  every_call_runs_on_a_small_stack();
#ifdef __linux__
  no_signal_of_the_host_reaches_a_thread_of_the_library();
#endif
}
