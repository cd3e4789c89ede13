/* SPDX-License-Identifier: MIT */
#include "test.h"

static void a_session_stops_at_its_cap(void) {
  focus_service *service;
  focus_session *session;
  focus_session_request request = short_request();
  focus_spend_caps caps = FOCUS_SPEND_CAPS_INIT;
  focus_engine_list *engines;
  focus_engine_info engine = FOCUS_ENGINE_INFO_INIT;
  focus_snapshot *snapshot;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  int64_t settled = -1;
  int64_t held = -1;
  CHECK_OK(focus_service_open(NULL, &service));
  CHECK_OK(focus_service_set_engine_price(service, "studio", 60000));
  CHECK_FAILS(focus_service_set_engine_price(service, "studio", -1), FOCUS_ERROR_INVALID_ARGUMENT,
              "micros_per_minute");
  CHECK_FAILS(focus_service_set_engine_price(service, "suno", 1), FOCUS_ERROR_INVALID_ARGUMENT,
              "engine_key");
  CHECK_OK(focus_engine_list_create(service, &engines));
  CHECK_OK(focus_engine_list_get(engines, 0, &engine));
  CHECK(engine.price_micros_per_minute == 60000);
  CHECK_OK(focus_engine_list_destroy(engines));

  caps.per_session_micros = 50000; /* two segments of 20 s and their overlaps, and not a third */
  CHECK_OK(focus_service_set_spend_caps(service, NULL, &caps));
  caps.per_session_micros = -2;
  CHECK_FAILS(focus_service_set_spend_caps(service, NULL, &caps), FOCUS_ERROR_INVALID_ARGUMENT,
              "per_session_micros");
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_info(snapshot, &info));
  CHECK(info.status == FOCUS_SESSION_STOPPED_CAP && info.ready_count == 2 && !info.more_pending);
  CHECK(info.spent_micros > 40000 && info.spent_micros <= 50000);
  CHECK_OK(focus_service_get_spend(service, NULL, &settled, &held));
  CHECK(settled == info.spent_micros && held == 0);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
}

void spending_test(void) { a_session_stops_at_its_cap(); }
