// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "plan/prompt_words.h"
#include "plan/scenes.h"

namespace focus::core::plan {
namespace {

struct SceneWord {
  std::string_view word;
  Scene scene;
};

constexpr SceneWord kSceneWords[] = {{"rain", Scene::rain},
                                     {"rains", Scene::rain},
                                     {"raindrops", Scene::rain},
                                     {"raining", Scene::rain},
                                     {"rainfall", Scene::rain},
                                     {"drizzle", Scene::rain},
                                     {"storm", Scene::storm},
                                     {"thunder", Scene::storm},
                                     {"thunderstorm", Scene::storm},
                                     {"rainstorm", Scene::storm},
                                     {"sea", Scene::sea},
                                     {"ocean", Scene::sea},
                                     {"waves", Scene::sea},
                                     {"surf", Scene::sea},
                                     {"beach", Scene::sea},
                                     {"shore", Scene::sea},
                                     {"stream", Scene::stream},
                                     {"brook", Scene::stream},
                                     {"creek", Scene::stream},
                                     {"river", Scene::stream},
                                     {"waterfall", Scene::waterfall},
                                     {"waterfalls", Scene::waterfall},
                                     {"wind", Scene::wind},
                                     {"breeze", Scene::wind},
                                     {"fire", Scene::fire},
                                     {"fireplace", Scene::fire},
                                     {"campfire", Scene::fire},
                                     {"fireside", Scene::fire},
                                     {"night", Scene::night},
                                     {"crickets", Scene::night},
                                     {"cricket", Scene::night},
                                     {"owl", Scene::night},
                                     {"owls", Scene::night},
                                     {"birds", Scene::birds},
                                     {"birdsong", Scene::birds},
                                     {"bird", Scene::birds},
                                     {"forest", Scene::birds},
                                     {"cafe", Scene::cafe},
                                     {"coffeehouse", Scene::cafe},
                                     {"coffeeshop", Scene::cafe},
                                     {"murmur", Scene::cafe},
                                     {"train", Scene::train},
                                     {"railway", Scene::train},
                                     {"fan", Scene::fan},
                                     {"ventilator", Scene::fan},
                                     {"heartbeat", Scene::heartbeat},
                                     {"heartbeats", Scene::heartbeat},
                                     {"heart", Scene::heartbeat},
                                     {"binaural", Scene::binaural},
                                     {"isochronic", Scene::isochronic},
                                     {"isochronous", Scene::isochronic}};

/// These are noises only where the prompt speaks of noise.
constexpr SceneWord kColourWords[] = {{"white", Scene::white},   {"pink", Scene::pink},
                                      {"brown", Scene::brown},   {"brownian", Scene::brown},
                                      {"red", Scene::brown},     {"blue", Scene::blue},
                                      {"violet", Scene::violet}, {"purple", Scene::violet},
                                      {"grey", Scene::grey},     {"gray", Scene::grey}};

struct LevelWord {
  std::string_view word;
  double db;
};
constexpr LevelWord kLevelWords[] = {
    {"distant", -9.0}, {"far", -9.0},  {"faraway", -9.0}, {"faint", -9.0},  {"background", -6.0},
    {"quiet", -6.0},   {"soft", -5.0}, {"softly", -5.0},  {"gentle", -4.0}, {"light", -4.0},
    {"little", -6.0},  {"some", -4.0}, {"slight", -6.0},  {"loud", 4.0},    {"heavy", 4.0},
    {"strong", 4.0},   {"close", 3.0}, {"near", 3.0}};

template <typename Table>
const auto* row_of(const Table& table, std::string_view word) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const auto& row) { return row.word == word; });
  return found == std::end(table) ? nullptr : &*found;
}

bool speaks_of(std::span<const PromptWord> words, std::initializer_list<std::string_view> any) {
  return std::any_of(words.begin(), words.end(), [&](const PromptWord& word) {
    return std::find(any.begin(), any.end(), word.text) != any.end();
  });
}

