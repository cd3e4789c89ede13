// SPDX-License-Identifier: MIT
// Stands in for the C library's allocation, to count the blocks that are not freed.
#include "drill/soak/memory.h"

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <unistd.h>

namespace {

std::atomic<std::int64_t> live_blocks{0};

void* counted(void* block) {
  if (block != nullptr) live_blocks.fetch_add(1, std::memory_order_relaxed);
  return block;
}

}  // namespace

extern "C" {

void* __libc_malloc(std::size_t);
void __libc_free(void*);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) { return counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return counted(__libc_calloc(count, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
void* memalign(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  void* const made = counted(__libc_memalign(alignment, size));
  if (made == nullptr) return 12;  // ENOMEM
  *block = made;
  return 0;
}
void* realloc(void* block, std::size_t size) {
  if (block == nullptr) return malloc(size);
  void* const moved = __libc_realloc(block, size);
  if (moved == nullptr && size == 0) live_blocks.fetch_sub(1, std::memory_order_relaxed);
  return moved;
}
void free(void* block) {
  if (block != nullptr) live_blocks.fetch_sub(1, std::memory_order_relaxed);
  __libc_free(block);
}
}

namespace focus::drill {

Memory memory_now() {
  Memory memory;
  memory.blocks = live_blocks.load();
  if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
    long whole = 0;
    long resident = 0;
    if (std::fscanf(file, "%ld %ld", &whole, &resident) == 2) {
      memory.resident_kb = resident * (::sysconf(_SC_PAGESIZE) / 1024);
    }
    std::fclose(file);
  }
  return memory;
}

}  // namespace focus::drill
