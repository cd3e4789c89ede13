// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <atomic>
#include <pthread.h>

namespace focus::core {
namespace {

std::atomic<std::uint32_t> generation{0};

void enter_child() { generation.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

std::uint32_t fork_generation() {
  static const int registered = ::pthread_atfork(nullptr, nullptr, enter_child);
  static_cast<void>(registered);
  return generation.load(std::memory_order_relaxed);
}

}  // namespace focus::core
