// SPDX-License-Identifier: MIT
// The native methods of each noun; all of them are static methods of org.focussession.Native.
#ifndef FOCUS_JNI_NOUNS_H
#define FOCUS_JNI_NOUNS_H

#include <vector>

#include "java_class.h"

namespace focus_jni {

using Methods = std::vector<NativeMethod>;

void add_service_methods(Methods& methods);
void add_session_methods(Methods& methods);
void add_player_methods(Methods& methods);
void add_track_methods(Methods& methods);
void add_http_methods(Methods& methods);
void add_engine_methods(Methods& methods);

/// Finds what threads of the library's call in Java; false with an exception pending.
bool load_log(JNIEnv* env, jclass native_class);
bool load_engine(JNIEnv* env);

}  // namespace focus_jni

#endif  // FOCUS_JNI_NOUNS_H
