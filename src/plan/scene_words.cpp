// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "plan/prompt_words.h"
#include "plan/scenes.h"

namespace focus::core::plan {
namespace {

/// Words in lower case and without accents, with `|` between: English, German, French, Spanish and
/// Italian.
struct SceneWords {
  Scene scene;
  std::string_view words;
};
constexpr SceneWords kSceneWords[] = {
    {Scene::rain,
     "rain|rains|raindrops|raining|rainfall|drizzle|regen|regentropfen|pluie|lluvia|pioggia"},
    {Scene::storm,
     "storm|thunder|thunderstorm|rainstorm|gewitter|donner|orage|tonnerre|tormenta|truenos|"
     "temporale|tuoni"},
    {Scene::sea,
     "sea|ocean|waves|surf|beach|shore|meer|ozean|wellen|brandung|strand|mer|vagues|plage|mar|"
     "olas|playa|mare|onde|spiaggia"},
    {Scene::stream, "stream|brook|creek|river|bach|fluss|ruisseau|riviere|arroyo|rio|ruscello"},
    {Scene::waterfall, "waterfall|waterfalls|wasserfall|cascade|cascada|cascata"},
    {Scene::wind, "wind|breeze|brise|vent|viento|brisa|vento|brezza"},
    {Scene::fire,
     "fire|fireplace|campfire|fireside|feuer|kamin|kaminfeuer|lagerfeuer|feu|cheminee|fuego|"
     "chimenea|hoguera|fuoco|caminetto"},
    {Scene::night,
     "night|crickets|cricket|owl|owls|nacht|grillen|eule|eulen|nuit|grillons|hibou|noche|grillos|"
     "buho|notte|grilli|gufo"},
    {Scene::birds,
     "birds|birdsong|bird|forest|vogel|vogelgesang|wald|oiseaux|foret|pajaros|bosque|uccelli|"
     "bosco"},
    {Scene::cafe, "cafe|coffeehouse|coffeeshop|murmur|kaffeehaus|gemurmel|cafeteria"},
    {Scene::train, "train|railway|zug|eisenbahn|tren|treno"},
    {Scene::fan, "fan|ventilator|lufter|ventilateur|ventilador|ventilatore"},
    {Scene::heartbeat, "heartbeat|heartbeats|heart|herzschlag|battement|latidos|battito"},
    {Scene::binaural, "binaural|binaurale|binaurales|binaurali"},
    {Scene::isochronic, "isochronic|isochronous|isochron|isochrone|isochrones|isocronicos"}};

/// These are noises only where the prompt speaks of noise.
constexpr SceneWords kColourWords[] = {
    {Scene::white, "white|weisses|blanc|blanco|bianco"},
    {Scene::pink, "pink|rosa|rose"},
    {Scene::brown, "brown|brownian|red|braunes|brun|marron|marrone"},
    {Scene::blue, "blue|blaues|bleu|azul|blu"},
    {Scene::violet, "violet|purple|violettes|violeta|viola"},
    {Scene::grey, "grey|gray|graues|gris|grigio"}};
constexpr std::string_view kNoiseWords = "noise|noises|rauschen|bruit|ruido|rumore";

constexpr std::string_view kRefusalWords =
    "no|without|not|kein|keine|keinen|ohne|sans|pas|sin|senza|non";
constexpr std::string_view kTentWords = "tent|canvas|tarp|caravan|zelt|tente|tienda|tenda";
constexpr std::string_view kWindowWords =
    "window|windows|glass|pane|roof|fenster|dach|fenetre|toit|ventana|tejado|finestra|tetto";
constexpr std::string_view kForestWords =
    "forest|leaves|trees|woods|wald|blatter|foret|feuilles|bosque|hojas|bosco|foglie";

struct LevelWords {
  double db;
  std::string_view words;
};
constexpr LevelWords kLevelWords[] = {
    {-9.0,
     "distant|far|faraway|faint|fern|ferner|fernes|entfernter|entferntes|lointain|lejano|"
     "lontano"},
    {-6.0, "background|quiet|little|slight|leise|leiser|leises"},
    {-4.0,
     "soft|softly|gentle|light|some|sanft|sanfter|sanftes|doux|douce|leger|suave|leggera|"
     "leggero"},
    {3.0, "close|near|nah|naher|nahes|proche|cerca|vicino"},
    {4.0, "loud|heavy|strong|laut|lauter|lautes|starker|starkes|fort|forte|fuerte"}};

/// Whether a word is one of a list with `|` between.
bool is_one_of(std::string_view word, std::string_view list) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find('|', at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

template <typename Table>
const auto* row_of(const Table& table, std::string_view word) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const auto& row) { return is_one_of(word, row.words); });
  return found == std::end(table) ? nullptr : &*found;
}

bool speaks_of(std::span<const PromptWord> words, std::string_view list) {
  return std::any_of(words.begin(), words.end(),
                     [&](const PromptWord& word) { return is_one_of(word.text, list); });
}

/// Whether a word ends what a negation or a level word reaches.
bool is_turn(const PromptWord& word) {
  constexpr std::string_view kTurns =
      "with|but|over|under|plus|mit|aber|uber|unter|avec|mais|sur|con|pero|sobre|ma|su";
  return word.gap >= Gap::comma || is_one_of(word.text, kTurns);
}

/// How the words before words[at] mean it: its level, or nothing where they refuse it.
std::optional<double> level_before(std::span<const PromptWord> words, std::size_t at) {
  double db = 0.0;
  for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
    if (is_turn(words[at - back + 1])) break;
    const PromptWord& word = words[at - back];
    if (is_one_of(word.text, kRefusalWords)) return std::nullopt;
    const bool named = row_of(kSceneWords, word.text) || is_one_of(word.text, kNoiseWords);
    if (named) break;
    if (const LevelWords* row = row_of(kLevelWords, word.text)) db += row->db;
  }
  return std::clamp(db, -18.0, 6.0);
}

/// The surface on which rain falls.
Scene rain_of(std::span<const PromptWord> words) {
  if (speaks_of(words, kTentWords)) return Scene::rain_tent;
  if (speaks_of(words, kWindowWords)) return Scene::rain_window;
  if (speaks_of(words, kForestWords)) return Scene::rain_forest;
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
  const bool of_noise = speaks_of(words, kNoiseWords);
  const bool of_rain = speaks_of(words, kSceneWords[0].words);
  const bool of_storm = speaks_of(words, kSceneWords[1].words);
  SceneMix mix;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    const SceneWords* row = row_of(kSceneWords, word);
    if (row == nullptr && of_noise) row = row_of(kColourWords, word);
    const bool of_coffee = (word == "coffee" && at + 1 < words.size() &&
                            (words[at + 1].text == "shop" || words[at + 1].text == "house"));
    constexpr SceneWords kCoffee = {Scene::cafe, "coffee"};
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
    const bool names_surface = of_rain && is_one_of(word, kForestWords);
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
