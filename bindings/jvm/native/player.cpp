// SPDX-License-Identifier: MIT
// Players. The render methods allocate nothing, in the Java heap or out of it.
#include <algorithm>

#include "mirror.h"
#include "nouns.h"
#include "support.h"

namespace focus_jni {
namespace {

focus_player* player_of(jlong player) { return handle<focus_player>(player); }

jlong player_create(JNIEnv* env, jclass, jlong session, jobject java_options) {
  Strings strings(env);
  focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
  if (!mirrors().player_options.from_java(env, java_options, &options, strings)) return 0;
  focus_player* player = nullptr;
  check(env, focus_player_create(handle<focus_session>(session), &options, &player));
  return to_long(player);
}

void player_destroy(JNIEnv*, jclass, jlong player) { focus_player_destroy(player_of(player)); }

/// In pieces over the stack: an array that is held would hold up the garbage collector for as long
/// as an offline player waits.
jint player_read_array(JNIEnv* env, jclass, jlong player, jfloatArray samples, jint offset,
                       jint frames, jint channel_count) {
  float piece[4096];
  const jint piece_frames = static_cast<jint>(sizeof piece / sizeof *piece) / channel_count;
  jint music = 0;
  for (jint done = 0; done < frames; done += piece_frames) {
    const jint wanted = std::min(piece_frames, frames - done);
    const int32_t rendered = focus_player_render_interleaved(player_of(player), piece, wanted);
    if (!check(env, rendered)) return 0;
    env->SetFloatArrayRegion(samples, offset + done * channel_count, wanted * channel_count, piece);
    music += rendered;
  }
  return music;
}

jint player_read_direct(JNIEnv* env, jclass, jlong player, jobject buffer, jint position,
                        jint frames) {
  auto* samples = static_cast<float*>(env->GetDirectBufferAddress(buffer));
  if (samples == nullptr) {
    throw_focus(env, FOCUS_ERROR_INVALID_ARGUMENT, "samples", "samples must be a direct buffer.");
    return 0;
  }
  const int32_t rendered =
      focus_player_render_interleaved(player_of(player), samples + position, frames);
  return check(env, rendered) ? rendered : 0;
}

void player_pause(JNIEnv* env, jclass, jlong player) {
  check(env, focus_player_pause(player_of(player)));
}

void player_resume(JNIEnv* env, jclass, jlong player) {
  check(env, focus_player_resume(player_of(player)));
}

void player_seek(JNIEnv* env, jclass, jlong player, jdouble seconds) {
  check(env, focus_player_seek(player_of(player), seconds));
}

void player_skip(JNIEnv* env, jclass, jlong player) {
  check(env, focus_player_skip(player_of(player)));
}

void player_set_volume(JNIEnv* env, jclass, jlong player, jdouble volume) {
  check(env, focus_player_set_volume(player_of(player), volume));
}

void player_set_sleep_timer(JNIEnv* env, jclass, jlong player, jdouble seconds,
                            jdouble fade_seconds) {
  check(env, focus_player_set_sleep_timer(player_of(player), seconds, fade_seconds));
}

void player_set_output(JNIEnv* env, jclass, jlong player, jint sample_rate, jint channel_count) {
  check(env, focus_player_set_output(player_of(player), sample_rate, channel_count));
}

void player_info(JNIEnv* env, jclass, jlong player, jobject java_info) {
  focus_player_info info = FOCUS_PLAYER_INFO_INIT;
  if (!check(env, focus_player_get_info(player_of(player), &info))) return;
  mirrors().player_info.to_java(env, &info, java_info);
}

}  // namespace

void add_player_methods(Methods& methods) {
  methods.insert(methods.end(), {{"playerCreate", player_create},
                                 {"playerDestroy", player_destroy},
                                 {"playerReadArray", player_read_array},
                                 {"playerReadDirect", player_read_direct},
                                 {"playerPause", player_pause},
                                 {"playerResume", player_resume},
                                 {"playerSeek", player_seek},
                                 {"playerSkip", player_skip},
                                 {"playerSetVolume", player_set_volume},
                                 {"playerSetSleepTimer", player_set_sleep_timer},
                                 {"playerSetOutput", player_set_output},
                                 {"playerInfo", player_info}});
}

}  // namespace focus_jni
