// SPDX-License-Identifier: MIT
// What the virtual machine calls when it loads the library; the one symbol that is exported.
#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

bool register_methods(JNIEnv* env, jclass native_class) {
  Methods methods;
  add_service_methods(methods);
  add_session_methods(methods);
  add_player_methods(methods);
  add_track_methods(methods);
  add_http_methods(methods);
  add_engine_methods(methods);
  std::vector<JNINativeMethod> table;
  for (NativeMethod& method : methods) {
    table.push_back({const_cast<char*>(method.name), method.signature.data(), method.code});
  }
  return env->RegisterNatives(native_class, table.data(), static_cast<jint>(table.size())) ==
         JNI_OK;
}

bool load(JavaVM* machine, JNIEnv* env) {
  if (!load_support(machine, env) || !load_mirrors(env) || !load_engine(env)) return false;
  jclass native_class = env->FindClass("org/focussession/Native");
  if (native_class == nullptr) return false;
  return load_log(env, native_class) && register_methods(env, native_class);
}

}  // namespace
}  // namespace focus_jni

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* machine, void* /*reserved*/) {
  void* env = nullptr;
  if (machine->GetEnv(&env, JNI_VERSION_1_6) != JNI_OK) return JNI_ERR;
  try {
    return focus_jni::load(machine, static_cast<JNIEnv*>(env)) ? JNI_VERSION_1_6 : JNI_ERR;
  } catch (...) {
    return JNI_ERR;
  }
}
