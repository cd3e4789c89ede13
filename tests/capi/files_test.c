/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static int exists(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file != NULL) fclose(file);
  return file != NULL;
}

/* How far a measuring said it was, and when to end it. */
struct course {
  int calls;
  int most;
  double last;
};

static int32_t follow(void *user_data, double fraction) {
  struct course *course = user_data;
  CHECK(fraction >= course->last && fraction <= 1.0);
  course->last = fraction;
  return ++course->calls >= course->most;
}

static void a_measuring_tells_how_far_it_is(void) {
  enum { kFrames = 48000, kSeconds = 60 };
  struct course course = {0, 1000, 0.0};
  focus_measurement_options options = FOCUS_MEASUREMENT_OPTIONS_INIT;
  focus_audio_file *file;
  focus_measurement *measurement;
  const char *path = test_path("minute.flac");
  float *samples = calloc((size_t)kFrames * 2, sizeof(float));
  int i;
  CHECK_OK(focus_audio_file_create(path, kFrames, 2, &file));
  for (i = 0; i < kSeconds; ++i) CHECK_OK(focus_audio_file_write(file, samples, kFrames));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  free(samples);
  options.callback = &follow;
  options.user_data = &course;
  CHECK_OK(focus_measurement_create_with(path, &options, &measurement));
  CHECK(course.calls > 2 && course.last == 1.0);
  CHECK_OK(focus_measurement_destroy(measurement));
  course.calls = 0;
  course.most = 1;
  course.last = 0.0;
  CHECK_FAILS(focus_measurement_create_with(path, &options, &measurement), FOCUS_ERROR_CANCELLED,
              "");
  CHECK(course.calls == 1 && course.last < 1.0 && measurement == NULL);
  CHECK_OK(focus_measurement_create_with(path, NULL, &measurement));
  CHECK_OK(focus_measurement_destroy(measurement));
}

static int file_holds(const char *path, const char *words) {
  static char bytes[1 << 20];
  FILE *file = fopen(path, "rb");
  const size_t size = fread(bytes, 1, sizeof bytes, file), length = strlen(words);
  size_t at;
  fclose(file);
  for (at = 0; at + length <= size; ++at) {
    if (memcmp(bytes + at, words, length) == 0) return 1;
  }
  return 0;
}

static void a_file_tells_what_it_is(void) {
  enum { kFrames = 48000 };
  static float samples[kFrames * 2];
  focus_audio_file *file;
  focus_audio_file_options options = FOCUS_AUDIO_FILE_OPTIONS_INIT;
  const char *path = test_path("told.bin");
  int i;
  for (i = 0; i < 2 * kFrames; ++i) samples[i] = (float)(0.1 * sin(0.05 * i));
  CHECK_FAILS(focus_audio_file_create_with(path, NULL, &file), FOCUS_ERROR_INVALID_ARGUMENT,
              "options");
  options.sample_rate = 48000;
  options.format = "aac";
  CHECK_FAILS(focus_audio_file_create_with(path, &options, &file), FOCUS_ERROR_INVALID_ARGUMENT,
              "format");
  options.format = "flac";
  CHECK_FAILS(focus_audio_file_create_with(test_path("told.wav"), &options, &file),
              FOCUS_ERROR_INVALID_ARGUMENT, "format");
  CHECK_OK(focus_audio_file_create_with(path, &options, &file));
  CHECK_OK(focus_audio_file_set_tag(file, "TITLE", "first"));
  CHECK_OK(focus_audio_file_set_tag(file, "TITLE", "A quiet hour"));
  CHECK_OK(focus_audio_file_set_tag(file, "ARTIST", "somebody"));
  CHECK_OK(focus_audio_file_set_tag(file, "ARTIST", ""));
  CHECK_FAILS(focus_audio_file_set_tag(file, "A=B", "x"), FOCUS_ERROR_INVALID_ARGUMENT, "name");
  CHECK_FAILS(focus_audio_file_set_tag(file, "TITLE", "\xff"), FOCUS_ERROR_INVALID_ARGUMENT,
              "value");
  CHECK_OK(focus_audio_file_add_chapter(file, 0.0, "one"));
  CHECK_FAILS(focus_audio_file_add_chapter(file, 0.0, "two"), FOCUS_ERROR_INVALID_ARGUMENT,
              "start_seconds");
  CHECK_FAILS(focus_audio_file_add_chapter(file, NAN, "two"), FOCUS_ERROR_INVALID_ARGUMENT,
              "start_seconds");
  CHECK_OK(focus_audio_file_add_chapter(file, 0.5, "two"));
  CHECK_OK(focus_audio_file_write(file, samples, kFrames));
  CHECK_FAILS(focus_audio_file_set_tag(file, "GENRE", "Ambient"), FOCUS_ERROR_INVALID_ARGUMENT,
              "file");
  CHECK_FAILS(focus_audio_file_add_chapter(file, 0.7, "three"), FOCUS_ERROR_INVALID_ARGUMENT,
              "file");
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  CHECK(file_holds(path, "TITLE=A quiet hour"));
  CHECK(!file_holds(path, "ARTIST") && !file_holds(path, "first"));
  CHECK(file_holds(path, "CHAPTER002=00:00:00.500") && file_holds(path, "CHAPTER002NAME=two"));
  CHECK(file_holds(path, "REPLAYGAIN_TRACK_GAIN=+0") ||
        file_holds(path, "REPLAYGAIN_TRACK_GAIN=-0"));
  CHECK(file_holds(path, "REPLAYGAIN_TRACK_PEAK=0.100000") ||
        file_holds(path, "REPLAYGAIN_TRACK_PEAK=0.09"));
}

