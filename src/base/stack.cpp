// SPDX-License-Identifier: MIT
#include "base/stack.h"

#include <cstdint>
#include <limits>

#include "base/guarded.h"
#include "base/thread.h"

#ifndef _WIN32
#include <pthread.h>
#endif

namespace focus::core {
namespace {

constexpr std::size_t kEnough = std::size_t{512} << 10;
[[maybe_unused]] constexpr std::size_t kStackSize = std::size_t{2} << 20;

}  // namespace

#ifdef __linux__

std::size_t stack_left() {
  // The lowest address of this thread's stack; asked once, since it takes long on the main thread.
  // 1: not known. Plain memory, so that a thread may end after the library was unloaded.
  thread_local std::uintptr_t lowest = 0;
  if (lowest == 0) {
    lowest = 1;
    pthread_attr_t attributes;
    if (::pthread_getattr_np(::pthread_self(), &attributes) == 0) {
      void* address = nullptr;
      std::size_t size = 0;
      if (::pthread_attr_getstack(&attributes, &address, &size) == 0 && address != nullptr) {
        lowest = reinterpret_cast<std::uintptr_t>(address);
      }
      ::pthread_attr_destroy(&attributes);
    }
  }
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  // A host's fiber runs on memory that is no thread's: nothing is known of that.
  if (lowest == 1 || here < lowest) return std::numeric_limits<std::size_t>::max();
  return here - lowest;
}

absl::Status with_enough_stack(const std::function<absl::Status()>& body) {
  if (stack_left() >= kEnough) return body();
  struct Call {
    const std::function<absl::Status()>& body;
    absl::Status status;
  } call{body, absl::OkStatus()};
  const auto run = [](void* argument) -> void* {
    auto& running = *static_cast<Call*>(argument);
    running.status = caught("working for a thread with a small stack", running.body);
    return nullptr;
  };
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, kStackSize);
  pthread_t thread;
  int failed = 0;
  {
    const SignalsBlocked blocked;
    failed = ::pthread_create(&thread, &attributes, run, &call);
  }
  ::pthread_attr_destroy(&attributes);
  if (failed != 0) {
    return fault_error(Fault::memory,
                       "the calling thread has too little stack, and the system starts no further "
                       "thread; call from a thread with 512 KiB or more");
  }
  ::pthread_join(thread, nullptr);
  return std::move(call.status);
}

#else

std::size_t stack_left() { return std::numeric_limits<std::size_t>::max(); }

absl::Status with_enough_stack(const std::function<absl::Status()>& body) { return body(); }

#endif

}  // namespace focus::core
