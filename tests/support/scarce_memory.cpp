// SPDX-License-Identifier: MIT
// `new` and `delete` of the whole program.
#include "support/scarce_memory.h"

#include <cstdlib>
#include <new>

namespace focus::test {

thread_local int allocations_left = -1;
thread_local int allocations_refused = -1;

}  // namespace focus::test

namespace {

/// Throws where the test wants an allocation to fail.
void count_allocation() {
  int& left = focus::test::allocations_left;
  if (left == 0) {
    int& refused = focus::test::allocations_refused;
    if (refused > 0 && --refused == 0) {
      refused = -1;
      left = -1;
    }
    throw std::bad_alloc();
  }
  if (left > 0) --left;
}

}  // namespace

void* operator new(std::size_t size) {
  count_allocation();
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  count_allocation();
  const auto unit = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
