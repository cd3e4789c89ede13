// SPDX-License-Identifier: MIT
#include "dsp/kernels.h"

#include <algorithm>
#include <atomic>

#include "dsp/math.h"
#include "dsp/noise.h"
#include "dsp/stereo.h"

#if defined(__GNUC__) && defined(__x86_64__)
#define FOCUS_HAS_AVX2 1
#else
#define FOCUS_HAS_AVX2 0
#endif

namespace focus::core::dsp {
namespace {

// The instruction set belongs to the functions alone, not to the file: an inline function that the
// linker shares with other files must run on every processor.
namespace baseline {
#define FOCUS_TARGET
#define FOCUS_LEVEL "baseline"
#include "dsp/kernels.inc"
#undef FOCUS_LEVEL
#undef FOCUS_TARGET
}  // namespace baseline

#if FOCUS_HAS_AVX2
namespace avx2 {
#define FOCUS_TARGET [[gnu::target("avx2")]]
#define FOCUS_LEVEL "avx2"
#include "dsp/kernels.inc"
#undef FOCUS_LEVEL
#undef FOCUS_TARGET
}  // namespace avx2
#endif

const Kernels& best_kernels() {
#if FOCUS_HAS_AVX2
  // This also asks whether the system saves the wide registers.
  if (__builtin_cpu_supports("avx2")) return avx2::kKernels;
#endif
  return baseline::kKernels;
}

std::atomic<const Kernels*> chosen = nullptr;

}  // namespace

const Kernels& kernels() {
  if (const Kernels* known = chosen.load(std::memory_order_relaxed)) return *known;
  const Kernels& best = best_kernels();
  chosen.store(&best, std::memory_order_relaxed);  // two threads at once store the same
  return best;
}

const Kernels& baseline_kernels() { return baseline::kKernels; }

void force_kernels(const Kernels* kernels) { chosen.store(kernels, std::memory_order_relaxed); }

}  // namespace focus::core::dsp
