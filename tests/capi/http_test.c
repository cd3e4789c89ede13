/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "test.h"

static char key[FOCUS_ACCESS_KEY_SIZE];
static char hash[FOCUS_ACCESS_KEY_HASH_SIZE];

/* Asks with the key and with at most one header more; NULL on failure. */
static focus_http_response *ask(focus_service *service, const char *method, const char *target,
                                const char *body, const char *name, const char *value) {
  const char *names[2] = {"X-API-Key", NULL};
  const char *values[2] = {key, NULL};
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  focus_http_response *response = NULL;
  names[1] = name;
  values[1] = value;
  request.method = method;
  request.target = target;
  request.header_names = names;
  request.header_values = values;
  request.header_count = name == NULL ? 1 : 2;
  request.body = body;
  request.body_size = body == NULL ? 0 : (int64_t)strlen(body);
  CHECK_OK(focus_service_handle(service, &request, &response));
  return response;
}

static focus_http_response_info info_of(const focus_http_response *response) {
  focus_http_response_info info = FOCUS_HTTP_RESPONSE_INFO_INIT;
  CHECK_OK(focus_http_response_get_info(response, &info));
  return info;
}

static const char *header_of(const focus_http_response *response, const char *wanted) {
  const int32_t count = info_of(response).header_count;
  int32_t index;
  for (index = 0; index < count; ++index) {
    const char *name;
    const char *value;
    CHECK_OK(focus_http_response_get_header(response, index, &name, &value));
    if (strcmp(name, wanted) == 0) return value;
  }
  return "";
}

/* Copies what stands between `begin` and the next quote in a body. */
static void copy_after(const focus_http_response *response, const char *begin, char *to,
                       size_t room) {
  const focus_http_response_info info = info_of(response);
  char *body = malloc((size_t)info.body_size + 1);
  const char *at;
  size_t length = 0;
  memcpy(body, info.body, (size_t)info.body_size);
  body[info.body_size] = '\0';
  at = strstr(body, begin);
  CHECK(at != NULL);
  if (at != NULL) {
    at += strlen(begin);
    while (at[length] != '"' && at[length] != '\0' && length + 1 < room) ++length;
    memcpy(to, at, length);
  }
  to[length] = '\0';
  free(body);
}

static void let_in(focus_service *service) {
  const char *organizations[] = {"org_a"};
  const char *capabilities[] = {FOCUS_CAPABILITY_GENERATE};
  focus_access_key access = FOCUS_ACCESS_KEY_INIT;
  CHECK_OK(focus_access_key_generate(key, FOCUS_ACCESS_KEY_SIZE));
  CHECK(strlen(key) == FOCUS_ACCESS_KEY_SIZE - 1 && strncmp(key, "fsk_", 4) == 0);
  CHECK_OK(focus_access_key_hash(key, hash, FOCUS_ACCESS_KEY_HASH_SIZE));
  access.hash = hash;
  access.organizations = organizations;
  access.organization_count = 1;
  access.capabilities = capabilities;
  access.capability_count = 1;
  CHECK_OK(focus_service_add_access_key(service, &access));
}

