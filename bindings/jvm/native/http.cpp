// SPDX-License-Identifier: MIT
// The wire contract as a function, for what a web view asks for.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

/// All strings of an array, which may be null. After a failure an exception is pending.
std::vector<const char*> take_all(JNIEnv* env, jobjectArray array, Strings& strings,
                                  const char* field) {
  std::vector<const char*> result;
  const jsize count = array != nullptr ? env->GetArrayLength(array) : 0;
  for (jsize i = 0; i < count && strings.ok(); ++i) {
    auto* text = static_cast<jstring>(env->GetObjectArrayElement(array, i));
    if (refuse_null(env, text, field)) break;
    result.push_back(strings.take(text, field));
    env->DeleteLocalRef(text);
  }
  return result;
}

/// `headers`: name, value, name, value, ...
jlong service_handle(JNIEnv* env, jclass, jlong service, jstring method, jstring target,
                     jobjectArray headers, jbyteArray body) {
  return guarded(env, [&]() -> jlong {
    Strings strings(env);
    focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
    request.method = strings.take(method, "method");
    request.target = strings.take(target, "target");
    const std::vector<const char*> pairs = take_all(env, headers, strings, "headers");
    if (!strings.ok() || env->ExceptionCheck()) return 0;
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
      names.push_back(pairs[i]);
      values.push_back(pairs[i + 1]);
    }
    request.header_count = static_cast<int32_t>(names.size());
    request.header_names = names.data();
    request.header_values = values.data();
    std::vector<jbyte> bytes;
    if (body != nullptr) {
      bytes.resize(static_cast<std::size_t>(env->GetArrayLength(body)));
      env->GetByteArrayRegion(body, 0, static_cast<jsize>(bytes.size()), bytes.data());
      request.body = bytes.data();
      request.body_size = static_cast<int64_t>(bytes.size());
    }
    focus_http_response* response = nullptr;
    check(env, focus_service_handle(handle<focus_service>(service), &request, &response));
    return to_long(response);
  });
}

void response_info(JNIEnv* env, jclass, jlong response, jobject java_info) {
  focus_http_response_info info = FOCUS_HTTP_RESPONSE_INFO_INIT;
  if (!check(env, focus_http_response_get_info(handle<focus_http_response>(response), &info))) {
    return;
  }
  mirrors().http_info.to_java(env, &info, java_info);
}

void response_header(JNIEnv* env, jclass, jlong response, jint index, jobjectArray pair) {
  const char* parts[2] = {nullptr, nullptr};
  if (!check(env, focus_http_response_get_header(handle<focus_http_response>(response), index,
                                                 &parts[0], &parts[1]))) {
    return;
  }
  for (jsize i = 0; i < 2; ++i) {
    jstring text = to_java(env, parts[i]);
    if (text == nullptr) return;
    env->SetObjectArrayElement(pair, i, text);
    env->DeleteLocalRef(text);
  }
}

jint response_read(JNIEnv* env, jclass, jlong response, jbyteArray buffer, jint offset, jint length,
                   jint timeout_ms) {
  jbyte piece[16384];
  int64_t count = 0;
  if (!check(env, focus_http_response_read(handle<focus_http_response>(response), piece,
                                           std::min<int64_t>(length, sizeof piece), timeout_ms,
                                           &count))) {
    return 0;
  }
  if (count > 0) env->SetByteArrayRegion(buffer, offset, static_cast<jsize>(count), piece);
  return static_cast<jint>(count);
}

void response_destroy(JNIEnv*, jclass, jlong response) {
  focus_http_response_destroy(handle<focus_http_response>(response));
}

jstring access_key_generate(JNIEnv* env, jclass) {
  char key[FOCUS_ACCESS_KEY_SIZE];
  if (!check(env, focus_access_key_generate(key, sizeof key))) return nullptr;
  return to_java(env, key);
}

void add_access_key(JNIEnv* env, jclass, jlong service, jstring key, jstring caller,
                    jobjectArray organizations) {
  guarded(env, [&] {
    Strings strings(env);
    const char* plain_key = strings.take(key, "key");
    focus_access_key access = FOCUS_ACCESS_KEY_INIT;
    access.caller = strings.take(caller, "caller");
    const std::vector<const char*> names = take_all(env, organizations, strings, "organizations");
    char hash[FOCUS_ACCESS_KEY_HASH_SIZE];
    if (!strings.ok() || env->ExceptionCheck() ||
        !check(env, focus_access_key_hash(plain_key, hash, sizeof hash))) {
      return;
    }
    const char* const capabilities[] = {FOCUS_CAPABILITY_GENERATE};
    access.hash = hash;
    access.organizations = names.data();
    access.organization_count = static_cast<int32_t>(names.size());
    access.capabilities = capabilities;
    access.capability_count = 1;
    check(env, focus_service_add_access_key(handle<focus_service>(service), &access));
  });
}

}  // namespace

void add_http_methods(Methods& methods) {
  methods.insert(methods.end(), {{"serviceHandle", service_handle},
                                 {"responseInfo", response_info},
                                 {"responseHeader", response_header},
                                 {"responseRead", response_read},
                                 {"responseDestroy", response_destroy},
                                 {"accessKeyGenerate", access_key_generate},
                                 {"addAccessKey", add_access_key}});
}

}  // namespace focus_jni
