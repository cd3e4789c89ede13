/* SPDX-License-Identifier: MIT */
#include "test.h"

static void a_command_is_registered_by_its_two_places(void) {
  focus_service *service;
  focus_engine_description description = FOCUS_ENGINE_DESCRIPTION_INIT;
  focus_engine_list *list;
  focus_engine_info info = FOCUS_ENGINE_INFO_INIT;
  int32_t count = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  if (test_minimal) {
    CHECK_FAILS(focus_engine_register_command(service, NULL, "play {brief} {out}"),
                FOCUS_ERROR_UNSUPPORTED, "");
    CHECK_OK(focus_service_destroy(service));
    return;
  }
  CHECK_FAILS(focus_engine_register_command(service, NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "command");
  CHECK_FAILS(focus_engine_register_command(service, NULL, "play {brief}"),
              FOCUS_ERROR_INVALID_ARGUMENT, "command");
  description.key = "no spaces";
  CHECK_FAILS(focus_engine_register_command(service, &description, "play {brief} {out}"),
              FOCUS_ERROR_INVALID_ARGUMENT, "key");
  description.key = NULL;
  description.display_name = "A command";
  CHECK_OK(focus_engine_register_command(service, &description, "play {brief} {out}"));
  CHECK_FAILS(focus_engine_register_command(service, &description, "play {brief} {out}"),
              FOCUS_ERROR_INVALID_ARGUMENT, "key");
  CHECK_OK(focus_engine_list_create(service, &list));
  CHECK_OK(focus_engine_list_count(list, &count));
  CHECK_OK(focus_engine_list_get(list, count - 1, &info)); /* after the built-in ones */
  CHECK(strcmp(info.key, "command") == 0);
  CHECK(strcmp(info.display_name, "A command") == 0);
  CHECK(info.licence_class == FOCUS_LICENCE_UNCLEAR && info.commercial_use == 0);
  CHECK_OK(focus_engine_list_destroy(list));
  CHECK_OK(focus_engine_unregister(service, "command", 1000));
  CHECK_OK(focus_service_destroy(service));
}

static void an_engine_that_fails_is_told_from_one_that_holds(void) {
  focus_service *service;
  focus_engine_description description = FOCUS_ENGINE_DESCRIPTION_INIT;
  focus_check_options options = FOCUS_CHECK_OPTIONS_INIT;
  focus_engine_check *check;
  focus_check_result result = FOCUS_CHECK_RESULT_INIT;
  int32_t count = 0;
  int32_t failed = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  description.retries = FOCUS_NO_RETRIES;
  CHECK_OK(focus_engine_register_command(service, &description,
                                         ": {brief} {out}; echo no model >&2; exit 3"));
  options.quick = 1;
  CHECK_OK(focus_engine_check_run(service, "command", &options, &check));
  CHECK_OK(focus_service_destroy(service)); /* the results stand on their own */
  CHECK_OK(focus_engine_check_count(check, &count, &failed));
  CHECK(count == 3 && failed == 1);
  CHECK_OK(focus_engine_check_count(check, &count, NULL));
  CHECK_OK(focus_engine_check_get(check, 1, &result));
  CHECK(result.verdict == FOCUS_CHECK_FAILS);
  CHECK(strcmp(result.detail, "it failed: the command ended with status 3: no model") == 0);
  CHECK_OK(focus_engine_check_get(check, 2, &result));
  CHECK(result.verdict == FOCUS_CHECK_SKIPPED && result.seconds >= 0.0);
  CHECK_FAILS(focus_engine_check_get(check, 3, &result), FOCUS_ERROR_NOT_FOUND, "index");
  CHECK_FAILS(focus_engine_check_get(check, 0, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "result");
  CHECK_FAILS(focus_engine_check_count(check, NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "count");
  CHECK_OK(focus_engine_check_destroy(check));
  CHECK_OK(focus_engine_check_destroy(NULL));
}

/* Wants two results, and no more. */
static int32_t take_two(void *user_data, const focus_check_result *result) {
  int *taken = user_data;
  CHECK(result->verdict == FOCUS_CHECK_HOLDS);
  CHECK(result->name[0] != '\0');
  return ++*taken == 2;
}

static void a_check_ends_where_its_callback_says_so(void) {
  focus_service *service;
  focus_check_options options = FOCUS_CHECK_OPTIONS_INIT;
  focus_engine_check *check;
  int taken = 0;
  CHECK_OK(focus_service_open(NULL, &service));
  options.quick = 1;
  options.callback = take_two;
  options.user_data = &taken;
  CHECK_FAILS(focus_engine_check_run(service, "studio", &options, &check), FOCUS_ERROR_CANCELLED,
              "");
  CHECK(check == NULL && taken == 2);
  CHECK_FAILS(focus_engine_check_run(service, "nobody", &options, &check),
              FOCUS_ERROR_INVALID_ARGUMENT, "engine_key");
  options.quick = 2;
  CHECK_FAILS(focus_engine_check_run(service, "studio", &options, &check),
              FOCUS_ERROR_INVALID_ARGUMENT, "quick");
  CHECK_FAILS(focus_engine_check_run(service, "studio", NULL, NULL), FOCUS_ERROR_INVALID_ARGUMENT,
              "check");
  CHECK_OK(focus_service_destroy(service));
}

void engine_check_test(void) {
  a_command_is_registered_by_its_two_places();
  if (!test_minimal) an_engine_that_fails_is_told_from_one_that_holds(); /* by a command */
  a_check_ends_where_its_callback_says_so();
}
