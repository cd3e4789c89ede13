// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

namespace focus::core {

/// The source of unpredictable bytes. Nothing else in the library reads an entropy source.
/// Thread-safe.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(void* bytes, std::size_t count) = 0;

  std::uint64_t bits() {
    std::uint64_t value = 0;
    fill(&value, sizeof(value));
    return value;
  }

  /// The system's cryptographic generator: through libsodium, or through getrandom() in a minimal
  /// build.
  static Entropy& system();
};

}  // namespace focus::core
