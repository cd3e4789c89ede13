/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* symlink */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

enum { kRate = 48000, kSeconds = 12 };

/* A tone in the first channel; others are a third lower each. */
static const char *write_tone(const char *name, double hz, int channels, double peak) {
  focus_audio_file *file;
  const char *path = test_path(name);
  float *samples = malloc(sizeof(float) * kRate * kSeconds * (size_t)channels);
  int i, c;
  for (i = 0; i < kRate * kSeconds; ++i) {
    for (c = 0; c < channels; ++c) {
      samples[i * channels + c] =
          (float)(peak * sin(6.283185307179586 * hz / (1.0 + 0.25 * c) * i / kRate));
    }
  }
  CHECK_OK(focus_audio_file_create(path, kRate, channels, &file));
  CHECK_OK(focus_audio_file_write(file, samples, kRate * kSeconds));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  free(samples);
  return path;
}

static void files_are_levelled_and_joined(void) {
  const char *paths[3];
  focus_mix *mix;
  focus_mix_options options = FOCUS_MIX_OPTIONS_INIT;
  focus_mix_info info = FOCUS_MIX_INFO_INIT;
  focus_mix_file_info file = FOCUS_MIX_FILE_INFO_INIT;
  focus_mix_transition_info transition = FOCUS_MIX_TRANSITION_INFO_INIT;
  focus_measurement *measurement;
  focus_measurement_info measured = FOCUS_MEASUREMENT_INFO_INIT;
  const float *curve = NULL;
  float old_gains[5], new_gains[5];
  const char *out = test_path("mix.flac");
  paths[0] = write_tone("a.wav", 220.0, 2, 0.5);
  paths[1] = write_tone("b.flac", 330.0, 1, 0.05);
  paths[2] = write_tone("c.wav", 262.0, 2, 0.2);
  options.target_lufs = -20.0;
  options.crossfade_seconds = 2.0;
  CHECK_OK(focus_mix_create(paths, 3, &options, &mix));
  CHECK_OK(focus_mix_get_info(mix, &info));
  CHECK(info.file_count == 3 && info.transition_count == 2 && !info.complete);
  CHECK_FAILS(focus_mix_get_file(mix, 0, &file), FOCUS_ERROR_NOT_READY, "");
  CHECK_FAILS(focus_mix_get_transition(mix, 2, &transition), FOCUS_ERROR_NOT_FOUND, "index");

  CHECK_OK(focus_mix_write(mix, out));
  CHECK_OK(focus_mix_get_info(mix, &info));
  CHECK(info.complete && info.sample_rate == kRate && info.channel_count == 2);
  CHECK(fabs(info.progress - 1.0) < 1e-9);
  CHECK(fabs(info.duration_seconds - (3.0 * kSeconds - 4.0)) < 0.1);
  CHECK_OK(focus_mix_get_file(mix, 1, &file));
  CHECK(strcmp(file.path, paths[1]) == 0 && file.channel_count == 1);
  CHECK(fabs(file.integrated_lufs - -20.0) < 0.1 && file.gain_db > 3.0 && !file.limited);
  CHECK_OK(focus_mix_file_curve(mix, 1, &curve));
  CHECK(file.curve_count == kSeconds * 10);
  CHECK(curve != NULL && fabs(curve[60] - -20.0) < 0.2);
  CHECK_OK(focus_mix_get_transition(mix, 0, &transition));
  CHECK(fabs(transition.end_seconds - transition.start_seconds - 2.0) < 1e-9);
  CHECK(fabs(transition.correlation) < 0.5);
  CHECK(transition.curve == FOCUS_CROSSFADE_LOUDNESS_HELD && !transition.polarity_inverted);
  CHECK(transition.tempo_match == FOCUS_TEMPO_MATCH_NONE);
  CHECK_OK(focus_mix_transition_gains(mix, 0, 5, old_gains, new_gains));
  CHECK(old_gains[0] == 1.0f && new_gains[0] == 0.0f);
  CHECK(old_gains[2] > 0.3f && new_gains[2] > 0.3f);
  CHECK(fabs(old_gains[4]) < 1e-6 && fabs(new_gains[4] - 1.0) < 1e-6);

  CHECK_OK(focus_measurement_create(out, &measurement));
  CHECK_OK(focus_measurement_get_info(measurement, &measured));
  CHECK(fabs(measured.duration_seconds - info.duration_seconds) < 1e-6);
  CHECK(fabs(measured.integrated_lufs - -20.0) < 0.3);
  CHECK_OK(focus_measurement_destroy(measurement));
  CHECK_OK(focus_mix_cancel(mix)); /* nothing is under way */
  CHECK_OK(focus_mix_write(mix, NULL));
  CHECK_OK(focus_mix_destroy(mix));
}

