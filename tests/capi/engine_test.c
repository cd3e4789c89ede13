/* SPDX-License-Identifier: MIT
 * An engine of the host's own, written in C. */
#define _XOPEN_SOURCE 700
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "test.h"

/* What the engine does, and what it has seen. Each field is used by one thread at a time: by that
 * of the only call under way, and by the test's own while there is none; but for the flags. */
struct engine {
  focus_engine_description description;
  int32_t describe_result;
  int32_t generate_result; /* after all was written */
  int32_t failures;        /* first calls that fail */
  const char *explanation; /* of those failures */
  int32_t channel_count;   /* it delivers */
  int planar;
  double delivered_part;
  int64_t bad_frame;    /* which is no number; -1: none */
  int hangs;            /* a call begins with waiting for `lets_go` */
  int32_t write_result; /* of its last write */
  focus_brief brief;    /* of the last call; its strings have gone */
  char key[32];
  char prompt[64];
  char session_id[32];
  volatile int32_t calls;
  volatile int32_t released;
  volatile int32_t lets_go;
  volatile int32_t is_hanging;
};

static struct engine quiet_engine(void) {
  struct engine engine;
  memset(&engine, 0, sizeof(engine));
  engine.description = (focus_engine_description)FOCUS_ENGINE_DESCRIPTION_INIT;
  engine.description.key = "mine";
  engine.description.retry_delay_seconds = 0.001;
  engine.channel_count = 2;
  engine.delivered_part = 1.0;
  engine.bad_frame = -1;
  return engine;
}

static void nap(void) {
  const struct timespec millisecond = {0, 1000000};
  nanosleep(&millisecond, NULL);
}

/* Waits for a flag that another thread sets, as long as a test has patience. */
static int becomes(volatile int32_t *flag, int32_t value) {
  int i;
  for (i = 0; i < FOCUS_TEST_PATIENCE_MS && __atomic_load_n(flag, __ATOMIC_SEQ_CST) != value; ++i)
    nap();
  return __atomic_load_n(flag, __ATOMIC_SEQ_CST) == value;
}

static int32_t describe(void *user_data, focus_engine_description *description) {
  struct engine *engine = user_data;
  *description = engine->description;
  return engine->describe_result;
}

static int32_t write_block(struct engine *engine, focus_sink *sink, const float *left,
                           const float *right, int64_t frames) {
  float both[2 * 480];
  const float *channels[2];
  int64_t i;
  if (engine->planar) {
    channels[0] = left;
    channels[1] = right;
    return focus_sink_write_planar(sink, channels, frames, engine->channel_count);
  }
  if (engine->channel_count == 1) return focus_sink_write_interleaved(sink, left, frames, 1);
  for (i = 0; i < frames; ++i) {
    both[2 * i] = left[i];
    both[2 * i + 1] = right[i];
  }
  return focus_sink_write_interleaved(sink, both, frames, 2);
}

static int32_t generate(void *user_data, const focus_brief *brief, focus_sink *sink) {
  struct engine *engine = user_data;
  float left[480];
  float right[480];
  int64_t at;
  const int64_t wanted = (int64_t)(engine->delivered_part * (double)brief->frames);
  const int32_t call = __atomic_add_fetch(&engine->calls, 1, __ATOMIC_SEQ_CST);
  engine->brief = *brief;
  snprintf(engine->key, sizeof(engine->key), "%s", brief->key);
  snprintf(engine->prompt, sizeof(engine->prompt), "%s", brief->prompt);
  snprintf(engine->session_id, sizeof(engine->session_id), "%s", brief->session_id);
  if (engine->hangs) {
    __atomic_store_n(&engine->is_hanging, 1, __ATOMIC_SEQ_CST);
    becomes(&engine->lets_go, 1);
  }
  if (call <= engine->failures) {
    if (engine->explanation != NULL) focus_sink_explain(sink, engine->explanation);
    return engine->generate_result;
  }
  for (at = 0; at < wanted; at += 480) {
    int64_t i;
    const int64_t frames = wanted - at < 480 ? wanted - at : 480;
    for (i = 0; i < frames; ++i) {
      const double t = brief->start_seconds + (double)(at + i) / brief->sample_rate;
      left[i] = (float)(0.2 * sin(1400.0 * t));
      right[i] = (float)(0.2 * sin(2100.0 * t));
      if (at + i == engine->bad_frame) left[i] = NAN;
    }
    engine->write_result = write_block(engine, sink, left, right, frames);
    if (engine->write_result == FOCUS_ERROR_CANCELLED) return FOCUS_ERROR_CANCELLED;
    if (focus_sink_report_progress(sink, (double)at / (double)wanted) < 0) {
      return FOCUS_ERROR_CANCELLED;
    }
  }
  return FOCUS_OK;
}

