// SPDX-License-Identifier: MIT
// Sessions: starting, steering, snapshots, events, the samples of segments.
#include <algorithm>
#include <cstddef>

#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

jlong session_start(JNIEnv* env, jclass, jlong service, jobject java_request) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
    if (!mirrors().request.from_java(env, java_request, &request, strings)) return 0;
    focus_session* session = nullptr;
    check(env, focus_session_start(handle<focus_service>(service), &request, &session));
    return to_long(session);
  });
}

jlong session_open(JNIEnv* env, jclass, jlong service, jstring id) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    const char* session_id = strings.take(id, "session_id");
    focus_session* session = nullptr;
    if (strings.ok()) {
      check(env, focus_session_open(handle<focus_service>(service), session_id, &session));
    }
    return to_long(session);
  });
}

jdouble session_steer(JNIEnv* env, jclass, jlong session, jobject java_steering) {
  return guarded(env, [&]() -> jdouble {
    Strings strings(env);
    focus_steering steering = FOCUS_STEERING_INIT;
    if (!mirrors().steering.from_java(env, java_steering, &steering, strings)) return 0.0;
    double from_seconds = 0.0;
    check(env, focus_session_steer(handle<focus_session>(session), &steering, &from_seconds));
    return from_seconds;
  });
}

void session_end(JNIEnv* env, jclass, jlong session) {
  check(env, focus_session_end(handle<focus_session>(session)));
}

void session_destroy(JNIEnv*, jclass, jlong session) {
  focus_session_destroy(handle<focus_session>(session));
}

jlong session_snapshot(JNIEnv* env, jclass, jlong session) {
  focus_snapshot* snapshot = nullptr;
  check(env, focus_session_snapshot(handle<focus_session>(session), &snapshot));
  return to_long(snapshot);
}

void snapshot_info(JNIEnv* env, jclass, jlong snapshot, jobject java_info) {
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  if (!check(env, focus_snapshot_info(handle<focus_snapshot>(snapshot), &info))) return;
  mirrors().session_info.to_java(env, &info, java_info);
}

void snapshot_segment(JNIEnv* env, jclass, jlong snapshot, jint index, jobject java_info) {
  focus_segment_info info = FOCUS_SEGMENT_INFO_INIT;
  if (!check(env, focus_snapshot_segment(handle<focus_snapshot>(snapshot), index, &info))) return;
  mirrors().segment_info.to_java(env, &info, java_info);
}

jstring snapshot_json(JNIEnv* env, jclass, jlong snapshot, jboolean analysis, jstring base) {
  return guarded(env, [&]() -> jstring {
    Strings strings(env);
    focus_json_options options = FOCUS_JSON_OPTIONS_INIT;
    options.include_analysis = analysis ? 1 : 0;
    options.base_url = strings.take(base, "base_url");
    const char* json = nullptr;
    if (!strings.ok() ||
        !check(env, focus_snapshot_json(handle<focus_snapshot>(snapshot), &options, &json))) {
      return nullptr;
    }
    return to_java(env, json);
  });
}

void snapshot_destroy(JNIEnv*, jclass, jlong snapshot) {
  focus_snapshot_destroy(handle<focus_snapshot>(snapshot));
}

/// The strings go into an array of two, because they are no pointers in the struct.
jboolean session_wait_event(JNIEnv* env, jclass, jlong session, jint timeout_ms, jobject java_event,
                            jobjectArray texts) {
  focus_event event = FOCUS_EVENT_INIT;
  const int32_t result =
      timeout_ms > 0 ? focus_session_wait_event(handle<focus_session>(session), timeout_ms, &event)
                     : focus_session_poll_event(handle<focus_session>(session), &event);
  if (!check(env, result) || event.type == FOCUS_EVENT_NONE) return JNI_FALSE;
  if (!mirrors().event.to_java(env, &event, java_event)) return JNI_FALSE;
  const char* const strings[] = {event.message, event.engine};
  for (jsize i = 0; i < 2; ++i) {
    jstring text = to_java(env, strings[i]);
    if (text == nullptr) return JNI_FALSE;
    env->SetObjectArrayElement(texts, i, text);
  }
  return JNI_TRUE;
}

/// In pieces over the stack, so that no array is held while a file is read.
jint session_read_segment(JNIEnv* env, jclass, jlong session, jint index, jlong first_frame,
                          jfloatArray samples, jint offset, jint frames) {
  float piece[2048];
  constexpr jint piece_frames = 1024;
  jint done = 0;
  while (done < frames) {
    const jint wanted = std::min(piece_frames, frames - done);
    int64_t read = 0;
    if (!check(env, focus_session_read_segment(handle<focus_session>(session), index,
                                               first_frame + done, piece, wanted, &read))) {
      return 0;
    }
    env->SetFloatArrayRegion(samples, offset + done * 2, static_cast<jsize>(read * 2), piece);
    done += static_cast<jint>(read);
    if (read < wanted) break;
  }
  return done;
}

template <int32_t (*write)(focus_session*, int32_t, const char*) FOCUS_NOEXCEPT>
void session_write(JNIEnv* env, jclass, jlong session, jint index, jstring java_path) {
  guarded(env, [&] {
    Strings strings(env);
    const char* path = strings.take(java_path, "path");
    if (strings.ok()) check(env, write(handle<focus_session>(session), index, path));
  });
}

}  // namespace

void add_session_methods(Methods& methods) {
  methods.insert(methods.end(),
                 {{"sessionStart", session_start},
                  {"sessionOpen", session_open},
                  {"sessionSteer", session_steer},
                  {"sessionEnd", session_end},
                  {"sessionDestroy", session_destroy},
                  {"sessionSnapshot", session_snapshot},
                  {"snapshotInfo", snapshot_info},
                  {"snapshotSegment", snapshot_segment},
                  {"snapshotJson", snapshot_json},
                  {"snapshotDestroy", snapshot_destroy},
                  {"sessionWaitEvent", session_wait_event},
                  {"sessionReadSegment", session_read_segment},
                  {"sessionWriteSegment", session_write<focus_session_write_segment>},
                  {"sessionWriteScore", session_write<focus_session_write_score>}});
}

}  // namespace focus_jni
