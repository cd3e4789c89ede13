// SPDX-License-Identifier: MIT
// Tracks, and the loudness of files.
#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

jlong session_promote(JNIEnv* env, jclass, jlong session, jint index, jstring java_title) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    const char* title = strings.take(java_title, "title");
    focus_track* track = nullptr;
    if (strings.ok()) {
      check(env, focus_session_promote(handle<focus_session>(session), index, title, &track));
    }
    return to_long(track);
  });
}

jlong track_open(JNIEnv* env, jclass, jlong service, jstring id) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    const char* track_id = strings.take(id, "track_id");
    focus_track* track = nullptr;
    if (strings.ok()) {
      check(env, focus_track_open(handle<focus_service>(service), track_id, &track));
    }
    return to_long(track);
  });
}

void track_info(JNIEnv* env, jclass, jlong track, jobject java_info) {
  focus_track_info info = FOCUS_TRACK_INFO_INIT;
  if (!check(env, focus_track_get_info(handle<focus_track>(track), &info))) return;
  mirrors().track_info.to_java(env, &info, java_info);
}

void track_write(JNIEnv* env, jclass, jlong track, jstring java_path) {
  guarded(env, [&] {
    Strings strings(env);
    const char* path = strings.take(java_path, "path");
    if (strings.ok()) check(env, focus_track_write(handle<focus_track>(track), path));
  });
}

void track_destroy(JNIEnv*, jclass, jlong track) {
  focus_track_destroy(handle<focus_track>(track));
}

void track_delete(JNIEnv* env, jclass, jlong service, jstring id) {
  guarded(env, [&] {
    Strings strings(env);
    const char* track_id = strings.take(id, "track_id");
    if (strings.ok()) check(env, focus_track_delete(handle<focus_service>(service), track_id));
  });
}

jlong measurement_create(JNIEnv* env, jclass, jstring java_path) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    const char* path = strings.take(java_path, "path");
    focus_measurement* measurement = nullptr;
    if (strings.ok()) check(env, focus_measurement_create(path, &measurement));
    return to_long(measurement);
  });
}

void measurement_info(JNIEnv* env, jclass, jlong measurement, jobject java_info) {
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  if (!check(env, focus_measurement_get_info(handle<focus_measurement>(measurement), &info)))
    return;
  mirrors().measurement_info.to_java(env, &info, java_info);
}

jfloatArray measurement_curve(JNIEnv* env, jclass, jlong measurement, jboolean short_term) {
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  const float* curves[2] = {nullptr, nullptr};
  auto* handle = focus_jni::handle<focus_measurement>(measurement);
  if (!check(env, focus_measurement_get_info(handle, &info)) ||
      !check(env, focus_measurement_curves(handle, &curves[0], &curves[1]))) {
    return nullptr;
  }
  jfloatArray array = env->NewFloatArray(info.curve_count);
  if (array != nullptr) {
    env->SetFloatArrayRegion(array, 0, info.curve_count, curves[short_term ? 1 : 0]);
  }
  return array;
}

void measurement_destroy(JNIEnv*, jclass, jlong measurement) {
  focus_measurement_destroy(handle<focus_measurement>(measurement));
}

}  // namespace

void add_track_methods(Methods& methods) {
  methods.insert(methods.end(), {{"sessionPromote", session_promote},
                                 {"trackOpen", track_open},
                                 {"trackInfo", track_info},
                                 {"trackWrite", track_write},
                                 {"trackDestroy", track_destroy},
                                 {"trackDelete", track_delete},
                                 {"measurementCreate", measurement_create},
                                 {"measurementInfo", measurement_info},
                                 {"measurementCurve", measurement_curve},
                                 {"measurementDestroy", measurement_destroy}});
}

}  // namespace focus_jni
