// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace focus::core {

/// A counter-based random stream: draw n is a hash of (key, n) and of nothing else. Streams forked
/// by different labels are independent, so a decision keyed by (seed, segment, layer, decision)
/// never moves because another decision drew more or fewer numbers. Not for secrets (see
/// entropy.h).
///
/// The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
class Random {
 public:
  explicit constexpr Random(std::uint64_t key) : key_(mix(key + kGolden)) {}

  /// The independent stream of a number or a name under this one; its own position plays no part.
  constexpr Random fork(std::uint64_t label) const {
    return Random(key_ ^ mix(label + 0xA0761D6478BD642FULL));
  }
  constexpr Random fork(std::string_view label) const {
    std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
    for (const char c : label) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return fork(hash);
  }

  constexpr std::uint64_t bits() { return mix(key_ + kGolden * ++counter_); }

  /// In [0, 1), with 53 bits.
  constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }

  /// In [0, count); count must be at least 1.
  constexpr int below(int count) {
    return static_cast<int>(((bits() >> 32) * static_cast<std::uint64_t>(count)) >> 32);
  }
  /// In [low, high].
  constexpr int between(int low, int high) { return low + below(high - low + 1); }

  constexpr bool chance(double probability) { return uniform() < probability; }

  /// About normal: mean 0, deviation 1, within +-3.47 (the sum of four uniform draws, scaled).
  double normal();

 private:
  static constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace focus::core