static void what_can_not_be_mixed_is_named(void) {
  const char *paths[2];
  const char *broken;
  focus_mix *mix;
  focus_mix_options options = FOCUS_MIX_OPTIONS_INIT;
  focus_mix_info info = FOCUS_MIX_INFO_INIT;
  float gains[2];
  paths[0] = write_tone("a.wav", 220.0, 2, 0.5);
  paths[1] = test_path("missing.wav");
  CHECK_FAILS_WITH_PATH(focus_mix_create(paths, 2, NULL, &mix), FOCUS_ERROR_NOT_FOUND, paths[1]);
  CHECK(mix == NULL);
  CHECK_FAILS(focus_mix_create(paths, 0, NULL, &mix), FOCUS_ERROR_INVALID_ARGUMENT, "count");
  CHECK_FAILS(focus_mix_create(NULL, 1, NULL, &mix), FOCUS_ERROR_INVALID_ARGUMENT, "paths");
  CHECK_FAILS(focus_mix_create(paths, 1, NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "mix");
  options.crossfade_seconds = 100.0;
  CHECK_FAILS(focus_mix_create(paths, 1, &options, &mix), FOCUS_ERROR_INVALID_ARGUMENT,
              "crossfade_seconds");
  options.crossfade_seconds = 0.0;
  options.target_lufs = 3.0;
  CHECK_FAILS(focus_mix_create(paths, 1, &options, &mix), FOCUS_ERROR_INVALID_ARGUMENT,
              "target_lufs");
  paths[1] = broken = write_tone("silent.wav", 220.0, 1, 0.0);
  CHECK_OK(focus_mix_create(paths, 2, NULL, &mix));
  CHECK_FAILS(focus_mix_write(mix, test_path("out.wav")), FOCUS_ERROR_BAD_DATA, broken);
  CHECK_FAILS(focus_mix_write(mix, test_path("out.xyz")), FOCUS_ERROR_INVALID_ARGUMENT, "path");
  CHECK_OK(focus_mix_get_info(mix, &info));
  CHECK(!info.complete);
  CHECK_FAILS(focus_mix_transition_gains(mix, 0, 2, gains, gains), FOCUS_ERROR_NOT_READY, "");
  CHECK_OK(focus_mix_destroy(mix));
  CHECK_FAILS(focus_mix_write(NULL, "a.wav"), FOCUS_ERROR_INVALID_ARGUMENT, "mix");
  CHECK_OK(focus_mix_destroy(NULL));
}

/* Noise that begins with a quiet stretch and ends with silence. */
static const char *write_quiet(const char *name) {
  focus_audio_file *file;
  const char *path = test_path(name);
  const int rate = 8000, seconds = 60;
  float *samples = malloc(sizeof(float) * (size_t)(rate * seconds));
  uint32_t state = 1;
  int i;
  for (i = 0; i < rate * seconds; ++i) {
    const int second = i / rate;
    state = state * 1664525u + 1013904223u;
    samples[i] = (float)((state >> 8) / 16777216.0 - 0.5);
    if (second < 20) samples[i] *= 0.2f;
    if (second >= 55) samples[i] = 0.0f;
  }
  CHECK_FAILS(focus_audio_file_create_with_bits(path, rate, 1, 8, &file),
              FOCUS_ERROR_INVALID_ARGUMENT, "bits");
  CHECK_OK(focus_audio_file_create_with_bits(path, rate, 1, 16, &file));
  CHECK_OK(focus_audio_file_write(file, samples, (int64_t)rate * seconds));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  free(samples);
  return path;
}

static void what_is_not_heard_is_told(void) {
  const char *paths[2];
  focus_mix *mix;
  focus_mix_options options = FOCUS_MIX_OPTIONS_INIT;
  focus_mix_file_info first = FOCUS_MIX_FILE_INFO_INIT;
  focus_mix_file_info second = FOCUS_MIX_FILE_INFO_INIT;
  paths[0] = paths[1] = write_quiet("quiet.wav");
  CHECK_OK(focus_mix_create(paths, 2, NULL, &mix));
  CHECK_OK(focus_mix_write(mix, NULL));
  CHECK_OK(focus_mix_get_file(mix, 0, &first));
  CHECK_OK(focus_mix_get_file(mix, 1, &second));
  CHECK(first.unheard_start_seconds == 0.0 && second.unheard_end_seconds == 0.0);
  CHECK(fabs(first.unheard_end_seconds - 5.0) < 0.05);
  CHECK(first.silent_end_seconds == first.unheard_end_seconds);
  CHECK(second.unheard_start_seconds == 0.0 && second.silent_start_seconds == 0.0);
  CHECK_OK(focus_mix_destroy(mix));

  options.trim_seconds = 8.0;
  CHECK_OK(focus_mix_create(paths, 2, &options, &mix));
  CHECK_OK(focus_mix_write(mix, NULL));
  CHECK_OK(focus_mix_get_file(mix, 1, &second));
  CHECK(fabs(second.unheard_start_seconds - 8.0) < 0.05);
  CHECK(second.silent_start_seconds == 0.0);
  CHECK_OK(focus_mix_destroy(mix));
  options.trim_seconds = -1.0;
  CHECK_FAILS(focus_mix_create(paths, 2, &options, &mix), FOCUS_ERROR_INVALID_ARGUMENT,
              "trim_seconds");
}

static void an_output_that_is_an_input_is_refused(void) {
  const char *paths[1];
  const char *link = test_path("another_name.wav");
  focus_mix *mix;
  paths[0] = write_tone("kept.wav", 220.0, 2, 0.5);
  CHECK(symlink(paths[0], link) == 0);
  CHECK_OK(focus_mix_create(paths, 1, NULL, &mix));
  CHECK_FAILS(focus_mix_write(mix, paths[0]), FOCUS_ERROR_INVALID_ARGUMENT, "path");
  CHECK_FAILS(focus_mix_write(mix, link), FOCUS_ERROR_INVALID_ARGUMENT, "path");
  CHECK_OK(focus_mix_write(mix, "/dev/null"));
  CHECK_OK(focus_mix_destroy(mix));
}

void mix_test(void) {
  what_is_not_heard_is_told();
  an_output_that_is_an_input_is_refused();
  files_are_levelled_and_joined();
  what_can_not_be_mixed_is_named();
}
