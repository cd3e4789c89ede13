// SPDX-License-Identifier: MIT
#include "engines/library/track_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include "base/text.h"

namespace focus::core::engines {
namespace {

constexpr double kNotKnown = 0.4;
constexpr std::size_t kStandIns = 12;
constexpr std::size_t kFirst = 12;
// How much each distance counts. The first three are of the fit to the session, the others of that
// to the track before.
constexpr double kEnergyWeight = 1.0;
constexpr double kTempoWeight = 0.5;
constexpr double kBrightnessWeight = 0.4;
constexpr double kNeighbourKey = 0.5;
constexpr double kNeighbourTempo = 0.5;
constexpr double kNeighbourEnergy = 0.3;
constexpr double kWordBonus = 0.5;

bool has_beat(const TrackFigures& figures) {
  return figures.bpm > 0.0 && figures.beat_confidence >= 0.3;
}

double tempo_ratio_distance(double a, double b) {
  const double octaves = std::log2(a / b);
  const double folded = octaves - std::round(octaves);
  return std::min(std::abs(folded) / 0.25 + (std::abs(octaves) > 0.5 ? 0.25 : 0.0), 1.0);
}

/// For each track, how many of all have less of something: 0 to 1.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> found(values.size(), 0.5);
  for (std::size_t i = 0; order.size() > 1 && i < order.size(); ++i) {
    found[order[i]] = static_cast<double>(i) / static_cast<double>(order.size() - 1);
  }
  return found;
}

}  // namespace

double key_distance(const MusicalKey& a, const MusicalKey& b) {
  if (!a.known() || !b.known()) return kNotKnown;
  const int apart = std::abs(a.position() - b.position());
  const int fifths = std::min(apart, 12 - apart);
  // A neighbour on the circle shares all notes but one.
  return std::min(1.0, fifths / 4.0 + (a.is_minor != b.is_minor ? 0.1 : 0.0));
}

double tempo_distance(const TrackFigures& a, const TrackFigures& b) {
  if (!has_beat(a) || !has_beat(b)) return kNotKnown;
  return tempo_ratio_distance(a.bpm, b.bpm);
}

TrackChoice::TrackChoice(const LibrarySnapshot& snapshot, const TrackWish& wish)
    : snapshot_(snapshot), wish_(wish) {
  const std::size_t count = snapshot.tracks.size();
  std::vector<double> energies(count), brightness(count);
  for (std::size_t i = 0; i < count; ++i) {
    energies[i] = snapshot.tracks[i].figures.energy;
    brightness[i] = brightness_of(snapshot.tracks[i].figures);
  }
  const std::vector<double> energy_ranks = ranks(energies), brightness_ranks = ranks(brightness);
  const PromptMatch prompt(wish.prompt);
  bool any_named = false;
  for (std::size_t i = 0; i < count; ++i) {
    Candidate candidate;
    candidate.track = i;
    candidate.energy = 0.5 * (energies[i] + energy_ranks[i]);
    candidate.brightness = 0.5 * (brightness[i] + brightness_ranks[i]);
    const TrackFigures& figures = snapshot.tracks[i].figures;
    candidate.tempo_off =
        has_beat(figures) ? tempo_ratio_distance(figures.bpm, wish.bpm) : kNotKnown;
    candidate.random = Random(wish.seed).fork("track").fork(snapshot.tracks[i].place).bits();
    if (!prompt.empty()) {
      PromptMatch::Found found = prompt.match(snapshot.tracks[i]);
      if (found.is_unwanted) continue;
      candidate.bonus = kWordBonus * std::min(found.words, 3);
      if (found.is_named) candidate.named = std::move(found.what);
      any_named |= found.is_named;
    }
    pool_.push_back(std::move(candidate));
  }
  if (any_named) {
    std::erase_if(pool_, [](const Candidate& candidate) { return candidate.named.empty(); });
  }
}

