/* SPDX-License-Identifier: MIT */
#include "test.h"

static const char *url = "https://app.test/hook";

static focus_service *told_service(const char *folder) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_webhook_options webhooks = FOCUS_WEBHOOK_OPTIONS_INIT;
  static char secret[FOCUS_WEBHOOK_SECRET_SIZE];
  const char *secrets[1];
  focus_service *service = NULL;
  options.storage = FOCUS_STORAGE_FOLDER;
  options.data_folder = folder;
  CHECK_OK(focus_service_open(&options, &service));
  CHECK_OK(focus_webhook_secret_generate(secret, FOCUS_WEBHOOK_SECRET_SIZE));
  secrets[0] = secret;
  webhooks.endpoint_count = 1;
  webhooks.urls = &url;
  webhooks.secrets = secrets;
  CHECK_OK(focus_service_set_webhooks(service, &webhooks));
  return service;
}

static focus_webhook_info info_of(const focus_webhook *webhook) {
  focus_webhook_info info = FOCUS_WEBHOOK_INFO_INIT;
  CHECK_OK(focus_webhook_get_info(webhook, &info));
  return info;
}

/* A request that was not received outlives its service, and is the same the next time. */
static void requests_wait_until_they_are_received(void) {
  const char *folder = test_path("told");
  focus_service *service = told_service(folder);
  const focus_session_request request = short_request();
  focus_session *session = NULL;
  focus_webhook *webhook = NULL;
  focus_webhook_info info;
  char id[64];
  CHECK_OK(focus_service_next_webhook(service, 0, &webhook));
  CHECK(webhook == NULL);
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_service_next_webhook(service, FOCUS_TEST_PATIENCE_MS, &webhook));
  CHECK(webhook != NULL);
  info = info_of(webhook);
  CHECK(strcmp(info.url, url) == 0);
  CHECK(strcmp(info.type, "session.started") == 0);
  CHECK(strncmp(info.id, "msg_", 4) == 0);
  CHECK(strncmp(info.signature, "v1,", 3) == 0);
  CHECK(info.attempt == 1);
  CHECK(info.timestamp > 0);
  CHECK(info.body_size == (int64_t)strlen(info.body));
  CHECK(strstr(info.body, "\"type\":\"session.started\"") != NULL);
  snprintf(id, sizeof(id), "%s", info.id);
  CHECK_OK(focus_webhook_settle(webhook, 503, 0));
  CHECK_OK(focus_session_end(session));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
  info = info_of(webhook); /* it outlives its service */
  CHECK(strcmp(info.id, id) == 0);
  CHECK_OK(focus_webhook_destroy(webhook));

  service = told_service(folder);
  do { /* those of the segments and of the end come first: the first one waits for 5 s */
    CHECK_OK(focus_service_next_webhook(service, FOCUS_TEST_PATIENCE_MS, &webhook));
    CHECK(webhook != NULL);
    if (webhook == NULL) break;
    info = info_of(webhook);
    if (strcmp(info.id, id) == 0) break;
    CHECK_OK(focus_webhook_settle(webhook, 200, 0));
    CHECK_OK(focus_webhook_destroy(webhook));
  } while (1);
  CHECK(info.attempt == 2);
  CHECK_OK(focus_webhook_settle(webhook, 204, 0));
  CHECK_OK(focus_webhook_destroy(webhook));
  CHECK_OK(focus_service_next_webhook(service, 0, &webhook));
  CHECK(webhook == NULL);
  CHECK_OK(focus_service_destroy(service));
}

static void what_makes_no_sense_is_refused(void) {
  focus_service *service = NULL;
  focus_webhook *webhook = NULL;
  focus_webhook_options options = FOCUS_WEBHOOK_OPTIONS_INIT;
  const char *nothing = NULL;
  const char *weak = "whsec_c2hvcnQ=";
  char secret[FOCUS_WEBHOOK_SECRET_SIZE];
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_FAILS(focus_webhook_secret_generate(NULL, 51), FOCUS_ERROR_INVALID_ARGUMENT, "secret");
  CHECK_FAILS(focus_webhook_secret_generate(secret, 50), FOCUS_ERROR_INVALID_ARGUMENT, "capacity");
  options.endpoint_count = 1;
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_INVALID_ARGUMENT, "urls");
  options.urls = &url;
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "secrets");
  options.secrets = &nothing;
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "secrets");
  options.secrets = &weak;
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "secret");
  options.endpoint_count = -1;
  CHECK_FAILS(focus_service_set_webhooks(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "endpoint_count");
  CHECK_OK(focus_service_set_webhooks(service, NULL));
  CHECK_FAILS(focus_service_next_webhook(service, -1, &webhook), FOCUS_ERROR_INVALID_ARGUMENT,
              "timeout_ms");
  CHECK_FAILS(focus_service_next_webhook(NULL, 0, &webhook), FOCUS_ERROR_INVALID_ARGUMENT,
              "service");
  CHECK_FAILS(focus_webhook_settle(NULL, 200, 0), FOCUS_ERROR_INVALID_ARGUMENT, "webhook");
  CHECK_OK(focus_webhook_destroy(NULL));
  CHECK_OK(focus_service_destroy(service));
}

void webhook_test(void) {
  requests_wait_until_they_are_received();
  what_makes_no_sense_is_refused();
}
