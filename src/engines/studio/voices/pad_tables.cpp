// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad_tables.h"

#include <cmath>
#include <list>
#include <tuple>

#include "base/mutex.h"
#include "base/process.h"
#include "dsp/math.h"
#include "dsp/padsynth.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {
namespace {

/// The amplitude and the bandwidth of each partial k of a sound.
struct Recipe {
  double slope;         ///< amplitude is 1 / k^slope
  double even;          ///< factor for the even partials
  double width_hertz;   ///< standard deviation of the first partial's band, at middle C
  double width_growth;  ///< the bandwidth grows with k to this power
  double steady;        ///< the share of the fundamental's power that is a steady sine, 0 to 1
};

/// Narrow bands sound like several players, wide ones like noise.
Recipe recipe_of(PadSound sound) {
  switch (sound) {
    case PadSound::warm:
      return {1.1, 0.8, 0.4, 0.4, 0.75};
    case PadSound::strings:
      return {1.22, 1.0, 0.7, 0.5, 0.5};
    case PadSound::choir:
      return {1.2, 1.0, 0.8, 0.5, 0.5};
    case PadSound::organ:
      return {1.1, 0.2, 0.3, 0.3, 0.7};
    case PadSound::glass:
      return {1.3, 0.7, 0.4, 0.3, 0.5};
    case PadSound::shimmer:
      return {0.95, 1.0, 0.7, 0.5, 0.3};
    case PadSound::breath:
      return {1.3, 0.9, 1.4, 0.6, 0.3};
  }
  return {1.4, 1.0, 1.0, 0.5, 0.5};
}

/// Two broad formants and a weak third, between "ah" and "oh", for the choir.
double vowel(double hertz) {
  const auto peak = [&](double centre, double width, double gain) {
    const double x = (hertz - centre) / width;
    return gain / (1.0 + x * x);
  };
  return 0.3 + peak(520, 180, 0.8) + peak(980, 220, 0.3) + peak(2600, 500, 0.12);
}

std::shared_ptr<const PadTable> make_table(PadSound sound, int pitch, int rate) {
  const Recipe recipe = recipe_of(sound);
  const double fundamental = dsp::hertz_of_pitch(pitch);
  std::vector<dsp::PadPartial> partials;
  for (int k = 1; k <= 80 && k * fundamental < 0.44 * rate; ++k) {
    const double logarithm = dsp::logarithm_of_two(k);
    double amplitude = dsp::power_of_two(-recipe.slope * logarithm);
    if (k % 2 == 0) amplitude *= recipe.even;
    if (sound == PadSound::choir) amplitude *= vowel(k * fundamental);
    if (sound == PadSound::glass && k > 4 && k % 4 != 0) amplitude *= 0.15;
    // High partials are attenuated, as by an instrument's body and the air.
    const double high = k * fundamental / 5000.0;
    amplitude /= 1.0 + high * high;
    const double first = recipe.width_hertz * dsp::power_of_two((pitch - 60) / 24.0);
    partials.push_back(
        {k * fundamental, amplitude, first * dsp::power_of_two(recipe.width_growth * logarithm)});
  }
  // A share of the fundamental's power moves to the sine that is added to the table.
  double power = 0.0;
  for (const auto& partial : partials) power += partial.amplitude * partial.amplitude;
  const double first_power = partials[0].amplitude * partials[0].amplitude;
  const double share = recipe.steady * first_power / power;
  partials[0].amplitude *= std::sqrt(1.0 - recipe.steady);
  auto table = std::make_shared<PadTable>();
  table->fundamental = static_cast<float>(std::sqrt(2.0 * share));
  const auto key = static_cast<std::uint32_t>(pitch * 64 + static_cast<int>(sound));
  table->samples = dsp::make_padsynth_table(partials, PadTable::kSizeLog2, rate, key);
  const auto rest = static_cast<float>(std::sqrt(1.0 - share));
  for (float& sample : table->samples) sample *= rest;
  for (std::size_t i = 0; i < Voice::kMaxBlock; ++i) {
    table->samples.push_back(table->samples[i]);
  }
  return table;
}

struct Cached {
  std::tuple<PadSound, int, int> key;
  std::shared_ptr<const PadTable> table;
};
constexpr std::size_t kKept = 96;  // of 256 KiB each, the most recently used ones
ProcessMutex cache_mutex;
/// The one used last in front. Never destroyed, see Clock::system().
std::list<Cached>& cache ABSL_GUARDED_BY(cache_mutex) = *new std::list<Cached>;

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
  {
    const MutexLock lock(cache_mutex);
    if (auto table = find_cached(key)) return table;
  }
  auto made = make_table(sound, pitch, rate);  // without the lock: it takes long
  const MutexLock lock(cache_mutex);
  if (auto table = find_cached(key)) return table;
  cache.push_front({key, made});
  if (cache.size() > kKept) cache.pop_back();
  return made;
}

}  // namespace focus::core::engines::studio
