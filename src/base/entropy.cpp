// SPDX-License-Identifier: MIT
#include "base/entropy.h"

#include <sodium.h>
#include <stdexcept>

namespace focus::core {
namespace {

class SystemEntropy final : public Entropy {
 public:
  // sodium_init is thread-safe and may be called again; it opens the generator.
  SystemEntropy() {
    if (sodium_init() < 0)
      throw std::runtime_error("the system's random generator is not available");
  }
  void fill(void* bytes, std::size_t count) override { randombytes_buf(bytes, count); }
};

}  // namespace

Entropy& Entropy::system() {
  static auto* const entropy = new SystemEntropy;  // never destroyed, see Clock::system()
  return *entropy;
}

}  // namespace focus::core
