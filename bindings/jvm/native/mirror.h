// SPDX-License-Identifier: MIT
// A struct of the C header and the Java class that mirrors it: fields of the same names (tempo_bpm
// is tempoBpm) and types are copied across. A field that the Java class lacks fails at loading.
#ifndef FOCUS_JNI_MIRROR_H
#define FOCUS_JNI_MIRROR_H

#include <cstddef>
#include <initializer_list>
#include <vector>

#include "support.h"

namespace focus_jni {

enum class Kind { int32, int64, real, text };

template <typename T>
constexpr Kind kind_of() {
  if constexpr (std::is_same_v<T, int32_t>) {
    return Kind::int32;
  } else if constexpr (std::is_same_v<T, int64_t> || std::is_same_v<T, uint64_t>) {
    return Kind::int64;
  } else if constexpr (std::is_same_v<T, double>) {
    return Kind::real;
  } else {
    static_assert(std::is_same_v<T, const char*>);
    return Kind::text;
  }
}

struct Member {
  const char* name;  ///< as the C header has it
  std::size_t offset;
  Kind kind;
};

#define FOCUS_MEMBER(type, member)                                                  \
  focus_jni::Member {                                                               \
#member, offsetof(type, member), focus_jni::kind_of < decltype(type::member)>() \
  }

class Mirror {
 public:
  Mirror(const char* java_class, std::initializer_list<Member> members)
      : java_class_(java_class), members_(members) {}

  /// Finds the fields; false with a Java exception pending.
  bool load(JNIEnv* env);
  /// Fills in a Java object. False with an exception pending.
  bool to_java(JNIEnv* env, const void* from, jobject to) const;
  /// Fills in a struct, whose strings live as long as `strings`. False with an exception pending.
  bool from_java(JNIEnv* env, jobject from, void* to, Strings& strings) const;

 private:
  const char* java_class_;
  std::vector<Member> members_;
  std::vector<jfieldID> fields_;
};

/// All structs that are mirrored.
struct Mirrors {
  Mirror service_options, engine_info, request, steering, session_info, segment_info, event,
      player_options, player_info, measurement_info, track_info, engine_description, brief,
      http_info;
};
Mirrors& mirrors();
bool load_mirrors(JNIEnv* env);

}  // namespace focus_jni

#endif  // FOCUS_JNI_MIRROR_H
