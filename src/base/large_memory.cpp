// SPDX-License-Identifier: MIT
#include "base/large_memory.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace focus::core {

void* allocate_large(std::size_t bytes) {
  if (bytes < kLargePage) return ::operator new(bytes);
  void* const memory = ::operator new(bytes, std::align_val_t(kLargePage));
#if defined(MADV_HUGEPAGE)
  // Only advice: where it is not taken, the pages are small. The last page is shared with other
  // memory.
  ::madvise(memory, bytes / kLargePage * kLargePage, MADV_HUGEPAGE);
#endif
  return memory;
}

void free_large(void* memory, std::size_t bytes) {
  if (bytes < kLargePage) {
    ::operator delete(memory);
  } else {
    ::operator delete(memory, std::align_val_t(kLargePage));
  }
}

}  // namespace focus::core
