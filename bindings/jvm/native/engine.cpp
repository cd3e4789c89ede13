// SPDX-License-Identifier: MIT
// A host's own engine in Java: the library calls in from its threads, exceptions become errors.
#include <memory>
#include <string>

#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

jclass engine_calls = nullptr;
jmethodID call_generate = nullptr;
jmethodID call_release = nullptr;

/// What the library hands back as user_data.
struct JavaEngine {
  jobject engine;
  focus_engine_description description;  ///< its strings live as long as focus_engine_register
};

/// Asked for on the thread that registers, which has described the engine before.
int32_t describe(void* user_data, focus_engine_description* description) {
  // The library's struct may be longer or shorter than ours; it says how long it is.
  const focus_engine_description& from = static_cast<JavaEngine*>(user_data)->description;
  const uint32_t size = description->struct_size;
  if (size < sizeof from) return FOCUS_ERROR_UNSUPPORTED;
  *description = from;
  description->struct_size = size;
  return FOCUS_OK;
}

int32_t generate(void* user_data, const focus_brief* brief, focus_sink* sink) {
  JNIEnv* env = attached_env();
  if (env == nullptr || env->PushLocalFrame(32) != JNI_OK) {
    focus_sink_explain(sink, "The engine's thread could not be attached to the virtual machine.");
    return FOCUS_ERROR_ENGINE;
  }
  const jint result = env->CallStaticIntMethod(engine_calls, call_generate,
                                               static_cast<JavaEngine*>(user_data)->engine,
                                               to_long(brief), to_long(sink));
  // EngineCalls.generate catches all that is thrown; this is for what it could not (no memory).
  const bool failed = env->ExceptionCheck();
  env->ExceptionClear();
  env->PopLocalFrame(nullptr);
  return failed ? FOCUS_ERROR_ENGINE : result;
}

void release(void* user_data) {
  std::unique_ptr<JavaEngine> engine(static_cast<JavaEngine*>(user_data));
  JNIEnv* env = attached_env();
  if (env == nullptr) return;
  env->CallStaticVoidMethod(engine_calls, call_release, engine->engine);
  env->ExceptionClear();
  env->DeleteGlobalRef(engine->engine);
}

void engine_register(JNIEnv* env, jclass, jlong service, jobject java_engine,
                     jobject java_description) {
  guarded(env, [&] {
    Strings strings(env);
    auto engine = std::make_unique<JavaEngine>();
    engine->description = FOCUS_ENGINE_DESCRIPTION_INIT;
    if (!mirrors().engine_description.from_java(env, java_description, &engine->description,
                                                strings)) {
      return;
    }
    engine->engine = env->NewGlobalRef(java_engine);
    if (engine->engine == nullptr) return;
    focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
    vtable.describe = describe;
    vtable.generate = generate;
    vtable.release = release;
    const int32_t result =
        focus_engine_register(handle<focus_service>(service), &vtable, engine.get());
    if (result == FOCUS_OK) {
      engine.release();  // the library's, until it calls release()
    } else {
      check(env, result);
      env->DeleteGlobalRef(engine->engine);
    }
  });
}

/// True when no call is under way any more.
jboolean engine_unregister(JNIEnv* env, jclass, jlong service, jstring key, jint timeout_ms) {
  return guarded(env, [&]() -> jboolean {
    Strings strings(env);
    const char* engine_key = strings.take(key, "engine_key");
    if (!strings.ok()) return JNI_FALSE;
    const int32_t result =
        focus_engine_unregister(handle<focus_service>(service), engine_key, timeout_ms);
    if (result == FOCUS_ERROR_NOT_READY) return JNI_FALSE;
    return check(env, result);
  });
}

void brief_read(JNIEnv* env, jclass, jlong brief, jobject java_brief) {
  mirrors().brief.to_java(env, handle<focus_brief>(brief), java_brief);
}

/// The end of the segment before; null where there is none.
jfloatArray brief_previous(JNIEnv* env, jclass, jlong handle_value) {
  const auto* brief = handle<focus_brief>(handle_value);
  if (brief->previous_samples == nullptr) return nullptr;
  const auto count = static_cast<jsize>(brief->previous_frames * 2);
  jfloatArray samples = env->NewFloatArray(count);
  if (samples != nullptr) env->SetFloatArrayRegion(samples, 0, count, brief->previous_samples);
  return samples;
}

/// Once the work is wanted no more, this and the next two throw FocusException with CANCELLED.
void sink_write_array(JNIEnv* env, jclass, jlong sink, jfloatArray samples, jint offset,
                      jint frames, jint channel_count) {
  float piece[2048];
  const jint piece_frames = static_cast<jint>(sizeof piece / sizeof *piece) / channel_count;
  for (jint done = 0; done < frames; done += piece_frames) {
    const jint count = frames - done < piece_frames ? frames - done : piece_frames;
    env->GetFloatArrayRegion(samples, offset + done * channel_count, count * channel_count, piece);
    if (!check(env, focus_sink_write_interleaved(handle<focus_sink>(sink), piece, count,
                                                 channel_count))) {
      return;
    }
  }
}

void sink_write_direct(JNIEnv* env, jclass, jlong sink, jobject buffer, jint position, jint frames,
                       jint channel_count) {
  const auto* samples = static_cast<const float*>(env->GetDirectBufferAddress(buffer));
  check(env, focus_sink_write_interleaved(handle<focus_sink>(sink),
                                          samples != nullptr ? samples + position : nullptr, frames,
                                          channel_count));
}

void sink_report_progress(JNIEnv* env, jclass, jlong sink, jdouble fraction) {
  check(env, focus_sink_report_progress(handle<focus_sink>(sink), fraction));
}

jboolean sink_cancelled(JNIEnv*, jclass, jlong sink) {
  return focus_sink_check(handle<focus_sink>(sink)) == FOCUS_OK ? JNI_FALSE : JNI_TRUE;
}

void sink_explain(JNIEnv* env, jclass, jlong sink, jstring java_message) {
  guarded(env, [&] {
    Strings strings(env);
    const char* message = strings.take(java_message, "message");
    if (strings.ok()) focus_sink_explain(handle<focus_sink>(sink), message);
  });
}

}  // namespace

bool load_engine(JNIEnv* env) {
  jclass found = env->FindClass("org/focussession/EngineCalls");
  if (found == nullptr) return false;
  engine_calls = static_cast<jclass>(env->NewGlobalRef(found));
  call_generate = env->GetStaticMethodID(found, "generate", "(Lorg/focussession/Engine;JJ)I");
  call_release = env->GetStaticMethodID(found, "release", "(Lorg/focussession/Engine;)V");
  return engine_calls != nullptr && call_generate != nullptr && call_release != nullptr;
}

void add_engine_methods(Methods& methods) {
  methods.insert(methods.end(), {{"engineRegister", engine_register},
                                 {"engineUnregister", engine_unregister},
                                 {"briefRead", brief_read},
                                 {"briefPrevious", brief_previous},
                                 {"sinkWriteArray", sink_write_array},
                                 {"sinkWriteDirect", sink_write_direct},
                                 {"sinkReportProgress", sink_report_progress},
                                 {"sinkCancelled", sink_cancelled},
                                 {"sinkExplain", sink_explain}});
}

}  // namespace focus_jni