static void release(void *user_data) {
  struct engine *engine = user_data;
  __atomic_add_fetch(&engine->released, 1, __ATOMIC_SEQ_CST);
}

static focus_engine_vtable functions(void) {
  focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
  vtable.describe = describe;
  vtable.generate = generate;
  vtable.release = release;
  return vtable;
}

static focus_service *quick_service(void) {
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  focus_service *service = NULL;
  options.storage = FOCUS_STORAGE_MEMORY;
  options.worker_count = 1;
  CHECK_OK(focus_service_open(&options, &service));
  return service;
}

static focus_session_request quick_request(void) {
  focus_session_request request = short_request();
  request.engine = "mine";
  request.sample_rate = 8000;
  return request;
}

static void register_engine(focus_service *service, struct engine *engine) {
  const focus_engine_vtable vtable = functions();
  CHECK_OK(focus_engine_register(service, &vtable, engine));
}

/* Plays the first segment of a session and says what became of it. */
static focus_segment_info first_segment(focus_service *service, focus_event *fallback) {
  focus_session_request request = quick_request();
  focus_session *session = NULL;
  focus_snapshot *snapshot = NULL;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  focus_event event = FOCUS_EVENT_INIT;
  request.look_ahead = 0;
  fallback->message[0] = '\0';
  CHECK_OK(focus_session_start(service, &request, &session));
  do {
    if (focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event) < 0) break;
    if (event.type == FOCUS_EVENT_FALLBACK) *fallback = event;
  } while (event.type != FOCUS_EVENT_SEGMENT_READY && event.type != FOCUS_EVENT_NONE);
  CHECK(event.type == FOCUS_EVENT_SEGMENT_READY);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 0, &segment));
  CHECK(segment.ready);
  segment.path = NULL;
  segment.engine = strcmp(segment.engine, "mine") == 0 ? "mine" : "another";
  segment.key = NULL;
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));
  return segment;
}

