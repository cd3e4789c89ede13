// SPDX-License-Identifier: MIT
#include "plan/prompt.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace focus::core {
namespace {

/// What one known word adds: a vote for a goal and pushes on the leaning.
struct Entry {
  std::string_view word;
  std::optional<Goal> goal;
  double brightness, density, energy;
};

constexpr std::optional<Goal> kNoGoal = std::nullopt;

constexpr Entry kLexicon[] = {
    // What it is for
    {"focus", Goal::focus, 0, 0, 0},
    {"study", Goal::focus, 0, 0, 0},
    {"studying", Goal::focus, 0, 0, 0},
    {"work", Goal::focus, 0, 0, 0},
    {"working", Goal::focus, 0, 0, 0},
    {"concentration", Goal::focus, 0, 0, 0},
    {"coding", Goal::focus, 0, .2, .1},
    {"reading", Goal::focus, -.1, -.3, -.2},
    {"writing", Goal::focus, 0, -.2, -.1},
    {"relax", Goal::relax, -.1, -.1, -.1},
    {"relaxing", Goal::relax, -.1, -.1, -.1},
    {"meditation", Goal::relax, -.2, -.4, -.3},
    {"yoga", Goal::relax, 0, -.2, -.2},
    {"spa", Goal::relax, 0, -.2, -.2},
    {"sleep", Goal::sleep, 0, 0, 0},
    {"sleeping", Goal::sleep, 0, 0, 0},
    {"sleepy", Goal::sleep, 0, 0, 0},
    {"night", Goal::sleep, -.2, -.1, -.1},
    {"lullaby", Goal::sleep, 0, .1, 0},
    {"workout", Goal::energize, .1, .2, .3},
    {"running", Goal::energize, .1, .2, .3},
    {"party", Goal::energize, .2, .3, .3},
    {"motivation", Goal::energize, .1, .1, .2},
    // Moods
    {"calm", Goal::relax, -.1, -.2, -.3},
    {"peaceful", Goal::relax, -.1, -.2, -.3},
    {"gentle", Goal::relax, -.2, -.1, -.2},
    {"soft", kNoGoal, -.3, -.1, -.2},
    {"dreamy", Goal::relax, -.1, 0, -.2},
    {"warm", kNoGoal, -.3, 0, 0},
    {"mellow", kNoGoal, -.3, -.1, -.2},
    {"dark", kNoGoal, -.6, 0, -.1},
    {"darker", kNoGoal, -.6, 0, -.1},
    {"deep", kNoGoal, -.4, -.1, 0},
    {"bright", kNoGoal, .6, 0, .1},
    {"brighter", kNoGoal, .6, 0, .1},
    {"sparkling", kNoGoal, .6, .2, .1},
    {"airy", kNoGoal, .4, -.1, 0},
    {"happy", kNoGoal, .3, .1, .2},
    {"sad", kNoGoal, -.3, -.1, -.2},
    {"melancholic", kNoGoal, -.3, -.1, -.2},
    {"energetic", Goal::energize, .2, .3, .4},
    {"upbeat", Goal::energize, .2, .2, .3},
    {"driving", Goal::energize, .1, .2, .4},
    {"intense", kNoGoal, .1, .4, .5},
    // Genres
    {"ambient", Goal::relax, -.1, -.3, -.3},
    {"drone", Goal::sleep, -.2, -.6, -.4},
    {"lofi", Goal::focus, -.3, .1, 0},
    {"techno", Goal::energize, .1, .2, .3},
    {"house", Goal::energize, .1, .2, .2},
    {"electronic", Goal::energize, .2, .1, .1},
    {"jazz", Goal::focus, 0, .2, 0},
    {"classical", Goal::focus, 0, .1, 0},
    {"minimal", kNoGoal, 0, -.5, -.2},
    // How much
    {"sparse", kNoGoal, 0, -.6, -.1},
    {"simple", kNoGoal, 0, -.4, 0},
    {"quiet", kNoGoal, -.2, -.3, -.3},
    {"busy", kNoGoal, .1, .6, .2},
    {"dense", kNoGoal, 0, .6, .1},
    {"rich", kNoGoal, 0, .4, 0},
    {"slow", kNoGoal, 0, -.2, -.4},
    {"fast", kNoGoal, 0, .2, .5},
    // Scenery
    {"rain", Goal::relax, 0, -.1, 0},
    {"rainy", Goal::relax, -.1, -.1, 0},
    {"ocean", Goal::relax, -.1, -.2, -.1},
    {"forest", Goal::relax, .1, 0, 0},
    {"space", Goal::relax, -.2, -.3, -.1},
    {"sunrise", kNoGoal, .4, 0, .1},
    {"sunset", kNoGoal, -.2, 0, -.1},
};

struct StemWord {
  std::string_view word;
  Stem stem;
};
constexpr StemWord kStems[] = {
    {"drums", Stem::percussion}, {"drum", Stem::percussion},  {"percussion", Stem::percussion},
    {"beat", Stem::percussion},  {"beats", Stem::percussion}, {"rhythm", Stem::percussion},
    {"melody", Stem::melody},    {"melodies", Stem::melody},  {"lead", Stem::melody},
    {"bass", Stem::bass},        {"sub", Stem::bass},
};

struct ModeWord {
  std::string_view word;
  Mode mode;
};
constexpr ModeWord kModes[] = {
    {"major", Mode::ionian},          {"minor", Mode::aeolian},
    {"dorian", Mode::dorian},         {"lydian", Mode::lydian},
    {"mixolydian", Mode::mixolydian}, {"aeolian", Mode::aeolian},
    {"ionian", Mode::ionian},         {"pentatonic", Mode::minor_pentatonic},
};

constexpr std::string_view kNegations[] = {"no", "not", "without", "less", "avoid"};
constexpr std::string_view kIntensifiers[] = {"very", "really", "extremely", "super"};
constexpr std::string_view kSofteners[] = {"slightly", "bit", "little", "somewhat"};
constexpr std::string_view kFillers[] = {"a", "the", "any", "too", "of", "with", "some"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

template <typename Table>
auto find_word(const Table& table, std::string_view word) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const auto& entry) { return entry.word == word; });
  return found == std::end(table) ? nullptr : &*found;
}

