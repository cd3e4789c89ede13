// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

namespace focus::core {

/// Where unguessable bytes come in. Nothing else in the library reads an entropy source.
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

  /// The system's cryptographic generator, by way of libsodium but in a minimal build.
  static Entropy& system();
};

}  // namespace focus::core