static void an_engine_of_the_host_plays_and_is_let_go(void) {
  struct engine engine = quiet_engine();
  focus_service *service = quick_service();
  focus_engine_list *list;
  focus_engine_info info = FOCUS_ENGINE_INFO_INIT;
  focus_session_request request = quick_request();
  focus_session *session;
  focus_snapshot *snapshot;
  focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
  int32_t count = 0;
  engine.description.display_name = "My engine";
  engine.description.description = "Plays two sines.";
  engine.description.licence_class = FOCUS_LICENCE_PERSONAL_ONLY;
  engine.description.price_micros_per_minute = 7;
  register_engine(service, &engine);
  CHECK_OK(focus_engine_list_create(service, &list));
  CHECK_OK(focus_engine_list_count(list, &count));
  CHECK(count == (test_minimal ? 2 : 3)); /* after the built-in ones */
  CHECK_OK(focus_engine_list_get(list, count - 1, &info));
  CHECK(strcmp(info.key, "mine") == 0 && strcmp(info.display_name, "My engine") == 0);
  CHECK(strcmp(info.version, "1") == 0 && info.max_duration_seconds == 600 && info.enabled);
  CHECK(info.licence_class == FOCUS_LICENCE_PERSONAL_ONLY && info.price_micros_per_minute == 7);
  CHECK_OK(focus_engine_list_destroy(list));

  request.goal = FOCUS_GOAL_CUSTOM_PROMPT;
  request.custom_prompt = "rain in C minor at 70 bpm";
  request.pads_db = -3.0;
  CHECK_OK(focus_session_start(service, &request, &session));
  wait_until_ready(session);
  CHECK(engine.calls == 3);
  CHECK_OK(focus_session_snapshot(session, &snapshot));
  CHECK_OK(focus_snapshot_segment(snapshot, 2, &segment));
  CHECK(strcmp(segment.engine, "mine") == 0 && segment.fallback == 0);
  CHECK(engine.brief.struct_size == sizeof(focus_brief));
  CHECK(engine.brief.segment_index == 2 && engine.brief.segment_count == 3);
  CHECK(engine.brief.goal == FOCUS_GOAL_CUSTOM_PROMPT);
  CHECK(engine.brief.character == FOCUS_GOAL_RELAX); /* as rain is */
  CHECK(engine.brief.intensity == FOCUS_INTENSITY_MEDIUM);
  CHECK(engine.brief.phase == FOCUS_PHASE_NONE && engine.brief.section == FOCUS_SECTION_CLOSING);
  CHECK(strcmp(engine.prompt, "rain in C minor at 70 bpm") == 0);
  CHECK(strcmp(engine.key, segment.key) == 0 && strncmp(engine.session_id, "mfocus_", 7) == 0);
  CHECK(engine.brief.session_seed == 11 && engine.brief.seed != 11);
  CHECK(engine.brief.tempo_bpm == segment.tempo_bpm);
  CHECK(fabs(engine.brief.bar_seconds - 240.0 / segment.tempo_bpm) < 1e-9);
  CHECK(engine.brief.start_seconds == segment.start_seconds);
  CHECK(engine.brief.session_seconds == 60.0 && engine.brief.frames == segment.frames);
  CHECK(engine.brief.sample_rate == 8000 && engine.brief.channel_count == 2);
  CHECK(engine.brief.overlap_in_frames == segment.fade_in_ms * 8);
  CHECK(engine.brief.overlap_out_frames == 0 && engine.brief.ending_seconds > 0.0);
  CHECK(engine.brief.target_lufs == segment.target_lufs && engine.brief.pads_db == -3.0);
  CHECK(engine.brief.previous_samples == NULL && engine.brief.previous_frames == 0);
  CHECK(engine.brief.attempt == 1);
  CHECK_OK(focus_snapshot_destroy(snapshot));
  CHECK_OK(focus_session_destroy(session));

  CHECK(engine.released == 0);
  CHECK_OK(focus_engine_unregister(service, "mine", FOCUS_TEST_PATIENCE_MS));
  CHECK(engine.released == 1);
  CHECK_FAILS(focus_engine_unregister(service, "mine", 0), FOCUS_ERROR_NOT_FOUND, "engine_key");
  CHECK_FAILS(focus_session_start(service, &request, &session), FOCUS_ERROR_INVALID_ARGUMENT,
              "engine");
  register_engine(service, &engine); /* the key is free again */
  CHECK_OK(focus_service_destroy(service));
  CHECK(engine.released == 2); /* once for each time it was registered */
}

