// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engines/library/catalogue.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// What a session asks of its tracks. The same for all segments that one request has planned, so
/// that they have one programme.
struct TrackWish {
  std::uint64_t seed = 0;
  plan::Goal character = plan::Goal::focus;
  double session_seconds = 0.0;
  double divergence = 0.0;
  double energy = 0.35;  ///< 0 to 1, like TrackFigures::energy
  double bpm = 90.0;
  double brightness = 0.4;  ///< 0 to 1, see brightness_of()
  double rise = 0.0;        ///< by how much the energy rises from the beginning to the end
  double arch = 0.0;        ///< and by how much it is higher in between
  std::string prompt;

  /// The energy that is asked for at a moment of the session: the shape of the whole.
  double energy_at(double seconds) const;
  /// Tells whether two wishes have the same programme.
  bool operator==(const TrackWish&) const = default;
};

TrackWish wish_of(const plan::Brief& brief);

/// 0 (dark) to 1 (bright).
double brightness_of(const TrackFigures& figures);

/// What a prompt says of single tracks, by the words of their tags and folders.
class PromptMatch {
 public:
  explicit PromptMatch(std::string_view prompt);

  struct Found {
    bool is_named = false;     ///< the prompt names its artist, album, genre, folder or title
    bool is_unwanted = false;  ///< and says "no" or "without" before that
    int words = 0;             ///< single words of the prompt that it has
    std::string what;          ///< what was named, as its tag has it
  };
  Found match(const Track& track) const;
  bool empty() const { return words_.empty(); }

 private:
  std::vector<std::string> words_;  ///< as plan::split_words() normalises them
  std::vector<bool> is_name_;       ///< whether one is written as a name is, within a sentence
};

}  // namespace focus::core::engines
