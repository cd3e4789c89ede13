// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace focus::core {

/// From this size on, memory comes in pages of this size where the system has them.
inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

/// Memory for `bytes`, from `kLargePage` on aligned to large pages, which the system is asked to
/// use. A segment's audio is 15 MB and more. On a virtual machine, the faults of its 4,000 pages of
/// 4 KiB took an eighth of a render's CPU time. Throws std::bad_alloc.
void* allocate_large(std::size_t bytes);
/// Frees what `allocate_large` returned for as many `bytes`.
void free_large(void* memory, std::size_t bytes);

/// The allocator of containers that are written from end to end.
template <typename T>
struct LargeAllocator {
  using value_type = T;

  LargeAllocator() = default;
  template <typename Other>
  LargeAllocator(const LargeAllocator<Other>&) {}

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(allocate_large(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) { free_large(memory, count * sizeof(T)); }

  friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }
};

/// A vector whose memory is large pages once it is large.
template <typename T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace focus::core