static void a_description_is_checked_field_by_field(void) {
  focus_service *service = quick_service();
  struct engine engine = quiet_engine();
  focus_engine_vtable vtable = functions();
  focus_engine_description *const given = &engine.description;
  const focus_engine_description right = engine.description;
#define CHECK_REFUSED(field, value)                                                             \
  do {                                                                                          \
    *given = right;                                                                             \
    given->field = value;                                                                       \
    CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT, \
                #field);                                                                        \
  } while (0)
  CHECK_REFUSED(key, NULL);
  CHECK_REFUSED(key, "");
  CHECK_REFUSED(key, "Mine");
  CHECK_REFUSED(key, "a b");
  CHECK_REFUSED(key, "studio");
  CHECK_REFUSED(key, "0123456789012345678901234567890123456789012345678901234567890123");
  CHECK_REFUSED(display_name, "\xff");
  CHECK_REFUSED(description, "two\nlines");
  CHECK_REFUSED(version, "\xc3");
  CHECK_REFUSED(licence_class, 4);
  CHECK_REFUSED(licence_class, -1);
  CHECK_REFUSED(commercial_use, 2);
  CHECK_REFUSED(commercial_use, 1); /* of a licence that is unclear */
  CHECK_REFUSED(requires_attribution, -1);
  CHECK_REFUSED(vocals, 7);
  CHECK_REFUSED(stems, 7);
  CHECK_REFUSED(continues_previous, 2);
  CHECK_REFUSED(max_duration_seconds, 29);
  CHECK_REFUSED(sample_rate, 7999);
  CHECK_REFUSED(sample_rate, 192001);
  CHECK_REFUSED(concurrency, 65);
  CHECK_REFUSED(concurrency, -1);
  CHECK_REFUSED(retries, 11);
  CHECK_REFUSED(retries, -2);
  CHECK_REFUSED(retry_delay_seconds, 3601.0);
  CHECK_REFUSED(retry_delay_seconds, NAN);
  CHECK_REFUSED(timeout_seconds, -1.0);
  CHECK_REFUSED(timeout_seconds, 86401.0);
  CHECK_REFUSED(previous_seconds, 601.0);
  CHECK_REFUSED(expected_speed, -1.0);
  CHECK_REFUSED(price_micros_per_minute, -1);
#undef CHECK_REFUSED
  *given = right;
  given->struct_size = 3;
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "description.struct_size");
  *given = right;
  engine.describe_result = FOCUS_ERROR_IO;
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_ENGINE, "");
  engine.describe_result = FOCUS_OK;
  vtable.generate = NULL;
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "generate");
  vtable = functions();
  vtable.describe = NULL;
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "describe");
  vtable = functions();
  vtable.struct_size = 0;
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "vtable.struct_size");
  vtable = functions();
  CHECK_FAILS(focus_engine_register(service, NULL, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "vtable");
  CHECK_FAILS(focus_engine_register(NULL, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "service");
  CHECK(engine.released == 0 && engine.calls == 0);

  vtable.release = NULL;
  CHECK_OK(focus_engine_register(service, &vtable, &engine));
  CHECK_FAILS(focus_engine_register(service, &vtable, &engine), FOCUS_ERROR_INVALID_ARGUMENT,
              "key");
  CHECK_FAILS(focus_engine_unregister(service, "studio", 0), FOCUS_ERROR_UNSUPPORTED, "engine_key");
  CHECK_FAILS(focus_engine_unregister(service, "mine", -1), FOCUS_ERROR_INVALID_ARGUMENT,
              "timeout_ms");
  CHECK_FAILS(focus_engine_unregister(service, NULL, 0), FOCUS_ERROR_INVALID_ARGUMENT,
              "engine_key");
  CHECK_FAILS(focus_engine_unregister(NULL, "mine", 0), FOCUS_ERROR_INVALID_ARGUMENT, "service");
  CHECK_OK(focus_engine_unregister(service, "mine", 0));
  CHECK_OK(focus_service_destroy(service));
  CHECK(engine.released == 0);
}

/* Lack of memory is no full disk, and work that stops though it is wanted has failed. */
static void each_code_of_an_engine_is_told_as_it_is(void) {
  struct engine engine = quiet_engine();
  focus_service *service = quick_service();
  focus_event event = FOCUS_EVENT_INIT;
  int32_t code;
  register_engine(service, &engine);
  for (code = FOCUS_ERROR_INVALID_ARGUMENT; code >= FOCUS_ERROR_INTERNAL; --code) {
    engine.calls = 0;
    engine.failures = 3;
    engine.generate_result = code;
    CHECK(first_segment(service, &event).fallback == 1);
    CHECK(event.code == (code == FOCUS_ERROR_CANCELLED ? FOCUS_ERROR_ENGINE : code));
  }
  CHECK_OK(focus_service_destroy(service));
}

static void what_fails_is_stood_in_for_and_says_why(void) {
  struct engine engine = quiet_engine();
  focus_service *service = quick_service();
  focus_event event = FOCUS_EVENT_INIT;
  register_engine(service, &engine);

  engine.failures = 2; /* and the third try succeeds */
  engine.generate_result = FOCUS_ERROR_IO;
  CHECK(strcmp(first_segment(service, &event).engine, "mine") == 0);
  CHECK(engine.calls == 3 && engine.brief.attempt == 3 && event.message[0] == '\0');

  engine.calls = 0;
  engine.failures = 3;
  engine.explanation = "the model is not loaded; run fetch_model first";
  CHECK(first_segment(service, &event).fallback == 1);
  CHECK(engine.calls == 3 && event.code == FOCUS_ERROR_IO);
  CHECK(strcmp(event.message,
               "engine 'mine' failed: the model is not loaded; run fetch_model "
               "first (after 3 tries)") == 0);

  engine.calls = 0; /* what is of no use is not tried again */
  engine.generate_result = FOCUS_ERROR_UNSUPPORTED;
  engine.explanation = NULL;
  CHECK(first_segment(service, &event).fallback == 1);
  CHECK(engine.calls == 1 && event.code == FOCUS_ERROR_UNSUPPORTED);
  CHECK(strcmp(event.message, "engine 'mine' failed: generate returned FOCUS_ERROR_UNSUPPORTED") ==
        0);

  engine.calls = 0;
  engine.failures = 0;
  engine.bad_frame = 1000;
  CHECK(first_segment(service, &event).fallback == 1);
  CHECK(engine.calls == 1 && event.code == FOCUS_ERROR_INVALID_ARGUMENT);
  CHECK(engine.write_result == FOCUS_ERROR_INVALID_ARGUMENT);
  CHECK(strstr(event.message, "frame 1000 of the segment is not a finite number") != NULL);

  engine.calls = 0;
  engine.bad_frame = -1;
  engine.delivered_part = 0.5;
  CHECK(first_segment(service, &event).fallback == 1);
  CHECK(engine.calls == 3 && strstr(event.message, "delivered ") != NULL);
  engine.delivered_part = 2.0;
  CHECK(first_segment(service, &event).fallback == 0);
  CHECK_OK(focus_service_destroy(service));
  CHECK(engine.released == 1);
}

/* Whether the left and the right samples of a first segment are the same. */
static int is_mono(focus_service *service) {
  focus_session_request request = quick_request();
  focus_session *session;
  focus_event event = FOCUS_EVENT_INIT;
  float samples[2 * 800];
  int64_t read = 0;
  int64_t i;
  int same = 1;
  request.look_ahead = 0;
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK_OK(focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event));
  CHECK(event.type == FOCUS_EVENT_SEGMENT_READY);
  CHECK_OK(focus_session_read_segment(session, 0, 40000, samples, 800, &read));
  CHECK(read == 800);
  for (i = 0; i < read; ++i) {
    same = same && fabsf(samples[2 * i] - samples[2 * i + 1]) < 1e-3f;
  }
  CHECK_OK(focus_session_destroy(session));
  return same;
}

