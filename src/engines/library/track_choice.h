// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "engines/library/catalogue.h"
#include "engines/library/wish.h"

namespace focus::core::engines {

/// How far apart two keys are: 0 (the same notes) to 1; 0.4 where one is not known.
double key_distance(const MusicalKey& a, const MusicalKey& b);
/// How far apart two tempi are, as dancers feel it (half and double are near): 0 to 1; 0.4 where
/// one is not known.
double tempo_distance(const TrackFigures& a, const TrackFigures& b);

/// Chooses one track after the other. Of the tracks that a prompt names, or of all, those that were
/// played least often go first, so that nothing is repeated before all were played; of these the
/// one that fits the moment and the track before best. Divergence lets less fitting ones in. A pure
/// function of snapshot, wish, and what was chosen so far.
class TrackChoice {
 public:
  TrackChoice(const LibrarySnapshot& snapshot, const TrackWish& wish);

  bool empty() const { return pool_.empty(); }
  std::size_t pool_size() const { return pool_.size(); }

  struct Chosen {
    std::size_t track = 0;
    std::string why;
    std::vector<std::size_t> next_best;  ///< those that would have come instead
  };
  /// Chooses the track that begins at this time of the session.
  Chosen choose(double seconds);

 private:
  double cost(std::size_t candidate, double energy) const;
  std::string why(std::size_t chosen, double energy) const;

  struct Candidate {
    std::size_t track = 0;
    double energy = 0.0;  ///< half as measured, half as its rank in the library
    double brightness = 0.0;
    double tempo_off = 0.0;    ///< how far its tempo is from what is wanted
    std::uint64_t random = 0;  ///< what the seed makes of it
    double bonus = 0.0;        ///< of words that the prompt and its tags share
    std::string named;         ///< what the prompt names of it
    int played = 0;
    std::int64_t last = -1;  ///< the number of the choice by which it was played last
  };
  const LibrarySnapshot& snapshot_;
  const TrackWish& wish_;
  std::vector<Candidate> pool_;
  std::int64_t count_ = 0;
  std::size_t before_ = 0;  ///< of the pool, where `count_` is not 0
};

}  // namespace focus::core::engines
