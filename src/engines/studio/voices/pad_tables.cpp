// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad_tables.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <span>
#include <tuple>
#include <utility>

#include "base/mutex.h"
#include "base/process.h"
#include "dsp/math.h"
#include "dsp/padsynth.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {
namespace {

/// A resonance, which raises what lies around it.
struct Formant {
  double hertz = 1000.0, width_hertz = 200.0, gain = 0.0;
};

/// One face of a sound: the amplitude of each partial k, and the noise between the partials.
struct Face {
  double slope;           ///< amplitude is 1 / k^slope
  double even;            ///< factor for the even partials
  double noise_db = -80;  ///< power of the noise of bow, breath or wind
  std::array<Formant, 3> formants{};
  double between = 1.0;  ///< level of what lies between the formants
};

/// A pad moves between two faces. Narrow bands sound like several players, wide ones like noise.
struct Recipe {
  double width_hertz;   ///< standard deviation of the first partial's band, at middle C
  double width_growth;  ///< the bandwidth grows with k to this power
  double steady;        ///< the share of the fundamental's power that is a steady sine, 0 to 1
  double skirt;         ///< the noise around each partial, as an amplitude against it
  Face soft, full;
};

Recipe recipe_of(PadSound sound) {
#define RECIPE(name, ...)                            \
  {                                                  \
    static constexpr Recipe kRecipe = {__VA_ARGS__}; \
    if (sound == PadSound::name) return kRecipe;     \
  }
#include "engines/studio/voices/pad_recipes.inc"
#undef RECIPE
  return {1.0, 0.8, 0.5, 0.2, {1.4, 1.0}, {1.1, 1.0}};
}

double resonance(const Face& face, double hertz) {
  double sum = face.between;
  for (const Formant& formant : face.formants) {
    const double x = (hertz - formant.hertz) / formant.width_hertz;
    sum += formant.gain / (1.0 + x * x);
  }
  return sum;
}

/// What a face adds to the fundamental, which is left out where it is a steady sine.
std::vector<dsp::PadPartial> partials_of(const Recipe& recipe, const Face& face, int pitch,
                                         int rate) {
  const double fundamental = dsp::hertz_of_pitch(pitch);
  const double first = recipe.width_hertz * dsp::power_of_two((pitch - 60) / 24.0);
  std::vector<dsp::PadPartial> partials;
  double power = 0.0;
  for (int k = 1; k <= 80 && k * fundamental < 0.44 * rate; ++k) {
    const double logarithm = dsp::logarithm_of_two(k);
    double amplitude = dsp::power_of_two(-face.slope * logarithm);
    if (k % 2 == 0) amplitude *= face.even;
    amplitude *= resonance(face, k * fundamental);
    // High partials are attenuated, as by an instrument's body and the air.
    const double high = k * fundamental / 6500.0;
    amplitude /= 1.0 + high * high;
    power += amplitude * amplitude;
    partials.push_back(
        {k * fundamental, amplitude, first * dsp::power_of_two(recipe.width_growth * logarithm)});
  }
  // No bow and no breath is steady: each partial stands in a skirt of noise, a semitone wide.
  const std::size_t tonal = partials.size();
  for (std::size_t k = 0; k < tonal; ++k) {
    const dsp::PadPartial& partial = partials[k];
    partials.push_back({partial.hertz, recipe.skirt * partial.amplitude, 0.06 * partial.hertz});
  }
  // The noise lies above the fundamental, in two broad bands.
  const double noise = std::sqrt(power * dsp::power_of_two(0.33219281 * face.noise_db));
  const double low = 1.5 * fundamental + 900.0;
  partials.push_back({low, 0.8 * noise, 0.24 * low});
  partials.push_back({3.2 * low < 0.25 * rate ? 3.2 * low : 0.25 * rate, 0.6 * noise, 0.05 * rate});
  return partials;
}

std::shared_ptr<const PadTable> make_table(dsp::PadsynthMaker& maker, PadSound sound, int pitch,
                                           int rate) {
  constexpr std::size_t kSize = std::size_t{1} << PadTable::kSizeLog2;
  const Recipe recipe = recipe_of(sound);
  auto table = std::make_shared<PadTable>();
  double rest = 1.0;
  for (const Face* face : {&recipe.soft, &recipe.full}) {
    const bool is_soft = face == &recipe.soft;
    std::vector<dsp::PadPartial> partials = partials_of(recipe, *face, pitch, rate);
    if (is_soft) {
      // A share of the fundamental's power moves to the sine that is added to both faces.
      double power = 0.0;
      for (const auto& partial : partials) power += partial.amplitude * partial.amplitude;
      const double first_power = partials[0].amplitude * partials[0].amplitude;
      const double share = recipe.steady * first_power / power;
      table->fundamental = static_cast<float>(std::sqrt(2.0 * share));
      rest = std::sqrt(1.0 - share);
    }
    partials[0].amplitude *= std::sqrt(1.0 - recipe.steady);
    const auto key =
        static_cast<std::uint32_t>(pitch * 128 + 2 * static_cast<int>(sound) + (is_soft ? 0 : 1));
    std::vector<float>& samples = table->faces[is_soft ? 0 : 1];
    samples.resize(kSize + Voice::kMaxBlock);
    maker.make(partials, rate, key, std::span(samples).first(kSize));
    for (std::size_t i = 0; i < kSize; ++i) samples[i] *= static_cast<float>(rest);
    std::copy_n(samples.begin(), Voice::kMaxBlock, samples.begin() + kSize);
  }
  return table;
}

struct Cached {
  std::tuple<PadSound, int, int> key;
  std::shared_ptr<const PadTable> table;
};
constexpr std::size_t kKept = 96;  // of 256 KiB each, the most recently used ones
ProcessMutex cache_mutex;
/// The one used last in front. Never destroyed, see Clock::system(); nor is `spare`.
std::list<Cached>& cache ABSL_GUARDED_BY(cache_mutex) = *new std::list<Cached>;
/// The maker of the last table, for the next. Two threads at a time need two.
std::unique_ptr<dsp::PadsynthMaker>& spare ABSL_GUARDED_BY(cache_mutex) =
    *new std::unique_ptr<dsp::PadsynthMaker>;

std::shared_ptr<const PadTable> find_cached(const std::tuple<PadSound, int, int>& key)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(cache_mutex) {
  for (auto it = cache.begin(); it != cache.end(); ++it) {
    if (it->key != key) continue;
    cache.splice(cache.begin(), cache, it);
    return it->table;
  }
  return nullptr;
}

}  // namespace

std::shared_ptr<const PadTable> pad_table(PadSound sound, int pitch, int rate) {
  const std::tuple key(sound, pitch, rate);
  std::unique_ptr<dsp::PadsynthMaker> maker;
  {
    const MutexLock lock(cache_mutex);
    if (auto table = find_cached(key)) return table;
    maker = std::move(spare);
  }
  // Without the lock: this takes long.
  if (maker == nullptr) maker = std::make_unique<dsp::PadsynthMaker>(PadTable::kSizeLog2);
  auto made = make_table(*maker, sound, pitch, rate);
  const MutexLock lock(cache_mutex);
  spare = std::move(maker);
  if (auto table = find_cached(key)) return table;
  cache.push_front({key, made});
  if (cache.size() > kKept) cache.pop_back();
  return made;
}

}  // namespace focus::core::engines::studio
