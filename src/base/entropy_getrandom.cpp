// SPDX-License-Identifier: MIT
// The system's generator without libsodium, for minimal builds.
#include <cerrno>
#include <stdexcept>
#include <sys/random.h>

#include "base/entropy.h"

namespace focus::core {
namespace {

class SystemEntropy final : public Entropy {
 public:
  void fill(void* bytes, std::size_t count) override {
    auto* next = static_cast<unsigned char*>(bytes);
    while (count > 0) {
      const ssize_t got = ::getrandom(next, count, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw std::runtime_error("the system's random generator is not available");
      next += got;
      count -= static_cast<std::size_t>(got);
    }
  }
};

}  // namespace

Entropy& Entropy::system() {
  static auto* const entropy = new SystemEntropy;  // never destroyed, see Clock::system()
  return *entropy;
}

}  // namespace focus::core