/// Whether a word ends what a negation or a level word reaches.
bool is_turn(const PromptWord& word) {
  constexpr std::string_view kTurns[] = {"with", "but", "over", "under", "plus"};
  return word.gap >= Gap::comma || contains(kTurns, word.text);
}

/// How the words before words[at] mean it: its level, or nothing where they refuse it.
std::optional<double> level_before(std::span<const PromptWord> words, std::size_t at) {
  constexpr std::string_view kRefusals[] = {"no", "without", "not"};
  double db = 0.0;
  for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
    if (is_turn(words[at - back + 1])) break;
    const PromptWord& word = words[at - back];
    if (contains(kRefusals, word.text)) return std::nullopt;
    const bool named = row_of(kSceneWords, word.text) || word.text == "noise";
    if (named) break;
    if (const LevelWord* row = row_of(kLevelWords, word.text)) db += row->db;
  }
  return std::clamp(db, -18.0, 6.0);
}

/// The surface on which rain falls.
Scene rain_of(std::span<const PromptWord> words) {
  if (speaks_of(words, {"tent", "canvas", "tarp", "caravan"})) return Scene::rain_tent;
  if (speaks_of(words, {"window", "windows", "glass", "pane", "roof"})) return Scene::rain_window;
  if (speaks_of(words, {"forest", "leaves", "trees", "woods"})) return Scene::rain_forest;
  return Scene::rain;
}

/// The numbers before "Hz": the lowest is the beat, a higher one the carrier.
void read_hertz(std::span<const PromptWord> words, SceneLayer& layer) {
  std::vector<double> found;
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (words[at].text != "hz" && words[at].text != "hertz") continue;
    const std::string& text = words[at - 1].text;
    double value = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc() && end == text.data() + text.size()) found.push_back(value);
  }
  std::sort(found.begin(), found.end());
  if (!found.empty() && found.front() <= kHighestBeat) {
    layer.beat_hertz = std::max(found.front(), kLowestBeat);
  }
  if (!found.empty() && found.back() > layer.beat_hertz) {
    layer.carrier_hertz = std::clamp(found.back(), kLowestCarrier, kHighestCarrier);
  }
}

void add_scene(SceneMix& mix, const SceneLayer& layer) {
  const bool known = std::any_of(
      mix.begin(), mix.end(), [&](const SceneLayer& other) { return other.scene == layer.scene; });
  if (!known) mix.push_back(layer);
}

}  // namespace

SceneMix scenes_in_prompt(std::string_view prompt) {
  const std::vector<PromptWord> words = split_words(prompt);
  const bool of_noise = speaks_of(words, {"noise", "noises"});
  const bool of_rain = speaks_of(words, {"rain", "rains", "raining", "rainfall", "raindrops"});
  const bool of_storm = speaks_of(words, {"storm", "thunder", "thunderstorm"});
  SceneMix mix;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    const SceneWord* row = row_of(kSceneWords, word);
    if (row == nullptr && of_noise) row = row_of(kColourWords, word);
    const bool of_coffee = (word == "coffee" && at + 1 < words.size() &&
                            (words[at + 1].text == "shop" || words[at + 1].text == "house"));
    constexpr SceneWord kCoffee = {"coffee", Scene::cafe};
    if (of_coffee) row = &kCoffee;
    if (row == nullptr) continue;
    const auto level = level_before(words, at);
    if (!level) continue;
    SceneLayer layer;
    layer.scene = row->scene;
    layer.level_db = *level;
    if (layer.scene == Scene::rain) {
      if (of_storm) continue;  // it belongs to the storm
      layer.scene = rain_of(words);
    }
    const bool names_surface = word == "forest" && of_rain;
    if (names_surface) continue;
    if (is_beat(layer.scene)) {
      read_hertz(words, layer);
    }
    add_scene(mix, layer);
  }
  std::sort(mix.begin(), mix.end(),
            [](const SceneLayer& a, const SceneLayer& b) { return a.scene < b.scene; });
  if (mix.size() == 1) mix.front().level_db = 0.0;  // alone: there is nothing to be softer than
  return mix;
}

}  // namespace focus::core::plan