static void a_file_of_a_session_is_described(void) {
  static float samples[4096 * 2];
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_chapter_info chapter = FOCUS_CHAPTER_INFO_INIT;
  focus_session_request request = short_request();
  focus_audio_file *file;
  const char *path = test_path("described.ogg");
  int32_t count = 0;
  request.target_minutes = 10;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_chapter_count(snapshot, &count));
  CHECK(count >= 2);
  CHECK_OK(focus_snapshot_chapter(snapshot, 0, &chapter));
  CHECK(chapter.start_seconds == 0.0 && strncmp(chapter.title, "Movement A (", 12) == 0);
  CHECK_OK(focus_snapshot_chapter(snapshot, 1, &chapter));
  CHECK(chapter.start_seconds > 30.0);
  CHECK_FAILS(focus_snapshot_chapter(snapshot, count, &chapter), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_FAILS(focus_snapshot_chapter_count(snapshot, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "count");
  CHECK_OK(focus_audio_file_create(path, 48000, 2, &file));
  CHECK_OK(focus_audio_file_describe_session(file, snapshot));
  CHECK_FAILS(focus_audio_file_describe_session(file, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "snapshot");
  CHECK_OK(focus_audio_file_write(file, samples, 4096));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  CHECK(file_holds(path, "TITLE=Focus, 10 minutes"));
  CHECK(file_holds(path,
                   "COMMENT=focus-session render focus-session.ogg --goal focus --minutes 10 "
                   "--seed 11 --segment-seconds 20"));
  CHECK(file_holds(path, "CHAPTER002NAME=Movement B"));
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void a_file_appears_when_it_is_committed(void) {
  enum { kFrames = 48000 };
  focus_audio_file *file;
  focus_measurement *measurement;
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  const float *momentary = NULL;
  const float *short_term = NULL;
  const char *path = test_path("tone.flac");
  float *samples = malloc(kFrames * 2 * sizeof(float));
  int i;
  for (i = 0; i < kFrames; ++i) {
    samples[2 * i] = samples[2 * i + 1] = (float)(0.0708 * sin(6.283185307 * 1000.0 * i / 48000.0));
  }
  CHECK_OK(focus_audio_file_create(path, 48000, 2, &file));
  for (i = 0; i < 10; ++i) CHECK_OK(focus_audio_file_write(file, samples, kFrames));
  CHECK(!exists(path));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK(exists(path));
  CHECK_FAILS(focus_audio_file_write(file, samples, 1), FOCUS_ERROR_INVALID_ARGUMENT, "file");
  CHECK_OK(focus_audio_file_destroy(file));
  free(samples);

  /* EBU Tech 3341, case 1: -23 dBFS in both channels is -23 LUFS. */
  CHECK_OK(focus_measurement_create(path, &measurement));
  CHECK_OK(focus_measurement_get_info(measurement, &info));
  CHECK(fabs(info.integrated_lufs - -23.0) < 0.1);
  CHECK(fabs(info.true_peak_dbtp - -23.0) < 0.4);
  CHECK(fabs(info.duration_seconds - 10.0) < 1e-6);
  CHECK(fabs(info.curve_step_seconds - 0.1) < 1e-9 && info.curve_count == 100);
  CHECK_OK(focus_measurement_curves(measurement, &momentary, &short_term));
  CHECK(fabs(momentary[50] - -23.0) < 0.1 && fabs(short_term[50] - -23.0) < 0.1);
  CHECK_OK(focus_measurement_destroy(measurement));
}

static void what_is_not_committed_leaves_nothing(void) {
  focus_audio_file *file;
  const char *path = test_path("abandoned.wav");
  CHECK_OK(focus_audio_file_create(path, 48000, 2, &file));
  CHECK_OK(focus_audio_file_destroy(file));
  CHECK(!exists(path));
}

static void bad_files_are_named(void) {
  focus_audio_file *file;
  focus_measurement *measurement;
  const char *path = test_path("text.wav");
  FILE *text = fopen(path, "wb");
  fputs("no audio at all", text);
  fclose(text);
  CHECK_FAILS(focus_measurement_create(path, &measurement), FOCUS_ERROR_BAD_DATA, path);
  CHECK(measurement == NULL);
  path = test_path("missing.wav");
  CHECK_FAILS(focus_measurement_create(path, &measurement), FOCUS_ERROR_NOT_FOUND, path);
  CHECK_FAILS(focus_audio_file_create(test_path("a.xyz"), 48000, 2, &file),
              FOCUS_ERROR_INVALID_ARGUMENT, "path");
  CHECK_FAILS(focus_audio_file_create(test_path("a.opus"), 44100, 2, &file),
              FOCUS_ERROR_INVALID_ARGUMENT, "sample_rate");
  CHECK_FAILS(focus_audio_file_create(test_path("a.wav"), 48000, 9, &file),
              FOCUS_ERROR_INVALID_ARGUMENT, "channel_count");
  path = test_path("missing/a.wav");
  CHECK_FAILS(focus_audio_file_create(path, 48000, 2, &file), FOCUS_ERROR_NOT_FOUND, path);
  CHECK(file == NULL);
}

static void a_sample_that_is_not_finite_is_refused(void) {
  enum { kFrames = 10000 };
  static const char *const names[] = {"wild.wav", "wild.flac", "wild.ogg", "wild.opus", "wild.mp3"};
  const float wild[] = {(float)NAN, (float)INFINITY, (float)-INFINITY};
  float *samples = calloc(kFrames * 2, sizeof(float));
  focus_audio_file *file;
  focus_measurement *measurement;
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  size_t name, i;
  for (name = 0; name < sizeof names / sizeof *names; ++name) {
    const char *path = test_path(names[name]);
    const int32_t created = focus_audio_file_create(path, 48000, 2, &file);
    if (created != FOCUS_OK && strstr(path, ".mp3") != NULL) continue; /* built without LAME */
    CHECK_OK(created);
    for (i = 0; i < sizeof wild / sizeof *wild; ++i) {
      samples[2 * 9999 + 1] = wild[i]; /* behind blocks that would be written */
      CHECK_FAILS(focus_audio_file_write(file, samples, kFrames), FOCUS_ERROR_INVALID_ARGUMENT,
                  "samples");
    }
    samples[2 * 9999 + 1] = 0.5f;
    CHECK_OK(focus_audio_file_write(file, samples, kFrames));
    samples[1] = NAN;
    CHECK_FAILS(focus_audio_file_write(file, samples, 1), FOCUS_ERROR_INVALID_ARGUMENT, "samples");
    samples[1] = 0.0f;
    CHECK_OK(focus_audio_file_commit(file));
    CHECK_OK(focus_audio_file_destroy(file));
    /* Nothing of what was refused was written. */
    CHECK_OK(focus_measurement_create(path, &measurement));
    CHECK_OK(focus_measurement_get_info(measurement, &info));
    CHECK(fabs(info.duration_seconds - kFrames / 48000.0) < 0.001);
    CHECK_OK(focus_measurement_destroy(measurement));
  }
  free(samples);
}

void files_test(void) {
  a_measuring_tells_how_far_it_is();
  a_file_tells_what_it_is();
  a_file_of_a_session_is_described();
  a_file_appears_when_it_is_committed();
  what_is_not_committed_leaves_nothing();
  bad_files_are_named();
  a_sample_that_is_not_finite_is_refused();
}
