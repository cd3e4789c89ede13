// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <vector>

namespace focus::core {

/// A wait-free ring of floats between one writing and one reading thread.
///
/// It holds up to `capacity` values (rounded up to a power of two). Only the writer changes
/// `written_` and only the reader changes `read_`. Each publishes its own position with release
/// order and loads the other's with acquire order; the values copied before a position was
/// published are therefore visible after it was loaded. The positions count up without wrapping and
/// only the index is masked, so a full ring differs from an empty one without a spare slot.
class SpscRing {
 public:
  explicit SpscRing(std::size_t capacity)
      : values_(std::bit_ceil(std::max<std::size_t>(capacity, 1))), mask_(values_.size() - 1) {}

  std::size_t capacity() const { return values_.size(); }

  /// [reader, writer] Values that can be read now. For the reader this is a lower bound.
  std::size_t readable() const {
    return written_.load(std::memory_order_acquire) - read_.load(std::memory_order_acquire);
  }
  /// [reader, writer] Values that can be written now. For the writer this is a lower bound.
  std::size_t writable() const { return capacity() - readable(); }

  /// [writer] Writes up to `count` values and returns how many.
  std::size_t write(const float* from, std::size_t count) {
    const std::size_t start = written_.load(std::memory_order_relaxed);
    count = std::min(count, capacity() - (start - read_.load(std::memory_order_acquire)));
    for_each_run(start, count, [&](std::size_t at, std::size_t done, std::size_t length) {
      std::copy_n(from + done, length, values_.data() + at);
    });
    written_.store(start + count, std::memory_order_release);
    return count;
  }

  /// [reader] Reads up to `count` values and returns how many.
  std::size_t read(float* to, std::size_t count) {
    const std::size_t start = read_.load(std::memory_order_relaxed);
    count = std::min(count, written_.load(std::memory_order_acquire) - start);
    for_each_run(start, count, [&](std::size_t at, std::size_t done, std::size_t length) {
      std::copy_n(values_.data() + at, length, to + done);
    });
    read_.store(start + count, std::memory_order_release);
    return count;
  }

  /// The total number of values written so far, and of values read or skipped so far.
  std::size_t written() const { return written_.load(std::memory_order_acquire); }
  std::size_t consumed() const { return read_.load(std::memory_order_acquire); }

  /// [reader] Continues with value number `position`, which must be written and not yet consumed.
  void skip_to(std::size_t position) { read_.store(position, std::memory_order_release); }

 private:
  template <typename Copy>
  void for_each_run(std::size_t start, std::size_t count, Copy copy) const {
    const std::size_t at = start & mask_;
    const std::size_t first = std::min(count, values_.size() - at);
    copy(at, std::size_t{0}, first);
    if (first < count) copy(std::size_t{0}, first, count - first);
  }

  std::vector<float> values_;
  std::size_t mask_;
  alignas(64) std::atomic<std::size_t> written_{0};
  alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace focus::core
