// SPDX-License-Identifier: MIT
#include "support.h"

#include <cstring>

namespace focus_jni {
namespace {

JavaVM* virtual_machine = nullptr;
jclass focus_exception = nullptr;
jmethodID focus_exception_init = nullptr;
jclass string_class = nullptr;
jmethodID string_init = nullptr;
jmethodID string_get_bytes = nullptr;
jobject utf8_charset = nullptr;

/// Detaches a thread of the library's when it ends.
struct Attachment {
  bool attached = false;
  ~Attachment() {
    if (attached) virtual_machine->DetachCurrentThread();
  }
};

jclass find_class(JNIEnv* env, const char* name) {
  jclass found = env->FindClass(name);
  if (found == nullptr) return nullptr;
  auto* kept = static_cast<jclass>(env->NewGlobalRef(found));
  env->DeleteLocalRef(found);
  return kept;
}

bool load_utf8(JNIEnv* env) {
  jclass charsets = env->FindClass("java/nio/charset/StandardCharsets");
  if (charsets == nullptr) return false;
  jfieldID utf8 = env->GetStaticFieldID(charsets, "UTF_8", "Ljava/nio/charset/Charset;");
  if (utf8 == nullptr) return false;
  utf8_charset = env->NewGlobalRef(env->GetStaticObjectField(charsets, utf8));
  return utf8_charset != nullptr;
}

}  // namespace

bool load_support(JavaVM* machine, JNIEnv* env) {
  virtual_machine = machine;
  focus_exception = find_class(env, "org/focussession/FocusException");
  if (focus_exception == nullptr) return false;
  focus_exception_init = env->GetMethodID(
      focus_exception, "<init>", "(ILjava/lang/String;Ljava/lang/String;Ljava/lang/String;)V");
  string_class = find_class(env, "java/lang/String");
  if (focus_exception_init == nullptr || string_class == nullptr) return false;
  string_init = env->GetMethodID(string_class, "<init>", "([BLjava/nio/charset/Charset;)V");
  string_get_bytes = env->GetMethodID(string_class, "getBytes", "(Ljava/nio/charset/Charset;)[B");
  return string_init != nullptr && string_get_bytes != nullptr && load_utf8(env);
}

JNIEnv* attached_env() {
  void* env = nullptr;
  if (virtual_machine->GetEnv(&env, JNI_VERSION_1_6) == JNI_OK) return static_cast<JNIEnv*>(env);
  char name[] = "focus-session";
  JavaVMAttachArgs arguments{JNI_VERSION_1_6, name, nullptr};
#if defined(__ANDROID__)
  JNIEnv* attached = nullptr;  // the NDK's jni.h declares what the specification does not
#else
  void* attached = nullptr;
#endif
  if (virtual_machine->AttachCurrentThreadAsDaemon(&attached, &arguments) != JNI_OK) return nullptr;
  static thread_local Attachment attachment;
  attachment.attached = true;
  return static_cast<JNIEnv*>(attached);
}

void throw_focus(JNIEnv* env, int32_t code, const char* field, const char* message,
                 const char* path) {
  if (env->ExceptionCheck()) return;
  jstring java_field = to_java(env, field);
  if (java_field == nullptr) return;
  jstring java_message = to_java(env, message);
  if (java_message == nullptr) return;
  jstring java_path = to_java(env, path);
  if (java_path == nullptr) return;
  auto* thrown = static_cast<jthrowable>(env->NewObject(
      focus_exception, focus_exception_init, jint{code}, java_field, java_message, java_path));
  if (thrown != nullptr) env->Throw(thrown);
}

bool refuse_null(JNIEnv* env, jobject object, const char* name) {
  if (object != nullptr) return false;
  jclass exception = env->FindClass("java/lang/NullPointerException");
  if (exception != nullptr) env->ThrowNew(exception, name);
  return true;
}

bool check(JNIEnv* env, int32_t result) {
  if (result >= 0) return true;
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  throw_focus(env, result, error.field != nullptr ? error.field : "",
              error.message != nullptr ? error.message : "",
              error.path != nullptr ? error.path : "");
  return false;
}

jstring to_java(JNIEnv* env, const char* text) {
  if (text == nullptr) return nullptr;
  const auto size = static_cast<jsize>(std::strlen(text));
  jbyteArray bytes = env->NewByteArray(size);
  if (bytes == nullptr) return nullptr;
  env->SetByteArrayRegion(bytes, 0, size, reinterpret_cast<const jbyte*>(text));
  auto* result =
      static_cast<jstring>(env->NewObject(string_class, string_init, bytes, utf8_charset));
  env->DeleteLocalRef(bytes);
  return result;
}

const char* Strings::take(jstring text, const char* field) {
  if (!ok_ || text == nullptr) return nullptr;
  auto* bytes =
      static_cast<jbyteArray>(env_->CallObjectMethod(text, string_get_bytes, utf8_charset));
  ok_ = !env_->ExceptionCheck() && bytes != nullptr;
  if (!ok_) return nullptr;
  std::string utf8(static_cast<std::size_t>(env_->GetArrayLength(bytes)), '\0');
  env_->GetByteArrayRegion(bytes, 0, static_cast<jsize>(utf8.size()),
                           reinterpret_cast<jbyte*>(utf8.data()));
  env_->DeleteLocalRef(bytes);
  if (utf8.find('\0') != std::string::npos) {
    ok_ = false;
    throw_focus(env_, FOCUS_ERROR_INVALID_ARGUMENT, field,
                (std::string(field) + " holds a zero character; leave it out.").c_str());
    return nullptr;
  }
  return kept_.emplace_back(std::move(utf8)).c_str();
}

}  // namespace focus_jni
