// SPDX-License-Identifier: MIT
#include "engines/library/wish.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <span>

#include "plan/lexicon.h"
#include "plan/prompt_words.h"

namespace focus::core::engines {
namespace {

struct GoalFigures {
  double energy;
  double bpm;
  double brightness;
  double rise;
  double arch;
};

GoalFigures figures_for(plan::Goal goal) {
  switch (goal) {
    case plan::Goal::relax:
      return {0.20, 76.0, 0.32, -0.06, 0.0};
    case plan::Goal::sleep:
      return {0.08, 62.0, 0.15, -0.12, 0.0};
    case plan::Goal::energize:
      return {0.75, 126.0, 0.65, 0.08, 0.12};
    case plan::Goal::focus:
    case plan::Goal::custom_prompt:
      break;
  }
  return {0.38, 96.0, 0.42, 0.0, 0.10};
}

double intensity_step(plan::Intensity intensity) {
  return intensity == plan::Intensity::low ? -1.0 : intensity == plan::Intensity::high ? 1.0 : 0.0;
}

// Words that name nothing.
constexpr std::array<std::string_view, 34> kEmptyWords = {
    "the",   "and",  "for",   "with", "music", "songs", "song", "tracks", "track",
    "some",  "ones", "only",  "from", "like",  "that",  "this", "please", "play",
    "my",    "of",   "a",     "an",   "in",    "to",    "by",   "more",   "less",
    "album", "feat", "genre", "me",   "very",  "slow",  "fast"};
constexpr std::array<std::string_view, 9> kNegations = {"no",    "not",  "without", "except", "but",
                                                        "never", "ohne", "kein",    "sans"};
constexpr std::size_t kShortestWord = 3;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (plan::PromptWord& word : plan::split_words(text)) words.push_back(std::move(word.text));
  return words;
}

bool names_nothing(const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return word.size() < kShortestWord || plan::contains(kEmptyWords, word);
  });
}

}  // namespace

double TrackWish::energy_at(double seconds) const {
  const double u = session_seconds > 0.0 ? std::clamp(seconds / session_seconds, 0.0, 1.0) : 0.0;
  return energy + rise * (u - 0.5) + arch * (std::sin(std::numbers::pi * std::pow(u, 1.2)) - 0.6);
}

TrackWish wish_of(const plan::Brief& brief) {
  const GoalFigures goal = figures_for(brief.character);
  const double step = intensity_step(brief.intensity);
  const plan::PromptLeaning& leaning = brief.leaning;
  TrackWish wish;
  wish.seed = brief.seed;
  wish.character = brief.character;
  wish.session_seconds = brief.session_seconds;
  wish.divergence = brief.divergence;
  wish.energy = std::clamp(
      goal.energy + 0.13 * step + 0.3 * leaning.energy + 0.15 * leaning.density, 0.0, 1.0);
  wish.bpm = leaning.tempo_bpm > 0.0
                 ? leaning.tempo_bpm
                 : goal.bpm * std::exp2(0.18 * step + 0.5 * leaning.tempo + 0.2 * leaning.energy);
  wish.brightness = std::clamp(goal.brightness + 0.08 * step + 0.35 * leaning.brightness, 0.0, 1.0);
  wish.rise = goal.rise + 0.25 * leaning.rise;
  wish.arch = goal.arch;
  wish.prompt = brief.prompt;
  return wish;
}

double brightness_of(const TrackFigures& figures) {
  // From 350 Hz to 5 kHz.
  return std::clamp((std::log2(std::max(figures.brightness_hz, 1.0)) - 8.45) / 3.85, 0.0, 1.0);
}

PromptMatch::PromptMatch(std::string_view prompt) {
  for (plan::PromptWord& word : plan::split_words(prompt)) {
    const bool is_capital = prompt[word.begin] >= 'A' && prompt[word.begin] <= 'Z';
    is_name_.push_back(is_capital && word.gap != plan::Gap::stop);
    words_.push_back(std::move(word.text));
  }
}

PromptMatch::Found PromptMatch::match(const Track& track) const {
  Found found;
  if (words_.empty()) return found;
  // Named is what the prompt has in full, word by word. A single word that says something of music
  // ("calm", "focus") says it also where a title is the same, unless it is written as a name is: a
  // "Bach" within a sentence is a composer, and a "bach" a brook.
  const auto name = [&](const std::string& text, bool is_genre = false) {
    const std::vector<std::string> words = words_of(text);
    if (words.empty() || names_nothing(words)) return;
    const auto at = std::search(words_.begin(), words_.end(), words.begin(), words.end());
    if (at == words_.end()) return;
    const bool is_negated = at != words_.begin() && plan::contains(kNegations, *(at - 1));
    if (!is_negated && !is_genre && words.size() == 1 &&
        !is_name_[static_cast<std::size_t>(at - words_.begin())] &&
        plan::find_sense(words.front()) != nullptr) {
      return;
    }
    (is_negated ? found.is_unwanted : found.is_named) = true;
    if (!is_negated && found.what.empty()) found.what = text;
  };
  name(track.tags.artist);
  name(track.tags.album);
  name(track.tags.genre, true);
  name(track.name());
  std::string all = track.tags.artist + "/" + track.tags.album + "/" + track.tags.genre + "/" +
                    track.name() + "/";
  for (const auto& part : std::filesystem::path(track.place).parent_path()) {
    name(part.string());
    all += part.string() + "/";
  }
  // An artist is often called by one name of several: "Bach".
  for (const std::string& word : words_of(track.tags.artist + "/" + track.tags.genre)) {
    name(word);
  }
  const std::vector<std::string> own = words_of(all);
  for (const std::string& word : words_) {
    if (word.size() < kShortestWord || plan::contains(kEmptyWords, word)) continue;
    if (std::find(own.begin(), own.end(), word) != own.end()) ++found.words;
  }
  return found;
}

}  // namespace focus::core::engines
