// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace focus::core {

/// An allocator for RapidJSON, which does not look whether it was given memory: this one throws
/// std::bad_alloc where there is none.
class CheckedMemory {
 public:
  static constexpr bool kNeedFree = true;

  void* Malloc(std::size_t size) { return size == 0 ? nullptr : checked(std::malloc(size)); }
  void* Realloc(void* memory, std::size_t, std::size_t size) {
    if (size > 0) return checked(std::realloc(memory, size));
    std::free(memory);
    return nullptr;
  }
  static void Free(void* memory) noexcept { std::free(memory); }
  bool operator==(const CheckedMemory&) const { return true; }
  bool operator!=(const CheckedMemory&) const { return false; }

 private:
  static void* checked(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
};

}  // namespace focus::core