/// ASCII letters and digits make words; letters are lowered, "lo-fi" is one word, other UTF-8 parts
/// them.
std::vector<std::string> words_of(std::string_view prompt) {
  std::vector<std::string> words(1);
  for (const char c : prompt) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      words.back() += static_cast<char>(upper ? c - 'A' + 'a' : c);
    } else if (c != '-' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// "70bpm", or "70" before "bpm"; 0 where it is no tempo that music has.
double tempo_in(std::string_view word, std::string_view next) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{}) return 0.0;
  const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
  const bool named = rest == "bpm" || (rest.empty() && next == "bpm");
  return named && number >= 30 && number <= 200 ? number : 0.0;
}

double clamp_leaning(double value) { return std::clamp(value, -1.0, 1.0); }

}  // namespace

PromptReading read_prompt(std::string_view prompt) {
  PromptReading reading;
  std::array<double, 4> votes{};  // for focus, relax, sleep, energize
  double amount = 1.0;            // of the next known word: negative after a negation
  const std::vector<std::string> words = words_of(prompt);

  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view();
    bool known = true;
    if (contains(kNegations, word)) {
      amount = -std::abs(amount);
      continue;
    }
    if (contains(kIntensifiers, word)) {
      amount *= 1.5;
      continue;
    }
    if (contains(kSofteners, word)) {
      amount *= 0.5;
      continue;
    }
    if (contains(kFillers, word)) continue;

    if (const double tempo = tempo_in(word, next); tempo > 0.0) {
      reading.leaning.tempo_bpm = tempo;
    } else if (const Entry* entry = find_word(kLexicon, word)) {
      reading.leaning.brightness += amount * entry->brightness;
      reading.leaning.density += amount * entry->density;
      reading.leaning.energy += amount * entry->energy;
      if (entry->goal) votes[static_cast<std::size_t>(*entry->goal)] += amount;
    } else if (const StemWord* named = find_word(kStems, word)) {
      reading.leaning.of(named->stem) = amount < 0.0 ? -1.0 : 0.5;
    } else if (const ModeWord* mode = find_word(kModes, word); mode != nullptr && amount > 0.0) {
      reading.mode = mode->mode;
    } else {
      known = false;
    }
    if (known) reading.understood.push_back(word);
    amount = 1.0;
  }

  const auto best = std::max_element(votes.begin(), votes.end());
  if (*best > 0.0) reading.character = static_cast<Goal>(best - votes.begin());
  reading.leaning.brightness = clamp_leaning(reading.leaning.brightness);
  reading.leaning.density = clamp_leaning(reading.leaning.density);
  reading.leaning.energy = clamp_leaning(reading.leaning.energy);
  return reading;
}

}  // namespace focus::core
