/* SPDX-License-Identifier: MIT
 * Of a minimal build: what is missing is said to be, and nothing crashes. */
#include "test.h"

static void what_is_missing_says_so(void) {
  focus_service *service;
  focus_session *session;
  focus_snapshot *snapshot;
  focus_error error = FOCUS_ERROR_INIT;
  focus_session_request start = short_request();
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  focus_http_options options = FOCUS_HTTP_OPTIONS_INIT;
  focus_http_response *response = (focus_http_response *)&request;
  focus_access_key key = FOCUS_ACCESS_KEY_INIT;
  char text[FOCUS_ACCESS_KEY_HASH_SIZE];
  const char *json = "";
  request.method = "GET";
  request.target = "/health";
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_FAILS(focus_service_handle(service, &request, &response), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK(response == NULL);
  focus_last_error(&error);
  CHECK(strstr(error.message, "FOCUS_MINIMAL") != NULL);
  CHECK_OK(focus_http_response_destroy(NULL));
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_service_rotate_url_key(service), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_access_key_generate(text, sizeof(text)), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_access_key_hash("key", text, sizeof(text)), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_service_add_access_key(service, &key), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_service_remove_access_key(service, "00"), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_OK(focus_session_start(service, &start, &session));
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_FAILS(focus_snapshot_json(snapshot, NULL, &json), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK(json == NULL);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

void http_test(void) { what_is_missing_says_so(); }

void webhook_test(void) {
  focus_service *service;
  focus_webhook *webhook = NULL;
  focus_webhook_options options = FOCUS_WEBHOOK_OPTIONS_INIT;
  char secret[FOCUS_WEBHOOK_SECRET_SIZE];
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_service_next_webhook(service, 0, &webhook), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_FAILS(focus_webhook_secret_generate(secret, sizeof(secret)), FOCUS_ERROR_UNSUPPORTED, "");
  CHECK_OK(focus_webhook_destroy(NULL));
  CHECK_OK(focus_service_destroy(service));
}
