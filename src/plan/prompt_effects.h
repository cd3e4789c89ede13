// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "plan/lexicon.h"
#include "plan/prompt.h"

namespace focus::core::plan {

/// How the words that follow are meant, after the negations and amounts before them.
enum class Stance {
  wanted,
  less,     ///< "less bass"
  mild,     ///< "not too bright"
  denied,   ///< "not bright"
  refused,  ///< "no drums"
};

/// How one word of the music is meant.
struct Emphasis {
  Stance stance = Stance::wanted;
  double amount = 1.0;    ///< 1: as the lexicon has it
  std::size_t place = 0;  ///< of the word in the prompt: among goals with equal votes the last wins
};

/// What the words of a prompt do to its reading. Words that name a thing win over words that only
/// imply it; an explicit exclusion stays.
class PromptEffects {
 public:
  /// Writes into `reading`, which outlives this. With `keeps_tempo` no word changes the tempo.
  PromptEffects(PromptReading& reading, bool keeps_tempo)
      : reading_(reading), keeps_tempo_(keeps_tempo) {}

  /// Applies the pushes of a word. Returns those that had an effect, as they were applied.
  std::vector<Push> apply(const Sense& sense, const Emphasis& emphasis);
  /// The prompt names a mode; no word that implies one changes it any more.
  void name_mode(Mode mode);
  /// Takes out all that the prompt does not name, if it names anything that sounds.
  void leave_only_the_named();
  /// Where the words speak for calm and for energy, the tempo stays that of the goal.
  void reconcile();
  /// The goal that the words speak for; nothing where they speak for none.
  std::optional<Goal> voted() const;

 private:
  /// What the prompt says about a thing by its own name.
  enum class Said : std::uint8_t { nothing, wanted, refused };

  Push push_quality(Push push, const Sense& sense, const Emphasis& emphasis);
  Push push_thing(Push push, bool first, const Sense& sense, const Emphasis& emphasis);
  Push push_mode(Push push, bool named, const Emphasis& emphasis);
  Push vote(Push push, double scale, std::size_t place);
  double& value_of(const Push& push);
  Said& said_of(const Push& push);

  PromptReading& reading_;
  const bool keeps_tempo_;
  std::array<double, 4> votes_{};  // for focus, relax, sleep, energize
  std::array<Said, kInstrumentCount + kSceneryCount + kStemCount> said_{};
  bool mode_named_ = false;
  bool names_tempo_ = false;
};

}  // namespace focus::core::plan
