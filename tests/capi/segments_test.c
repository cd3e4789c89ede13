/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "test.h"

static void samples_files_and_scores(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  focus_measurement *measurement;
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  focus_snapshot *snapshot;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  const char *path;
  char head[4] = {0};
  FILE *file;
  float *samples = malloc(48000 * 2 * sizeof(float));
  int64_t read = -1;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_FAILS(focus_session_read_segment(session, 2, 0, samples, 1, &read), FOCUS_ERROR_NOT_READY,
              "index");
  CHECK(read == 0);
  wait_until_ready(session);

  CHECK_OK(focus_session_read_segment(session, 1, 4800, samples, 48000, &read));
  CHECK(read == 48000);
  CHECK_FAILS(focus_session_read_segment(session, 3, 0, samples, 1, &read), FOCUS_ERROR_NOT_FOUND,
              "index");
  CHECK_FAILS(focus_session_read_segment(session, 0, -1, samples, 1, &read),
              FOCUS_ERROR_INVALID_ARGUMENT, "first_frame");

  path = test_path("segment.wav");
  CHECK_OK(focus_session_write_segment(session, 1, path));
  CHECK_OK(focus_measurement_create(path, &measurement));
  CHECK_OK(focus_measurement_get_info(measurement, &info));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 1, &segment));
  focus_snapshot_destroy(snapshot);
  CHECK(fabs(info.integrated_lufs - segment.target_lufs) < 0.1 && info.true_peak_dbtp <= -0.99);
  CHECK(info.sample_rate == 48000 && info.channel_count == 2);
  CHECK_OK(focus_measurement_destroy(measurement));
  CHECK_FAILS(focus_session_write_segment(session, 1, test_path("segment.txt")),
              FOCUS_ERROR_INVALID_ARGUMENT, "path");
  path = test_path("no/folder.flac");
  CHECK_FAILS(focus_session_write_segment(session, 1, path), FOCUS_ERROR_NOT_FOUND, path);

  path = test_path("segment.mid");
  CHECK_OK(focus_session_write_score(session, 1, path));
  file = fopen(path, "rb");
  CHECK(file != NULL && fread(head, 1, 4, file) == 4 && memcmp(head, "MThd", 4) == 0);
  if (file != NULL) fclose(file);
  free(samples);
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

/* Zeros instead of all audio after the first 8 kB; the file keeps its size and its header. */
static void wipe_audio(const char *path) {
  const char zeros[1024] = {0};
  long size = 0;
  long at;
  FILE *file = fopen(path, "rb+");
  CHECK(file != NULL);
  if (file == NULL) return;
  CHECK(fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) > 16384);
  CHECK(fseek(file, 8192, SEEK_SET) == 0);
  for (at = 8192; at + 1024 <= size; at += 1024) CHECK(fwrite(zeros, 1, 1024, file) == 1024);
  fclose(file);
}

/* A seek in a damaged file is no lack of memory. */
static void a_seek_that_fails_is_bad_data(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  focus_session_request request = short_request();
  float samples[8];
  int64_t read = -1;
  if (test_minimal) return; /* no segment has a file */
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 1, &segment));
  wipe_audio(segment.path);
  CHECK_FAILS_WITH_PATH(focus_session_read_segment(session, 1, 480000, samples, 4, &read),
                        FOCUS_ERROR_BAD_DATA, segment.path);
  CHECK(read == 0);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

void segments_test(void) {
  samples_files_and_scores();
  a_seek_that_fails_is_bad_data();
}
