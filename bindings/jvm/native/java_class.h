// SPDX-License-Identifier: MIT
// A static class of native methods: each one's signature is read off the C++ function, so that the
// two can not drift apart; where the Java side differs, loading the library fails.
#ifndef FOCUS_JNI_JAVA_CLASS_H
#define FOCUS_JNI_JAVA_CLASS_H

#include <jni.h>
#include <string>

namespace focus_jni {

template <typename T>
struct Descriptor;
template <>
struct Descriptor<void> {
  static constexpr const char* text = "V";
};
template <>
struct Descriptor<jint> {
  static constexpr const char* text = "I";
};
template <>
struct Descriptor<jlong> {
  static constexpr const char* text = "J";
};
template <>
struct Descriptor<jdouble> {
  static constexpr const char* text = "D";
};
template <>
struct Descriptor<jboolean> {
  static constexpr const char* text = "Z";
};
template <>
struct Descriptor<jstring> {
  static constexpr const char* text = "Ljava/lang/String;";
};
template <>
struct Descriptor<jobject> {
  static constexpr const char* text = "Ljava/lang/Object;";
};
template <>
struct Descriptor<jbyteArray> {
  static constexpr const char* text = "[B";
};
template <>
struct Descriptor<jfloatArray> {
  static constexpr const char* text = "[F";
};
template <>
struct Descriptor<jlongArray> {
  static constexpr const char* text = "[J";
};
template <>
struct Descriptor<jobjectArray> {
  static constexpr const char* text = "[Ljava/lang/String;";  // the only arrays of objects here
};

/// A static native method of org.focussession.Native.
struct NativeMethod {
  template <typename Result, typename... Arguments>
  NativeMethod(const char* method_name, Result (*function)(JNIEnv*, jclass, Arguments...))
      : name(method_name),
        signature("(" + (std::string() + ... + Descriptor<Arguments>::text) + ")" +
                  Descriptor<Result>::text),
        code(reinterpret_cast<void*>(function)) {}

  const char* name;
  std::string signature;
  void* code;
};

}  // namespace focus_jni

#endif  // FOCUS_JNI_JAVA_CLASS_H
