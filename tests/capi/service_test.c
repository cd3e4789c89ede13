/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static void options_are_checked_by_name(void) {
  focus_service *service;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.storage = 9;
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "storage");
  options.storage = FOCUS_STORAGE_FOLDER;
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "data_folder");
  options.data_folder = "/proc/nowhere";
  if (test_minimal) {
    CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_UNSUPPORTED, "storage");
  } else {
    CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_NOT_FOUND, "/proc/nowhere");
  }
  options.storage = FOCUS_STORAGE_TEMPORARY;
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "data_folder");
  options.data_folder = NULL;
  options.log_level = 99;
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "log_level");
  options.log_level = FOCUS_LOG_INFO;
  options.worker_count = 65;
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "worker_count");
  CHECK(service == NULL);
}

static void a_cluster_says_what_it_lacks(void) {
  focus_service *service;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.database_url = "postgresql://zoe:secret@127.0.0.1:1/focus";
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "database_url");
  options.database_url = NULL;
  options.node = "here";
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "node");
  options.storage = FOCUS_STORAGE_CLUSTER;
  if (test_minimal) {
    CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_UNSUPPORTED, "storage");
    return;
  }
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "database_url");
  options.database_url = "no address";
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "objects_url");
  options.objects_url = "ftp://127.0.0.1";
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_INVALID_ARGUMENT, "cache_folder");
  CHECK(service == NULL);
}

static void a_damaged_store_is_said_to_be_one(void) {
  focus_service *service;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  char catalogue[300];
  FILE *file;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = test_path("damaged");
  CHECK_OK(focus_service_open(&options, &service));
  CHECK_OK(focus_service_destroy(service));
  snprintf(catalogue, sizeof(catalogue), "%s/catalogue.sqlite", options.data_folder);
  file = fopen(catalogue, "wb");
  fputs("this is not a catalogue, whatever its name may say; it is a line of text\n", file);
  fclose(file);
  CHECK_FAILS(focus_service_open(&options, &service), FOCUS_ERROR_BAD_DATA, catalogue);
}

static void engines_are_listed_with_their_licence(void) {
  focus_service *service;
  focus_engine_list *list;
  focus_engine_info info = FOCUS_ENGINE_INFO_INIT;
  int32_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_engine_list_create(service, &list));
  CHECK_OK(focus_service_destroy(service)); /* the list stands on its own */
  CHECK_OK(focus_engine_list_count(list, &count));
  CHECK(count == (test_minimal ? 1 : 2));
  CHECK_OK(focus_engine_list_get(list, 0, &info));
  CHECK(strcmp(info.key, "studio") == 0);
  CHECK(info.licence_class == FOCUS_LICENCE_COMMERCIAL_CLEARED);
  CHECK(info.enabled == 1 && info.commercial_use == 1 && info.requires_attribution == 0);
  CHECK(info.has_score == 1 && info.vocals == 0 && info.concurrency == 0);
  CHECK(info.display_name[0] != '\0' && info.description[0] != '\0' && info.version[0] != '\0');
  CHECK_FAILS(focus_engine_list_get(list, count, &info), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_FAILS(focus_engine_list_get(list, -1, &info), FOCUS_ERROR_NOT_FOUND, "index");
  if (!test_minimal) {
    CHECK_OK(focus_engine_list_get(list, 1, &info));
    CHECK(strcmp(info.key, "soundscape") == 0);
    CHECK(info.licence_class == FOCUS_LICENCE_COMMERCIAL_CLEARED);
    CHECK(info.enabled == 1 && info.has_score == 0 && info.vocals == 0 && info.stems == 0);
    CHECK(info.max_duration_seconds == 1200);
  }
  CHECK_OK(focus_engine_list_destroy(list));
}

static void a_forked_child_gets_an_error_not_a_deadlock(void) {
  focus_service *service;
  focus_session *session;
  focus_player *player;
  focus_session_request request = short_request();
  float samples[2];
  int status = 0;
  pid_t child;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_player_create(session, NULL, &player));
  child = fork();
  if (child == 0) {
    int failures = 0;
    focus_session *other;
    failures += focus_session_start(service, &request, &other) != FOCUS_ERROR_FORKED;
    failures += focus_player_render_interleaved(player, samples, 1) != FOCUS_ERROR_FORKED;
    failures += focus_player_pause(player) != FOCUS_ERROR_FORKED;
    failures += focus_player_destroy(player) != FOCUS_ERROR_FORKED;
    failures += focus_session_end(session) != FOCUS_ERROR_FORKED;
    failures += focus_session_destroy(session) != FOCUS_ERROR_FORKED;
    failures += focus_service_destroy(service) != FOCUS_ERROR_FORKED;
    _exit(failures);
  }
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  CHECK_OK(focus_player_destroy(player));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void opening_and_closing_leaves_nothing_behind(void) {
  int i;
  for (i = 0; i < 10; ++i) {
    focus_service *service;
    focus_session *session;
    focus_session_request request = short_request();
    CHECK_OK(focus_service_open(NULL, &service));
    CHECK_OK(focus_session_start(service, &request, &session));
    /* In either order, with work under way. */
    if (i % 2) {
      CHECK_OK(focus_service_destroy(service));
      CHECK_OK(focus_session_destroy(session));
    } else {
      CHECK_OK(focus_session_destroy(session));
      CHECK_OK(focus_service_destroy(service));
    }
  }
}

static void count_line(void *user_data, int32_t level, const char *message) {
  (void)level;
  (void)message;
  ++*(int *)user_data;
}

static void a_log_sink_may_be_given(void) {
  int lines = 0;
  focus_service *service;
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.log = count_line;
  options.log_user_data = &lines;
  CHECK_OK(focus_service_open(&options, &service));
  CHECK_OK(focus_service_destroy(service));
}

void service_test(void) {
  options_are_checked_by_name();
  a_cluster_says_what_it_lacks();
  if (!test_minimal) a_damaged_store_is_said_to_be_one();
  engines_are_listed_with_their_licence();
  a_forked_child_gets_an_error_not_a_deadlock();
  opening_and_closing_leaves_nothing_behind();
  a_log_sink_may_be_given();
}