static void one_or_two_channels_are_taken_interleaved_or_planar(void) {
  struct engine engine = quiet_engine();
  focus_service *service = quick_service();
  register_engine(service, &engine);
  for (engine.planar = 0; engine.planar <= 1; ++engine.planar) {
    engine.channel_count = 1;
    CHECK(is_mono(service));
    engine.channel_count = 2;
    CHECK(!is_mono(service));
  }
  CHECK_OK(focus_service_destroy(service));
}

static int32_t use_sink_wrongly(void *user_data, const focus_brief *brief, focus_sink *sink) {
  struct engine *engine = user_data;
  const float samples[2] = {0.0f, 0.0f};
  const float *channels[2] = {samples, NULL};
  CHECK(brief->frames > 0);
  CHECK_OK(focus_sink_check(sink));
  CHECK_FAILS(focus_sink_check(NULL), FOCUS_ERROR_INVALID_ARGUMENT, "sink");
  CHECK_FAILS(focus_sink_write_interleaved(sink, NULL, 1, 2), FOCUS_ERROR_INVALID_ARGUMENT,
              "samples");
  CHECK_FAILS(focus_sink_write_interleaved(sink, samples, -1, 2), FOCUS_ERROR_INVALID_ARGUMENT,
              "frames");
  CHECK_FAILS(focus_sink_write_interleaved(sink, samples, 1, 3), FOCUS_ERROR_INVALID_ARGUMENT,
              "channel_count");
  CHECK_FAILS(focus_sink_write_planar(sink, channels, 1, 2), FOCUS_ERROR_INVALID_ARGUMENT,
              "samples");
  CHECK_FAILS(focus_sink_write_planar(sink, NULL, 1, 1), FOCUS_ERROR_INVALID_ARGUMENT, "samples");
  CHECK_FAILS(focus_sink_report_progress(sink, 1.5), FOCUS_ERROR_INVALID_ARGUMENT, "fraction");
  CHECK_FAILS(focus_sink_report_progress(sink, NAN), FOCUS_ERROR_INVALID_ARGUMENT, "fraction");
  CHECK_FAILS(focus_sink_explain(sink, NULL), FOCUS_ERROR_INVALID_ARGUMENT, "message");
  CHECK_OK(focus_sink_write_interleaved(sink, NULL, 0, 2));
  CHECK_OK(focus_sink_write_planar(sink, channels, 1, 1));
  ++engine->calls;
  return FOCUS_ERROR_UNSUPPORTED;
}

