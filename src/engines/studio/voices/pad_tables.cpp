// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad_tables.h"

#include <cmath>
#include <list>
#include <mutex>
#include <tuple>

#include "dsp/math.h"
#include "dsp/padsynth.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::studio {
namespace {

/// How a timbre weighs its k-th partial at `hertz`, and how wide that partial is.
struct Recipe {
  double slope;         ///< amplitude 1 / k^slope
  double even;          ///< weight of the even partials
  double width_cents;   ///< of the first partial
  double width_growth;  ///< bandwidth grows as k to this power
};

Recipe recipe_of(PadTimbre timbre) {
  switch (timbre) {
    case PadTimbre::warm:
      return {1.45, 0.8, 18.0, 1.0};
    case PadTimbre::strings:
      return {1.05, 1.0, 24.0, 0.95};
    case PadTimbre::choir:
      return {0.95, 1.0, 30.0, 0.9};
    case PadTimbre::hollow:
      return {1.2, 0.15, 14.0, 1.0};
    case PadTimbre::glass:
      return {1.3, 0.7, 8.0, 0.8};
    case PadTimbre::shimmer:
      return {0.9, 1.0, 20.0, 1.1};
    case PadTimbre::breath:
      return {1.4, 0.9, 60.0, 1.0};
  }
  return {1.4, 1.0, 20.0, 1.0};
}

/// Two broad vowel formants ("ah" to "oh"), for the choir.
double vowel(double hertz) {
  const auto peak = [&](double centre, double width, double gain) {
    const double x = (hertz - centre) / width;
    return gain / (1.0 + x * x);
  };
  return 0.12 + peak(520, 180, 1.0) + peak(980, 220, 0.6) + peak(2600, 500, 0.25);
}

std::shared_ptr<const PadTable> make_table(PadTimbre timbre, int pitch, int rate) {
  const Recipe recipe = recipe_of(timbre);
  const double fundamental = dsp::hertz_of_pitch(pitch);
  std::vector<dsp::PadPartial> partials;
  for (int k = 1; k <= 80 && k * fundamental < 0.44 * rate; ++k) {
    const double logarithm = std::log2(static_cast<double>(k));
    double amplitude = dsp::power_of_two(-recipe.slope * logarithm);
    if (k % 2 == 0) amplitude *= recipe.even;
    if (timbre == PadTimbre::choir) amplitude *= vowel(k * fundamental);
    if (timbre == PadTimbre::glass && k > 4 && k % 4 != 0) amplitude *= 0.15;
    const double first_width = fundamental * (dsp::power_of_two(recipe.width_cents / 1200.0) - 1.0);
    partials.push_back(
        {k * fundamental, amplitude,
         std::max(1.5, 0.5 * first_width * dsp::power_of_two(recipe.width_growth * logarithm))});
  }
  auto table = std::make_shared<PadTable>();
  const auto key = static_cast<std::uint32_t>(pitch * 64 + static_cast<int>(timbre));
  table->samples = dsp::make_padsynth_table(partials, PadTable::kSizeLog2, rate, key);
  for (std::size_t i = 0; i < Voice::kMaxBlock; ++i) {
    table->samples.push_back(table->samples[i]);
  }
  return table;
}

struct Cached {
  std::tuple<PadTimbre, int, int> key;
  std::shared_ptr<const PadTable> table;
};
constexpr std::size_t kKept = 96;  // of 256 KiB each

}  // namespace

std::shared_ptr<const PadTable> pad_table(PadTimbre timbre, int pitch, int rate) {
  static std::mutex mutex;
  static std::list<Cached> cache;  // the one used last in front
  const std::tuple key(timbre, pitch, rate);
  const auto find = [&]() -> std::shared_ptr<const PadTable> {
    for (auto it = cache.begin(); it != cache.end(); ++it) {
      if (it->key != key) continue;
      cache.splice(cache.begin(), cache, it);
      return it->table;
    }
    return nullptr;
  };
  {
    const std::lock_guard lock(mutex);
    if (auto table = find()) return table;
  }
  auto made = make_table(timbre, pitch, rate);  // outside the lock: others may need others
  const std::lock_guard lock(mutex);
  if (auto table = find()) return table;
  cache.push_front({key, made});
  if (cache.size() > kKept) cache.pop_back();
  return made;
}

}  // namespace focus::core::studio
