/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

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
  a_file_appears_when_it_is_committed();
  what_is_not_committed_leaves_nothing();
  bad_files_are_named();
  a_sample_that_is_not_finite_is_refused();
}