double TrackChoice::cost(std::size_t candidate, double energy) const {
  const Candidate& own = pool_[candidate];
  const TrackFigures& figures = snapshot_.tracks[own.track].figures;
  // Divergence widens what fits as well as what is wanted.
  const auto beyond = [&](double distance, double width) {
    return std::max(distance - width * wish_.divergence, 0.0);
  };
  double sum = kEnergyWeight * beyond(std::abs(own.energy - energy), 0.25) / 0.2 +
               kTempoWeight * beyond(own.tempo_off, 0.5) +
               kBrightnessWeight * beyond(std::abs(own.brightness - wish_.brightness), 0.3) / 0.25;
  if (count_ > 0) {
    const Candidate& before = pool_[before_];
    const TrackFigures& other = snapshot_.tracks[before.track].figures;
    sum += (kNeighbourKey * key_distance(figures.key, other.key) +
            kNeighbourTempo * tempo_distance(figures, other) +
            kNeighbourEnergy * std::min(std::abs(own.energy - before.energy) / 0.3, 1.0)) /
           (1.0 + wish_.divergence);
  }
  // Of tracks that are about as good, the seed decides.
  Random random = Random(own.random).fork(static_cast<std::uint64_t>(count_));
  const double chance = count_ == 0 ? 0.0 : 0.6 + 0.8 * wish_.divergence;
  return sum - own.bonus + chance * random.uniform();
}

TrackChoice::Chosen TrackChoice::choose(double seconds) {
  const double energy = wish_.energy_at(seconds);
  int least = pool_.front().played;
  for (const Candidate& candidate : pool_) least = std::min(least, candidate.played);
  // What was played just before the last round ended does not begin the next one.
  const auto rest = static_cast<std::int64_t>(std::min<std::size_t>(pool_.size() / 2, 20));
  std::vector<std::pair<double, std::size_t>> costs;
  for (std::size_t i = 0; i < pool_.size(); ++i) {
    const Candidate& candidate = pool_[i];
    const bool is_fresh = candidate.last < 0 || count_ - candidate.last > rest;
    if (candidate.played == least && is_fresh) costs.emplace_back(cost(i, energy), i);
  }
  if (costs.empty()) {  // all that is due was heard just now
    for (std::size_t i = 0; i < pool_.size(); ++i) {
      if (pool_.size() > 1 && count_ > 0 && i == before_) continue;
      costs.emplace_back(cost(i, energy) + pool_[i].played * 10.0, i);
    }
  }
  const std::size_t most = std::min(costs.size(), kStandIns + 1);
  std::partial_sort(costs.begin(), costs.begin() + static_cast<std::ptrdiff_t>(most), costs.end());
  // The first is one of the best few: each seed begins with another than the seed before it.
  if (count_ == 0) {
    const std::size_t few = std::min(most, std::clamp<std::size_t>(pool_.size() / 4, 3, kFirst));
    std::swap(costs.front(), costs[wish_.seed % few]);
  }
  Chosen chosen;
  const std::size_t best = costs.front().second;
  chosen.track = pool_[best].track;
  chosen.why = why(best, energy);
  for (std::size_t i = 1; i < most; ++i) {
    chosen.next_best.push_back(pool_[costs[i].second].track);
  }
  // Where there were few: tracks that were heard already are better than none.
  for (std::size_t i = 0; chosen.next_best.size() < kStandIns && i < pool_.size(); ++i) {
    const std::size_t track = pool_[i].track;
    const auto& listed = chosen.next_best;
    if (track != chosen.track && std::find(listed.begin(), listed.end(), track) == listed.end()) {
      chosen.next_best.push_back(track);
    }
  }
  ++pool_[best].played;
  pool_[best].last = count_++;
  before_ = best;
  return chosen;
}

std::string TrackChoice::why(std::size_t chosen, double energy) const {
  const Candidate& own = pool_[chosen];
  const TrackFigures& figures = snapshot_.tracks[own.track].figures;
  std::vector<std::string> reasons;
  if (!own.named.empty()) {
    reasons.push_back(absl::StrCat("the prompt names ", one_line(own.named, 80)));
  } else if (own.bonus > 0.0) {
    reasons.push_back("it has words of the prompt");
  }
  reasons.push_back(absl::StrCat("its energy is ", decimals(own.energy, 2), " where ",
                                 decimals(energy, 2), " is wanted"));
  if (has_beat(figures)) {
    reasons.push_back(absl::StrCat("its tempo is ", decimals(figures.bpm, 0), " where ",
                                   decimals(wish_.bpm, 0), " is wanted"));
  }
  if (count_ > 0) {
    const TrackFigures& other = snapshot_.tracks[pool_[before_].track].figures;
    if (figures.key.known() && other.key.known()) {
      reasons.push_back(absl::StrCat(describe(figures.key), " follows ", describe(other.key)));
    }
  }
  if (own.played > 0) reasons.push_back("all others were played as often");
  return absl::StrJoin(reasons, "; ");
}

}  // namespace focus::core::engines