static void a_session_through_requests(void) {
  focus_service *service;
  focus_session *session;
  focus_http_response *response;
  focus_http_response_info info;
  char id[64];
  char path[160];
  char url[512];
  char first[64];
  char rest[64];
  int64_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  let_in(service);
  response = ask(service, "POST", "/v1/music/org_a/focus/sessions",
                 "{\"goal\":\"focus\",\"target_minutes\":1,\"options\":{\"segment_seconds\":20}}",
                 NULL, NULL);
  info = info_of(response);
  CHECK(info.status == 202 && info.body_kind == FOCUS_HTTP_BODY_BYTES);
  CHECK(strcmp(header_of(response, "Content-Type"), "application/json") == 0);
  copy_after(response, "\"session_id\":\"", id, sizeof(id));
  CHECK_OK(focus_http_response_destroy(response));

  CHECK_OK(focus_session_open(service, id, &session));
  wait_until_ready(session);
  snprintf(path, sizeof(path), "/v1/music/org_a/focus/sessions/%s", id);
  response = ask(service, "GET", path, NULL, NULL, NULL);
  CHECK(info_of(response).status == 200);
  copy_after(response, "\"playback_url\":\"http://localhost", url, sizeof(url));
  CHECK_OK(focus_http_response_destroy(response));

  response = ask(service, "GET", url, NULL, "Range", "bytes=0-9");
  info = info_of(response);
  CHECK(info.status == 206 && info.body_size == 10 && info.body_kind == FOCUS_HTTP_BODY_FILE);
  CHECK(info.file_offset == 0 && strstr(info.file_path, id) != NULL && info.body == NULL);
  CHECK_OK(focus_session_delete(service, id)); /* what is held stays readable */
  CHECK_OK(focus_http_response_read(response, first, 4, 0, &count));
  CHECK(count == 4 && memcmp(first, "fLaC", 4) == 0);
  CHECK_OK(focus_http_response_read(response, rest, sizeof(rest), 0, &count));
  CHECK(count == 6);
  CHECK_OK(focus_http_response_read(response, rest, sizeof(rest), 0, &count));
  CHECK(count == -1);
  CHECK_OK(focus_http_response_destroy(response));

  response = ask(service, "GET", path, NULL, NULL, NULL);
  CHECK(info_of(response).status == 404);
  CHECK_OK(focus_http_response_destroy(response));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

static void a_stream_outlives_its_service(void) {
  focus_service *service;
  focus_http_response *response;
  char id[64];
  char path[160];
  char buffer[16];
  int64_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  let_in(service);
  response = ask(service, "POST", "/v1/music/org_a/focus/sessions",
                 "{\"goal\":\"sleep\",\"target_minutes\":1}", NULL, NULL);
  copy_after(response, "\"session_id\":\"", id, sizeof(id));
  CHECK_OK(focus_http_response_destroy(response));
  snprintf(path, sizeof(path), "/v1/music/org_a/focus/sessions/%s/events", id);
  response = ask(service, "GET", path, NULL, NULL, NULL);
  CHECK(info_of(response).body_kind == FOCUS_HTTP_BODY_STREAM);
  CHECK(info_of(response).body_size == -1);
  CHECK_OK(focus_service_destroy(service));
  CHECK_OK(focus_http_response_read(response, buffer, sizeof(buffer), 1000, &count));
  CHECK(count == (int64_t)sizeof(buffer) && memcmp(buffer, "id: ", 4) == 0);
  CHECK_OK(focus_http_response_destroy(response));
}

static void keys_and_options_are_checked(void) {
  focus_service *service;
  focus_http_response *response;
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  focus_http_options options = FOCUS_HTTP_OPTIONS_INIT;
  focus_access_key access = FOCUS_ACCESS_KEY_INIT;
  char small[8];
  CHECK_FAILS(focus_access_key_generate(small, 8), FOCUS_ERROR_INVALID_ARGUMENT, "capacity");
  CHECK_FAILS(focus_access_key_hash(NULL, small, 8), FOCUS_ERROR_INVALID_ARGUMENT, "key");
  CHECK_OK(focus_service_open(NULL, &service));
  let_in(service);
  CHECK_FAILS(focus_service_add_access_key(service, &access), FOCUS_ERROR_INVALID_ARGUMENT, "hash");
  access.hash = "12";
  CHECK_FAILS(focus_service_add_access_key(service, &access), FOCUS_ERROR_INVALID_ARGUMENT, "hash");
  access.hash = hash;
  CHECK_FAILS(focus_service_add_access_key(service, &access), FOCUS_ERROR_INVALID_ARGUMENT,
              "organizations");
  options.url_life_seconds = -1;
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "url_life_seconds");
  options.url_life_seconds = 60;
  options.public_base_url = "ftp://x";
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "public_base_url");
  CHECK_OK(focus_service_set_http_options(service, NULL));
  CHECK_OK(focus_service_rotate_url_key(service));
  CHECK_FAILS(focus_service_handle(service, &request, &response), FOCUS_ERROR_INVALID_ARGUMENT,
              "method");
  CHECK(response == NULL);
  request.method = "GET";
  request.target = "/healthz";
  request.header_count = 1;
  CHECK_FAILS(focus_service_handle(service, &request, &response), FOCUS_ERROR_INVALID_ARGUMENT,
              "header_names");
  request.header_count = 0;
  request.base_url = "ftp://x";
  CHECK_FAILS(focus_service_handle(service, &request, &response), FOCUS_ERROR_INVALID_ARGUMENT,
              "base_url");
  CHECK_OK(focus_service_remove_access_key(service, hash));
  CHECK_FAILS(focus_service_remove_access_key(service, hash), FOCUS_ERROR_NOT_FOUND, "hash");
  response = ask(service, "GET", "/v1/music/org_a/engines", NULL, NULL, NULL);
  CHECK(info_of(response).status == 401);
  CHECK_OK(focus_http_response_destroy(response));
  CHECK_OK(focus_service_destroy(service));
}

