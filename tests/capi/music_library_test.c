/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* mkdir, mkfifo */
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

enum { kRate = 44100, kSeconds = 30 };

/* A chord over a pulse of 120 a minute, with tags. */
static void write_track(const char *path, double hz, const char *title) {
  focus_audio_file *file;
  float *samples = malloc(sizeof(float) * kRate * kSeconds * 2);
  int i;
  for (i = 0; i < kRate * kSeconds; ++i) {
    const double t = (double)i / kRate;
    const double since_beat = fmod(t, 0.5);
    const double tone = sin(6.283185307179586 * hz * t) + sin(6.283185307179586 * hz * 1.25 * t) +
                        sin(6.283185307179586 * hz * 1.5 * t);
    const double beat = sin(6.283185307179586 * 80.0 * t) * exp(-15.0 * since_beat);
    samples[2 * i] = samples[2 * i + 1] = (float)(0.08 * tone + 0.4 * beat);
  }
  CHECK_OK(focus_audio_file_create(path, kRate, 2, &file));
  CHECK_OK(focus_audio_file_set_tag(file, "TITLE", title));
  CHECK_OK(focus_audio_file_set_tag(file, "ARTIST", "Nobody"));
  CHECK_OK(focus_audio_file_write(file, samples, kRate * kSeconds));
  CHECK_OK(focus_audio_file_commit(file));
  CHECK_OK(focus_audio_file_destroy(file));
  free(samples);
}

static focus_library *opened(void) {
  focus_library *library = NULL;
  focus_library_options options = FOCUS_LIBRARY_OPTIONS_INIT;
  options.catalogue = test_path("music.sqlite");
  CHECK_OK(focus_library_open(test_path("music"), &options, &library));
  CHECK_OK(focus_library_wait(library, 1000 * FOCUS_TEST_PATIENCE_SECONDS));
  return library;
}

