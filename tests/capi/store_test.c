/* SPDX-License-Identifier: MIT */
#include "test.h"

static void open_folder(const char *folder, focus_service **service) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = folder;
  CHECK_OK(focus_service_open(&options, service));
}

static focus_store_info info_of(const focus_store_report *report) {
  focus_store_info info = FOCUS_STORE_INFO_INIT;
  CHECK_OK(focus_store_report_get_info(report, &info));
  return info;
}

/* Leaves a session of three segments in the folder, and one track. */
static void fill(const char *folder) {
  focus_service *service;
  focus_session *session;
  focus_track *track;
  focus_session_request request = short_request();
  open_folder(folder, &service);
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_promote(session, 1, "To keep", &track));
  CHECK_OK(focus_track_destroy(track));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void a_lost_catalogue_is_told_and_tracks_are_found_again(void) {
  const char *folder = test_path("store");
  char catalogue[300];
  focus_service *service;
  focus_store_report *report;
  focus_track_list *list;
  focus_track *track;
  focus_track_info track_info = FOCUS_TRACK_INFO_INIT;
  focus_store_finding finding = FOCUS_STORE_FINDING_INIT;
  focus_store_options options = FOCUS_STORE_OPTIONS_INIT;
  focus_store_info info;
  const char *id = NULL;
  fill(folder);
  CHECK_OK(focus_store_check(folder, NULL, &report));
  info = info_of(report);
  CHECK(info.finding_count == 0 && info.problem_count == 0 && info.backup_folder[0] == '\0');
  CHECK(info.session_count == 1 && info.segment_count == 3 && info.track_count == 1);
  CHECK(info.audio_bytes > 0);
  CHECK_FAILS(focus_store_report_get_finding(report, 0, &finding), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_OK(focus_store_report_destroy(report));

  snprintf(catalogue, sizeof(catalogue), "%s/catalogue.sqlite", folder);
  CHECK(remove(catalogue) == 0);
  options.quick = 1;
  CHECK_OK(focus_store_check(folder, &options, &report));
  info = info_of(report);
  CHECK(info.problem_count == 3 && info.finding_count == 3 && info.track_count == 0);
  CHECK_OK(focus_store_report_get_finding(report, 0, &finding));
  CHECK(finding.kind == FOCUS_STORE_CATALOGUE_MISSING && finding.problem == 1);
  CHECK(finding.repaired == 0 && strcmp(finding.path, catalogue) == 0);
  CHECK(finding.segment_index == -1 && finding.message[0] != '\0');
  CHECK_OK(focus_store_report_destroy(report));

  CHECK_OK(focus_store_repair(folder, NULL, &report));
  info = info_of(report);
  CHECK(info.problem_count == 0 && info.finding_count == 3 && info.backup_folder[0] != '\0');
  CHECK_OK(focus_store_report_get_finding(report, 2, &finding));
  CHECK(finding.kind == FOCUS_STORE_TRACK_WITHOUT_ROW && finding.repaired == 1);
  CHECK(strncmp(finding.track_id, "mtrack_", 7) == 0);
  CHECK_OK(focus_store_report_destroy(report));

  open_folder(folder, &service);
  CHECK_FAILS_WITH_PATH(focus_store_check(folder, NULL, &report), FOCUS_ERROR_IO, folder);
  CHECK(report == NULL);
  CHECK_OK(focus_track_list_create(service, &list));
  CHECK_OK(focus_track_list_get(list, 0, &id));
  CHECK_OK(focus_track_open(service, id, &track));
  CHECK_OK(focus_track_get_info(track, &track_info));
  CHECK(strcmp(track_info.title, "To keep") == 0 && track_info.segment_index == 1);
  CHECK_OK(focus_track_destroy(track));
  CHECK_OK(focus_track_list_destroy(list));
  CHECK_OK(focus_service_destroy(service));
}

static void wrong_arguments_of_a_check_are_refused(void) {
  focus_store_report *report;
  focus_store_options options = FOCUS_STORE_OPTIONS_INIT;
  const char *missing = test_path("no such folder");
  CHECK_FAILS(focus_store_check(NULL, NULL, &report), FOCUS_ERROR_INVALID_ARGUMENT, "data_folder");
  CHECK_FAILS(focus_store_check("", NULL, &report), FOCUS_ERROR_INVALID_ARGUMENT, "data_folder");
  CHECK_FAILS(focus_store_repair("x", NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "report");
  CHECK_FAILS_WITH_PATH(focus_store_check(missing, NULL, &report), FOCUS_ERROR_NOT_FOUND, missing);
  options.quick = 2;
  CHECK_FAILS(focus_store_check(missing, &options, &report), FOCUS_ERROR_INVALID_ARGUMENT, "quick");
  CHECK(report == NULL);
  CHECK_OK(focus_store_report_destroy(NULL));
}

void store_test(void) {
  focus_store_report *report = NULL;
  if (test_minimal) {
    CHECK_FAILS(focus_store_check("x", NULL, &report), FOCUS_ERROR_UNSUPPORTED, "");
    CHECK(report == NULL);
    return;
  }
  a_lost_catalogue_is_told_and_tracks_are_found_again();
  wrong_arguments_of_a_check_are_refused();
}
