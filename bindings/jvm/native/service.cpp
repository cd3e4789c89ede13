// SPDX-License-Identifier: MIT
// Services, engines that are there, sessions in the store, and the log.
#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

jclass log_class = nullptr;
jmethodID on_log = nullptr;

/// `user_data` is a number under which Java finds the logger, or no longer does.
void log_line(void* user_data, int32_t level, const char* message) {
  JNIEnv* env = attached_env();
  if (env == nullptr || env->PushLocalFrame(4) != JNI_OK) return;
  jstring text = to_java(env, message);
  if (text != nullptr) {
    env->CallStaticVoidMethod(log_class, on_log, to_long(user_data), jint{level}, text);
  }
  env->ExceptionClear();
  env->PopLocalFrame(nullptr);
}

jint version(JNIEnv*, jclass) { return focus_version_number(); }

jlong service_open(JNIEnv* env, jclass, jobject java_options, jlong log) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
    if (!mirrors().service_options.from_java(env, java_options, &options, strings)) return 0;
    if (log != 0) {
      options.log = log_line;
      options.log_user_data = reinterpret_cast<void*>(log);
    }
    focus_service* service = nullptr;
    check(env, focus_service_open(&options, &service));
    return to_long(service);
  });
}

void service_destroy(JNIEnv*, jclass, jlong service) {
  focus_service_destroy(handle<focus_service>(service));
}

/// A list of the library's as an array of Java strings; the list is given back.
template <typename List>
jobjectArray strings_of(JNIEnv* env, List* list,
                        int32_t (*count_of)(const List*, int32_t*) FOCUS_NOEXCEPT,
                        int32_t (*get)(const List*, int32_t, const char**) FOCUS_NOEXCEPT,
                        int32_t (*destroy)(List*) FOCUS_NOEXCEPT) {
  int32_t count = 0;
  count_of(list, &count);
  jclass string_class = env->FindClass("java/lang/String");
  jobjectArray array =
      string_class != nullptr ? env->NewObjectArray(count, string_class, nullptr) : nullptr;
  for (int32_t i = 0; array != nullptr && i < count; ++i) {
    const char* text = nullptr;
    get(list, i, &text);
    jstring java_text = to_java(env, text);
    if (java_text == nullptr) break;
    env->SetObjectArrayElement(array, i, java_text);
    env->DeleteLocalRef(java_text);
  }
  destroy(list);
  return array;
}

jobjectArray session_ids(JNIEnv* env, jclass, jlong service) {
  focus_session_list* list = nullptr;
  if (!check(env, focus_session_list_create(handle<focus_service>(service), &list))) return nullptr;
  return strings_of(env, list, focus_session_list_count, focus_session_list_get,
                    focus_session_list_destroy);
}

jobjectArray track_ids(JNIEnv* env, jclass, jlong service) {
  focus_track_list* list = nullptr;
  if (!check(env, focus_track_list_create(handle<focus_service>(service), &list))) return nullptr;
  return strings_of(env, list, focus_track_list_count, focus_track_list_get,
                    focus_track_list_destroy);
}

jlong engine_list_create(JNIEnv* env, jclass, jlong service) {
  focus_engine_list* list = nullptr;
  check(env, focus_engine_list_create(handle<focus_service>(service), &list));
  return to_long(list);
}

jint engine_list_count(JNIEnv* env, jclass, jlong list) {
  int32_t count = 0;
  check(env, focus_engine_list_count(handle<focus_engine_list>(list), &count));
  return count;
}

void engine_list_get(JNIEnv* env, jclass, jlong list, jint index, jobject java_info) {
  focus_engine_info info = FOCUS_ENGINE_INFO_INIT;
  if (!check(env, focus_engine_list_get(handle<focus_engine_list>(list), index, &info))) return;
  mirrors().engine_info.to_java(env, &info, java_info);
}

void engine_list_destroy(JNIEnv*, jclass, jlong list) {
  focus_engine_list_destroy(handle<focus_engine_list>(list));
}

void session_delete(JNIEnv* env, jclass, jlong service, jstring id) {
  guarded(env, [&] {
    Strings strings(env);
    const char* session_id = strings.take(id, "session_id");
    if (strings.ok()) check(env, focus_session_delete(handle<focus_service>(service), session_id));
  });
}

jint session_delete_expired(JNIEnv* env, jclass, jlong service, jlong unix_before) {
  int32_t deleted = 0;
  check(env, focus_session_delete_expired(handle<focus_service>(service), unix_before, &deleted));
  return deleted;
}

void set_engine_price(JNIEnv* env, jclass, jlong service, jstring key, jlong micros_per_minute) {
  guarded(env, [&] {
    Strings strings(env);
    const char* engine_key = strings.take(key, "engine_key");
    if (!strings.ok()) return;
    check(env, focus_service_set_engine_price(handle<focus_service>(service), engine_key,
                                              micros_per_minute));
  });
}

void set_spend_caps(JNIEnv* env, jclass, jlong service, jlong per_session, jlong per_day) {
  focus_spend_caps caps = FOCUS_SPEND_CAPS_INIT;
  caps.per_session_micros = per_session;
  caps.per_day_micros = per_day;
  check(env, focus_service_set_spend_caps(handle<focus_service>(service), nullptr, &caps));
}

}  // namespace

bool load_log(JNIEnv* env, jclass native_class) {
  log_class = static_cast<jclass>(env->NewGlobalRef(native_class));
  on_log = env->GetStaticMethodID(native_class, "onLog", "(JILjava/lang/String;)V");
  return log_class != nullptr && on_log != nullptr;
}

void add_service_methods(Methods& methods) {
  methods.insert(methods.end(), {{"version", version},
                                 {"serviceOpen", service_open},
                                 {"serviceDestroy", service_destroy},
                                 {"sessionIds", session_ids},
                                 {"trackIds", track_ids},
                                 {"engineListCreate", engine_list_create},
                                 {"engineListCount", engine_list_count},
                                 {"engineListGet", engine_list_get},
                                 {"engineListDestroy", engine_list_destroy},
                                 {"sessionDelete", session_delete},
                                 {"sessionDeleteExpired", session_delete_expired},
                                 {"setEnginePrice", set_engine_price},
                                 {"setSpendCaps", set_spend_caps}});
}

}  // namespace focus_jni