static void a_sink_that_is_used_wrongly_says_what_is_wrong(void) {
  struct engine engine = quiet_engine();
  focus_service *service = quick_service();
  focus_engine_vtable vtable = functions();
  focus_event event = FOCUS_EVENT_INIT;
  vtable.generate = use_sink_wrongly;
  CHECK_OK(focus_engine_register(service, &vtable, &engine));
  CHECK(first_segment(service, &event).fallback == 1);
  CHECK(engine.calls == 1);
  CHECK_OK(focus_service_destroy(service));
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void an_engine_that_hangs_holds_nothing_up(void) {
  struct engine *engine = malloc(sizeof(*engine));
  focus_service *service = quick_service();
  focus_session_request request = quick_request();
  focus_session *session;
  focus_event event = FOCUS_EVENT_INIT;
  double began;
  *engine = quiet_engine();
  engine->hangs = 1;
  engine->description.timeout_seconds = 0.05;
  register_engine(service, engine);
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK(becomes(&engine->is_hanging, 1));
  do {
    CHECK_OK(focus_session_wait_event(session, FOCUS_TEST_PATIENCE_MS, &event));
  } while (event.type != FOCUS_EVENT_NONE && event.type != FOCUS_EVENT_FALLBACK);
  CHECK(strcmp(event.message, "engine 'mine' failed: it took longer than its timeout of 0.05 s") ==
        0);
  CHECK(event.code == FOCUS_ERROR_ENGINE);
  wait_until_ready(session); /* the fallback plays all of it */
  CHECK(engine->calls == 1); /* it is not called again while it is not back */
  CHECK_FAILS(focus_engine_unregister(service, "mine", 0), FOCUS_ERROR_NOT_READY, "");
  CHECK_OK(focus_session_destroy(session));
  began = seconds_now();
  CHECK_OK(focus_service_destroy(service));
  CHECK(seconds_now() - began < 5.0); /* while it hangs for ten */
  CHECK(engine->released == 0);
  __atomic_store_n(&engine->lets_go, 1, __ATOMIC_SEQ_CST);
  CHECK(becomes(&engine->released, 1));
  free(engine);
}

static void a_service_goes_while_its_engine_is_called(void) {
  struct engine *engine = malloc(sizeof(*engine));
  focus_service *service = quick_service();
  focus_session_request request = quick_request();
  focus_session *session;
  *engine = quiet_engine();
  engine->hangs = 1;
  register_engine(service, engine);
  CHECK_OK(focus_session_start(service, &request, &session));
  CHECK(becomes(&engine->is_hanging, 1));
  CHECK_OK(focus_session_destroy(session));
  CHECK_OK(focus_service_destroy(service));
  CHECK(engine->released == 0);
  __atomic_store_n(&engine->lets_go, 1, __ATOMIC_SEQ_CST);
  CHECK(becomes(&engine->released, 1));
  free(engine);
}

void engine_test(void) {
  an_engine_of_the_host_plays_and_is_let_go();
  a_description_is_checked_field_by_field();
  each_code_of_an_engine_is_told_as_it_is();
  what_fails_is_stood_in_for_and_says_why();
  one_or_two_channels_are_taken_interleaved_or_planar();
  a_sink_that_is_used_wrongly_says_what_is_wrong();
  an_engine_that_hangs_holds_nothing_up();
  a_service_goes_while_its_engine_is_called();
}