/* A bound of the options reaches the answers, and an answer says for whom it is. */
static void a_bound_and_a_body_to_come(void) {
  focus_service *service;
  focus_http_response *response;
  focus_http_response_info info;
  focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
  focus_http_options options = FOCUS_HTTP_OPTIONS_INIT;
  const char *names[] = {"X-API-Key"};
  const char *values[] = {key};
  CHECK_OK(focus_service_open(NULL, &service));
  let_in(service);
  options.sessions_per_key = -2;
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "sessions_per_key");
  options.sessions_per_key = 1;
  options.stored_bytes_per_key = -2;
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "stored_bytes_per_key");
  options.stored_bytes_per_key = FOCUS_NO_BOUND;
  options.allowed_origins = "https://app.example.com  app.example.com";
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "allowed_origins");
  options.allowed_origins = "https://app.example.com";
  options.open_metrics = 2;
  CHECK_FAILS(focus_service_set_http_options(service, &options), FOCUS_ERROR_INVALID_ARGUMENT,
              "open_metrics");
  options.open_metrics = 1;
  CHECK_OK(focus_service_set_http_options(service, &options));

  request.method = "POST";
  request.target = "/v1/music/org_a/focus/sessions";
  request.body_follows = 1;
  CHECK_OK(focus_service_handle(service, &request, &response));
  CHECK(info_of(response).status == 401);
  CHECK_OK(focus_http_response_destroy(response));
  request.header_count = 1;
  request.header_names = names;
  request.header_values = values;
  CHECK_OK(focus_service_handle(service, &request, &response));
  info = info_of(response);
  CHECK(info.status == 100);
  CHECK(strcmp(info.organization, "org_a") == 0);
  CHECK(info.caller[0] != '\0');
  CHECK_OK(focus_http_response_destroy(response));
  request.body_follows = 2;
  CHECK_FAILS(focus_service_handle(service, &request, &response), FOCUS_ERROR_INVALID_ARGUMENT,
              "body_follows");

  request.body_follows = 0;
  request.body = "{\"goal\":\"focus\",\"target_minutes\":60}";
  request.body_size = (int64_t)strlen((const char *)request.body);
  CHECK_OK(focus_service_handle(service, &request, &response));
  CHECK(info_of(response).status == 202);
  CHECK_OK(focus_http_response_destroy(response));
  CHECK_OK(focus_service_handle(service, &request, &response));
  CHECK(info_of(response).status == 429);
  CHECK_OK(focus_http_response_destroy(response));
  response = ask(service, "GET", "/metrics", NULL, NULL, NULL);
  CHECK(info_of(response).status == 200);
  CHECK_OK(focus_http_response_destroy(response));
  CHECK_OK(focus_service_destroy(service));
}

void http_test(void) {
  a_bound_and_a_body_to_come();
  a_session_through_requests();
  a_stream_outlives_its_service();
  keys_and_options_are_checked();
}
