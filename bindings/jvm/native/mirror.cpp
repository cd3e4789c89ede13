// SPDX-License-Identifier: MIT
#include "mirror.h"

#include <cstring>
#include <string>

namespace focus_jni {
namespace {

std::string camel_case(const char* name) {
  std::string result;
  bool upper = false;
  for (; *name != '\0'; ++name) {
    if (*name == '_') {
      upper = true;
      continue;
    }
    const char letter = *name;
    result +=
        upper && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    upper = false;
  }
  return result;
}

const char* descriptor(Kind kind) {
  switch (kind) {
    case Kind::int32:
      return "I";
    case Kind::int64:
      return "J";
    case Kind::real:
      return "D";
    case Kind::text:
      break;
  }
  return "Ljava/lang/String;";
}

template <typename T>
T read(const void* place) {
  T value;
  std::memcpy(&value, place, sizeof value);
  return value;
}

template <typename T>
void write(void* place, T value) {
  std::memcpy(place, &value, sizeof value);
}

}  // namespace

bool Mirror::load(JNIEnv* env) {
  jclass type = env->FindClass((std::string("org/focussession/") + java_class_).c_str());
  if (type == nullptr) return false;
  fields_.clear();
  for (const Member& member : members_) {
    jfieldID field =
        env->GetFieldID(type, camel_case(member.name).c_str(), descriptor(member.kind));
    if (field == nullptr) return false;
    fields_.push_back(field);
  }
  env->DeleteLocalRef(type);
  return true;
}

bool Mirror::to_java(JNIEnv* env, const void* from, jobject to) const {
  if (refuse_null(env, to, java_class_)) return false;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const void* place = static_cast<const char*>(from) + members_[i].offset;
    switch (members_[i].kind) {
      case Kind::int32:
        env->SetIntField(to, fields_[i], read<int32_t>(place));
        break;
      case Kind::int64:
        env->SetLongField(to, fields_[i], read<int64_t>(place));
        break;
      case Kind::real:
        env->SetDoubleField(to, fields_[i], read<double>(place));
        break;
      case Kind::text: {
        const char* borrowed = read<const char*>(place);
        jstring text = focus_jni::to_java(env, borrowed != nullptr ? borrowed : "");
        if (env->ExceptionCheck()) return false;
        env->SetObjectField(to, fields_[i], text);
        env->DeleteLocalRef(text);
        break;
      }
    }
  }
  return true;
}

bool Mirror::from_java(JNIEnv* env, jobject from, void* to, Strings& strings) const {
  if (refuse_null(env, from, java_class_)) return false;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    void* place = static_cast<char*>(to) + members_[i].offset;
    switch (members_[i].kind) {
      case Kind::int32:
        write<int32_t>(place, env->GetIntField(from, fields_[i]));
        break;
      case Kind::int64:
        write<int64_t>(place, env->GetLongField(from, fields_[i]));
        break;
      case Kind::real:
        write<double>(place, env->GetDoubleField(from, fields_[i]));
        break;
      case Kind::text: {
        auto* text = static_cast<jstring>(env->GetObjectField(from, fields_[i]));
        write<const char*>(place, strings.take(text, members_[i].name));
        if (!strings.ok()) return false;
        env->DeleteLocalRef(text);
        break;
      }
    }
  }
  return true;
}

}  // namespace focus_jni
