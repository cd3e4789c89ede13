// SPDX-License-Identifier: MIT
#include "excerpts.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "mastering/loudness.h"
#include "support/spectrum.h"

namespace focus::test {
namespace {

constexpr double kSeconds = 9.0;
constexpr int kRate = 48000;

double correlation(std::span<const float> left, std::span<const float> right) {
  double ll = 0.0, rr = 0.0, lr = 0.0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double l = static_cast<double>(left[i]), r = static_cast<double>(right[i]);
    ll += l * l;
    rr += r * r;
    lr += l * r;
  }
  return lr / std::sqrt(ll * rr + 1e-30);
}

double power(std::span<const float> samples) {
  double sum = 0.0;
  for (const float x : samples) sum += static_cast<double>(x) * static_cast<double>(x);
  return sum;
}

/// What is left below about 120 Hz: four running means, one after the other.
std::vector<float> bass_of(std::vector<float> samples) {
  constexpr std::size_t kSpan = 200;
  for (int pass = 0; pass < 4; ++pass) {
    double sum = 0.0;
    std::vector<float> smooth(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      sum += static_cast<double>(samples[i]);
      if (i >= kSpan) sum -= static_cast<double>(samples[i - kSpan]);
      smooth[i] = static_cast<float>(sum / static_cast<double>(kSpan));
    }
    samples = std::move(smooth);
  }
  return samples;
}

Excerpt measure(const CollectingSink& sink) {
  Excerpt excerpt;
  excerpt.finite = !sink.left.empty();
  for (const auto* side : {&sink.left, &sink.right}) {
    double sum = 0.0;
    for (const float x : *side) {
      excerpt.finite = excerpt.finite && std::isfinite(x);
      excerpt.peak = std::max(excerpt.peak, std::fabs(static_cast<double>(x)));
      sum += static_cast<double>(x);
    }
    excerpt.offset = std::max(excerpt.offset, std::fabs(sum / static_cast<double>(side->size())));
  }
  const float* channels[] = {sink.left.data(), sink.right.data()};
  const auto loudness = mastering::measure_loudness(
      audio::ConstAudioView(channels, 2, static_cast<std::int64_t>(sink.left.size())), kRate);
  excerpt.loudness_lufs = loudness.ok() ? loudness->integrated_lufs : -100.0;
  const Spectrum spectrum(sink.left, kRate, 8192);
  excerpt.brightness = spectrum.magnitude_share(1500.0, 8000.0);
  excerpt.top_db = spectrum.db_above(20'000.0);
  excerpt.correlation = correlation(sink.left, sink.right);
  std::vector<float> side(sink.left.size());
  for (std::size_t i = 0; i < side.size(); ++i) side[i] = 0.5f * (sink.left[i] - sink.right[i]);
  const double whole = 0.5 * (power(sink.left) + power(sink.right));
  excerpt.side_bass_db = 10.0 * std::log10((power(bass_of(side)) + 1e-30) / (whole + 1e-30));
  return excerpt;
}

}  // namespace

const Excerpt& excerpt_of(plan::Goal goal, plan::Intensity intensity, std::uint64_t seed) {
  static std::map<std::tuple<plan::Goal, plan::Intensity, std::uint64_t>, Excerpt> known;
  const auto [found, is_new] = known.try_emplace({goal, intensity, seed});
  if (is_new) found->second = measure(play(brief_for(goal, intensity, kSeconds, seed)));
  return found->second;
}

}  // namespace focus::test