static void a_folder_is_scanned_and_listed(void) {
  focus_library *library;
  focus_library_progress progress = FOCUS_LIBRARY_PROGRESS_INIT;
  focus_library_list *list;
  focus_library_track track = FOCUS_LIBRARY_TRACK_INIT;
  const char *path = NULL, *reason = NULL;
  int32_t tracks = 0, skipped = 0;
  CHECK(mkdir(test_path("music"), 0700) == 0);
  write_track(test_path("music/a.flac"), 262.0, "One");
  write_track(test_path("music/b.wav"), 330.0, "Two");
  CHECK(mkfifo(test_path("music/pipe.wav"), 0600) == 0);
  library = opened();
  CHECK_OK(focus_library_get_progress(library, &progress));
  CHECK(!progress.scanning && progress.track_count == 2 && progress.skipped_count == 1);
  CHECK(progress.file_count == 2 && progress.done_count == 2);
  CHECK(fabs(progress.analysed_seconds - 2.0 * kSeconds) < 0.1);

  CHECK_OK(focus_library_list_create(library, &list));
  CHECK_OK(focus_library_list_count(list, &tracks, &skipped));
  CHECK(tracks == 2 && skipped == 1);
  CHECK_OK(focus_library_list_get_track(list, 0, &track));
  CHECK(strcmp(track.title, "One") == 0 && strcmp(track.artist, "Nobody") == 0);
  CHECK(strcmp(track.path, test_path("music/a.flac")) == 0);
  CHECK(track.sample_rate == kRate && fabs(track.duration_seconds - kSeconds) < 0.01);
  CHECK(fabs(track.bpm - 120.0) < 1.0 && track.integrated_lufs < -5.0);
  CHECK(track.energy >= 0.0 && track.energy <= 1.0 && track.brightness_hz > 50.0);
  CHECK_OK(focus_library_list_get_skipped(list, 0, &path, &reason));
  CHECK(strcmp(path, test_path("music/pipe.wav")) == 0 && strstr(reason, "pipe") != NULL);
  CHECK_FAILS(focus_library_list_get_track(list, 2, &track), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_FAILS(focus_library_list_get_skipped(list, -1, &path, &reason), FOCUS_ERROR_NOT_FOUND,
              "index");
  CHECK(path == NULL && reason == NULL);
  CHECK_OK(focus_library_destroy(library));
  /* The list does not need it. */
  CHECK_OK(focus_library_list_get_track(list, 1, &track));
  CHECK(strcmp(track.title, "Two") == 0);
  CHECK_OK(focus_library_list_destroy(list));

  CHECK(remove(test_path("music/b.wav")) == 0);
  library = opened();
  CHECK_OK(focus_library_get_progress(library, &progress));
  CHECK(progress.track_count == 1 && progress.analysed_seconds == 0.0);
  write_track(test_path("music/b.wav"), 330.0, "Two again");
  CHECK_OK(focus_library_scan(library));
  CHECK_OK(focus_library_wait(library, 1000 * FOCUS_TEST_PATIENCE_SECONDS));
  CHECK_OK(focus_library_get_progress(library, &progress));
  CHECK(progress.track_count == 2);
  CHECK_OK(focus_library_destroy(library));
}

static void a_library_plays_a_session(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  focus_library *library = opened();
  focus_library_moment *moment = NULL;
  focus_library_moment_info info = FOCUS_LIBRARY_MOMENT_INFO_INIT;
  focus_engine_list *engines;
  focus_snapshot *snapshot;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  int32_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_library_register(library, service, NULL));
  CHECK_FAILS(focus_library_register(library, service, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "key");
  CHECK_OK(focus_library_register(library, service, "mine"));
  CHECK_OK(focus_engine_unregister(service, "mine", 1000));
  CHECK_OK(focus_engine_list_create(service, &engines));
  CHECK_OK(focus_engine_list_count(engines, &count));
  CHECK_OK(focus_engine_list_destroy(engines));
  CHECK(count >= 2);
  request.engine = "library";
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 1, &segment));
  CHECK(segment.ready && strcmp(segment.engine, "library") == 0 && !segment.fallback);
  CHECK(segment.licence_class == FOCUS_LICENCE_UNCLEAR);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_library_moment_create(library, session, 5.0, &moment));
  CHECK_OK(focus_library_moment_get_info(moment, &info));
  CHECK(strcmp(info.artist, "Nobody") == 0 && info.start_seconds == 0.0);
  CHECK(info.end_seconds > 5.0 && strlen(info.why) > 0);
  CHECK_FAILS(focus_library_moment_create(library, session, -1.0, &moment),
              FOCUS_ERROR_INVALID_ARGUMENT, "seconds");
  CHECK(moment == NULL);
  /* The engine keeps the library open, whoever goes first. */
  CHECK_OK(focus_library_destroy(library));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void wrong_arguments_are_told(void) {
  focus_library *library = (focus_library *)1;
  focus_library_options options = FOCUS_LIBRARY_OPTIONS_INIT;
  focus_library_progress progress = FOCUS_LIBRARY_PROGRESS_INIT;
  int32_t count = 0;
  CHECK_FAILS(focus_library_open(NULL, NULL, &library), FOCUS_ERROR_INVALID_ARGUMENT, "folder");
  CHECK(library == NULL);
  CHECK_FAILS(focus_library_open("", NULL, &library), FOCUS_ERROR_INVALID_ARGUMENT, "folder");
  CHECK_FAILS(focus_library_open(test_path("music"), NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "library");
  options.worker_count = 65;
  CHECK_FAILS(focus_library_open(test_path("music"), &options, &library),
              FOCUS_ERROR_INVALID_ARGUMENT, "worker_count");
  options.worker_count = 1;
  options.catalogue = test_path("music/a.flac");
  CHECK_FAILS(focus_library_open(test_path("music"), &options, &library),
              FOCUS_ERROR_INVALID_ARGUMENT, "catalogue");
  options.catalogue = test_path("other.sqlite");
  CHECK(focus_library_open(test_path("no such folder"), &options, &library) ==
        FOCUS_ERROR_NOT_FOUND);
  CHECK_FAILS(focus_library_scan(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "library");
  CHECK_FAILS(focus_library_get_progress(NULL, &progress), FOCUS_ERROR_INVALID_ARGUMENT, "library");
  CHECK_FAILS(focus_library_wait(NULL, 0), FOCUS_ERROR_INVALID_ARGUMENT, "library");
  CHECK_FAILS(focus_library_list_count(NULL, &count, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "list");
  CHECK_OK(focus_library_destroy(NULL));
  CHECK_OK(focus_library_list_destroy(NULL));
  CHECK_OK(focus_library_moment_destroy(NULL));
}

static void without_the_plug_in_it_is_unsupported(void) {
  focus_library *library = (focus_library *)1;
  CHECK(focus_library_open("/tmp", NULL, &library) == FOCUS_ERROR_UNSUPPORTED);
  CHECK(library == NULL);
  CHECK_OK(focus_library_destroy(NULL));
}

void music_library_test(void) {
#ifdef FOCUS_TEST_MUSIC_LIBRARY
  a_folder_is_scanned_and_listed();
  a_library_plays_a_session();
  wrong_arguments_are_told();
#else
  (void)a_folder_is_scanned_and_listed;
  (void)a_library_plays_a_session;
  (void)wrong_arguments_are_told;
#endif
  if (test_minimal) without_the_plug_in_it_is_unsupported();
}
