// SPDX-License-Identifier: MIT
// What all native methods stand on: threads, errors, strings.
#ifndef FOCUS_JNI_SUPPORT_H
#define FOCUS_JNI_SUPPORT_H

#include <exception>
#include <jni.h>
#include <list>
#include <new>
#include <string>
#include <type_traits>

#include <focus_session/focus_session.h>

namespace focus_jni {

/// Remembers the virtual machine, and the classes that threads of the library's could not find by
/// themselves. False with a Java exception pending.
bool load_support(JavaVM* machine, JNIEnv* env);

/// The environment of this thread, which is attached to the virtual machine if it is not yet, as a
/// daemon and until it ends; nullptr where that can not be (the machine is going away).
JNIEnv* attached_env();

/// Throws org.focussession.FocusException.
void throw_focus(JNIEnv* env, int32_t code, const char* field, const char* message,
                 const char* path = "");

/// Throws NullPointerException, as Java does itself, and tells whether it had to.
bool refuse_null(JNIEnv* env, jobject object, const char* name);

/// True for a success; else what the library has left behind is thrown.
bool check(JNIEnv* env, int32_t result);

/// Real UTF-8, unlike what NewStringUTF and GetStringUTFChars speak. nullptr becomes null.
jstring to_java(JNIEnv* env, const char* text);

/// Strings that were taken from Java, kept for the length of a call.
class Strings {
 public:
  explicit Strings(JNIEnv* env) : env_(env) {}

  /// As UTF-8; nullptr for null. A string with a zero character is refused: it would be cut short.
  /// After a failure ok() is false and an exception is pending.
  const char* take(jstring text, const char* field);
  bool ok() const { return ok_; }

 private:
  JNIEnv* env_;
  std::list<std::string> kept_;
  bool ok_ = true;
};

/// Runs a native method's body: no C++ exception passes into the virtual machine.
template <typename Body>
auto guarded(JNIEnv* env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    throw_focus(env, FOCUS_ERROR_OUT_OF_MEMORY, "", "There is no memory left for this call.");
  } catch (const std::exception& error) {
    throw_focus(env, FOCUS_ERROR_INTERNAL, "", error.what());
  }
  if constexpr (!std::is_void_v<decltype(body())>) return {};
}

/// A handle travels through Java as a long.
template <typename Noun>
Noun* handle(jlong value) {
  return reinterpret_cast<Noun*>(value);
}
inline jlong to_long(const void* pointer) { return reinterpret_cast<jlong>(pointer); }

}  // namespace focus_jni

#endif  // FOCUS_JNI_SUPPORT_H
