// SPDX-License-Identifier: MIT
// The audio thread does not allocate, lock, log, touch files or resample: this program stands in
// for the functions of the C library and of libsamplerate that do, and counts who calls them while
// a callback is rendering.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <dlfcn.h>
#include <pthread.h>
#include <samplerate.h>
#include <time.h>
#include <unistd.h>
#include <utility>

#include "player/player_fixture.h"

namespace {

thread_local bool rendering = false;
thread_local int forbidden_calls = 0;
std::atomic<int> resampler_calls{0};  // of any thread

void note() {
  if (rendering) ++forbidden_calls;
}

}  // namespace

extern "C" {

void* __libc_malloc(std::size_t);
void __libc_free(void*);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) {
  note();
  return __libc_malloc(size);
}
void free(void* block) {
  if (block != nullptr) note();
  __libc_free(block);
}
void* calloc(std::size_t count, std::size_t size) {
  note();
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  note();
  return __libc_realloc(block, size);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  using Function = int (*)(pthread_mutex_t*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  note();
  return real(mutex);
}
int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  using Function = int (*)(pthread_mutex_t*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_mutex_trylock"));
  note();
  return real(mutex);
}
int pthread_cond_signal(pthread_cond_t* condition) {
  using Function = int (*)(pthread_cond_t*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_cond_signal"));
  note();
  return real(condition);
}
int nanosleep(const timespec* wanted, timespec* left) {
  using Function = int (*)(const timespec*, timespec*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "nanosleep"));
  note();
  return real(wanted, left);
}
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  using Function = int (*)(pthread_cond_t*, pthread_mutex_t*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_cond_wait"));
  note();
  return real(condition, mutex);
}
ssize_t read(int file, void* bytes, std::size_t count) {
  using Function = ssize_t (*)(int, void*, std::size_t);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "read"));
  note();
  return real(file, bytes, count);
}
ssize_t write(int file, const void* bytes, std::size_t count) {
  using Function = ssize_t (*)(int, const void*, std::size_t);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "write"));
  note();
  return real(file, bytes, count);
}
int src_process(SRC_STATE* state, SRC_DATA* data) {
  using Function = int (*)(SRC_STATE*, SRC_DATA*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "src_process"));
  note();
  resampler_calls.fetch_add(1);
  return real(state, data);
}
int src_reset(SRC_STATE* state) {
  using Function = int (*)(SRC_STATE*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "src_reset"));
  note();
  return real(state);
}
}

using namespace focus::core;
using namespace focus::test;

TEST_CASE("the interposer sees what it should see") {
  rendering = true;
  void* volatile block = std::malloc(16);
  std::free(block);
  rendering = false;
  CHECK(forbidden_calls == 2);
  forbidden_calls = 0;
}

TEST_CASE("a live player neither allocates nor locks nor resamples on the audio thread") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(1);
  request.sample_rate = 48000;
  const auto session = service->start(request);
  bool steered = false;
  for (const int rate : {48000, 44100, 8000, 192000}) {
    CAPTURE(rate);
    resampler_calls = 0;
    auto player = player::Player::create(*session, {player::PlayerOptions::Mode::live, rate, 2});
    REQUIRE(player.ok());
    float block[2 * 128];
    bool fine = true;
    int pauses = 0;
    int rounds = 0;
    // From before the first segment is ready, over pauses and joins, to the end.
    REQUIRE(eventually([&] {
      // Whatever is asked for from other threads meanwhile.
      if (++rounds == 3) REQUIRE((*player)->seek(10.0).ok());
      if (rounds == 6) REQUIRE((*player)->skip().ok());
      if (rounds == 8 && !std::exchange(steered, true)) {
        plan::Steering steering;
        steering.intensity = plan::Intensity::high;
        REQUIRE((*session)->steer(steering).ok());
      }
      if (rounds % 4 == 2) {
        REQUIRE((*player)->set_output(rounds % 8 == 2 ? 96000 : rate, 2).ok());
      }
      if (rounds == 9) REQUIRE((*player)->set_sleep_timer(0.5, 0.2).ok());
      for (int i = 0; i < 500; ++i) {
        rendering = true;
        const auto music = (*player)->render_interleaved(block, 128);
        (*player)->set_paused(i % 100 > 90 && pauses < 50);
        fine = fine && (*player)->set_volume(i % 2 == 0 ? 0.5 : 1.0).ok();
        const player::PlayerState state = (*player)->info().state;
        rendering = false;
        fine = fine && music.ok();
        pauses += i % 100 == 99;
        if (state == player::PlayerState::finished) return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return false;
    }));
    CHECK(fine);
    CHECK(forbidden_calls == 0);
    CHECK(resampler_calls > 0);  // by the feeder; at the session's own rate after `set_output`
  }
}
