// SPDX-License-Identifier: MIT
#include "plan/wording.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

namespace focus::core::plan {
namespace {

constexpr double kHeard = 0.1;         // smaller values are not mentioned
constexpr std::size_t kMostNamed = 4;  // of each kind, in one sentence
constexpr std::size_t kMostSounds = 8;

struct Poles {
  std::string_view less, more;
};
/// Joins texts. absl::StrCat cannot be used, because Debian's Abseil has a string_view type of its
/// own.
template <typename... Parts>
std::string text_of(const Parts&... parts) {
  std::string text;
  (text.append(std::string_view(parts)), ...);
  return text;
}

/// Index: Push::On, from brightness to rise.
constexpr Poles kPoles[] = {{"darker", "brighter"},
                            {"sparser", "busier"},
                            {"calmer", "more driving"},
                            {"slower", "faster"},
                            {"drier", "more spacious"},
                            {"straighter", "swung"},
                            {"sinking to the end", "building up to the end"}};

std::string_view pole(Push::On on, double amount) {
  const Poles& poles = kPoles[static_cast<int>(on) - static_cast<int>(Push::On::brightness)];
  return amount < 0.0 ? poles.less : poles.more;
}

std::string thing(std::string_view wanted, std::string_view name, double amount) {
  return text_of(amount <= -1.0 ? "no" : amount < 0.0 ? "less" : wanted, " ", name);
}

std::string phrase_of(const Push& push) {
  switch (push.on) {
    case Push::On::nothing:
      return {};
    case Push::On::instrument:
      return thing("plays", name_of(static_cast<Instrument>(push.which)), push.amount);
    case Push::On::scenery:
      return thing("with", name_of(static_cast<Scenery>(push.which)), push.amount);
    case Push::On::stem:
      return thing("more", name_of(static_cast<Stem>(push.which)), push.amount);
    case Push::On::goal:
      return text_of(push.amount < 0.0 ? "away from " : "towards ",
                     name_of(static_cast<Goal>(push.which)));
    case Push::On::mode:
      return text_of("in ", name_of(static_cast<Mode>(push.which)));
    default:
      return std::string(pole(push.on, push.amount));
  }
}

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& words) {
  if (words.size() < 2) return words.empty() ? std::string() : words.front();
  return absl::StrJoin(words.begin(), words.end() - 1, ", ") + " and " + words.back();
}

/// The strongest few of several named things, in descending order.
class Strongest {
 public:
  void add(double amount, std::string name) { found_.emplace_back(amount, std::move(name)); }
  std::vector<std::string> names(std::size_t most = kMostNamed) {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    found_.resize(std::min(found_.size(), most));
    std::vector<std::string> names;
    for (auto& entry : found_) names.push_back(std::move(entry.second));
    return names;
  }

 private:
  std::vector<std::pair<double, std::string>> found_;
};

std::string bpm_text(double bpm) { return absl::StrCat(std::round(bpm * 10.0) / 10.0, " bpm"); }

std::string capital(std::string_view name) {
  std::string text(name);
  text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

std::string named_key(const PromptReading& reading) {
  if (reading.tonic && reading.mode) return describe(Key{*reading.tonic, *reading.mode});
  if (reading.mode) return std::string(name_of(*reading.mode));
  if (!reading.tonic) return {};
  const std::string key = describe(Key{*reading.tonic, Mode::ionian});
  return key.substr(0, key.find(' '));
}

/// The decisions that were drawn again for this segment, in words for the listener.
std::string news_of(const Brief& brief) {
  if (brief.index == 0) return {};
  constexpr std::string_view kNames[] = {"motif",  "density", "register", "voices",
                                         "chords", "mode",    "tonic",    "tempo"};
  std::vector<std::string> anew;
  for (int d = 0; d < kDecisionCount; ++d) {
    if (brief.drawn(static_cast<Decision>(d)) == brief.index) anew.emplace_back(kNames[d]);
  }
  if (anew.empty()) return "it carries on what was played before";
  if (anew.size() == kDecisionCount) return "everything is drawn anew";
  return text_of("drawn anew: ", listed(anew));
}

}  // namespace

std::string effect_of(std::span<const Push> pushes) {
  std::vector<std::string> phrases;
  for (const Push& push : pushes) {
    if (push.amount == 0.0) continue;
    std::string phrase = phrase_of(push);
    if (!phrase.empty()) phrases.push_back(std::move(phrase));
  }
  return absl::StrJoin(phrases, ", ");
}

std::string describe(const PromptLeaning& leaning) {
  std::vector<std::string> qualities;
  const auto quality = [&](Push::On on, double amount) {
    if (std::abs(amount) < kHeard) return;
    const std::string_view degree = std::abs(amount) < 0.3   ? "a little "
                                    : std::abs(amount) > 0.8 ? "much "
                                                             : "";
    qualities.push_back(
        text_of(on == Push::On::swing || on == Push::On::rise ? "" : degree, pole(on, amount)));
  };
  if (leaning.tempo_bpm <= 0.0) quality(Push::On::tempo, leaning.tempo);
  quality(Push::On::brightness, leaning.brightness);
  quality(Push::On::density, leaning.density);
  quality(Push::On::energy, leaning.energy);
  quality(Push::On::space, leaning.space);
  quality(Push::On::swing, leaning.swing);
  quality(Push::On::rise, leaning.rise);

  Strongest with, refused;
  const auto sort = [&](double amount, std::string_view name, bool told) {
    if (told && amount >= 2.0 * kHeard) with.add(amount, std::string(name));
    if (amount <= -1.0 && !leaning.only) refused.add(-amount, text_of("no ", name));
  };
  for (int i = 0; i < kInstrumentCount; ++i) {
    const auto instrument = static_cast<Instrument>(i);
    sort(leaning.of(instrument), name_of(instrument), true);
  }
  for (int i = 0; i < kSceneryCount; ++i) {
    const auto scenery = static_cast<Scenery>(i);
    sort(leaning.of(scenery), name_of(scenery), true);
  }
  std::vector<std::string> stems;
  for (int i = 0; i < kStemCount; ++i) {
    const auto stem = static_cast<Stem>(i);
    const double amount = leaning.of(stem);
    sort(amount, name_of(stem), false);
    if (amount > -1.0 && std::abs(amount) >= 2.0 * kHeard) {
      stems.push_back(text_of(amount < 0.0 ? "less " : "more ", name_of(stem)));
    }
  }

  std::vector<std::string> parts;
  if (leaning.tempo_bpm > 0.0) parts.push_back(text_of("at ", bpm_text(leaning.tempo_bpm)));
  if (!qualities.empty()) parts.push_back(listed(qualities));
  if (const auto names = with.names(kMostSounds); !names.empty()) {
    parts.push_back(text_of(leaning.only ? "only " : "with ", listed(names)));
  }
  if (!stems.empty()) parts.push_back(listed(stems));
  if (const auto names = refused.names(); !names.empty()) parts.push_back(listed(names));
  return absl::StrJoin(parts, ", ");
}

std::string summary_of(const PromptReading& reading) {
  std::vector<std::string> passed;
  for (const std::string& word : reading.not_understood) {
    if (passed.size() == kMostNamed) break;
    passed.push_back(text_of("\"", word, "\""));
  }
  const std::size_t more = reading.not_understood.size() - passed.size() +
                           static_cast<std::size_t>(reading.not_understood_more);
  if (more > 0) passed.push_back(absl::StrCat(more, " more"));

  if (reading.understood.empty()) {
    return passed.empty() ? "The prompt says nothing about music, so plain focus music is played."
                          : text_of("Nothing was made of ", listed(passed),
                                    ", so plain focus music is played.");
  }
  const std::string leaning = describe(reading.leaning);
  std::string text = text_of("Read as ", name_of(reading.character));
  std::string_view mark = ": ";
  if (!leaning.empty()) text += text_of(std::exchange(mark, ", "), leaning);
  if (const std::string key = named_key(reading); !key.empty()) {
    text += text_of(mark, "in ", key);
  }
  for (const StandIn& stand_in : reading.stand_ins) {
    text += text_of("; ", stand_in.plays, " for \"", stand_in.written, "\"");
  }
  if (!passed.empty()) text += text_of("; nothing was made of ", listed(passed));
  text += '.';
  return text;
}

std::string why_scenes(const Brief& brief, const SceneProgramme& heard) {
  const double start = brief.start_seconds, end = start + brief.length_seconds();
  std::vector<std::string> mixes;
  const auto tell = [&](const SceneMix* mix) {
    std::string text = plan::text_of(*mix);
    if (!text.empty() && (mixes.empty() || mixes.back() != text)) mixes.push_back(std::move(text));
  };
  tell(heard.at(start).before);
  tell(heard.at(start).after);
  for (const SceneStep& step : heard.steps) {
    if (step.from_seconds > start && step.from_seconds < end) {
      tell(heard.at(step.from_seconds).after);
    }
  }
  if (mixes.empty()) return {};
  return text_of("Scenes: ", absl::StrJoin(mixes, ", then "), ".");
}

std::string why(const Brief& brief) {
  std::string text =
      text_of(capital(name_of(brief.character)), " at ", name_of(brief.intensity), " intensity");
  if (brief.phase == Phase::break_) {
    text += ", for a break";
  } else if (brief.goal == Goal::custom_prompt) {
    text += ", as the prompt was read";
  }
  text += text_of(": ", bpm_text(brief.tempo_bpm), " in ", describe(brief.key), ", movement ",
                  brief.movement, ", ", name_of(brief.section));
  if (const std::string leaning = describe(brief.leaning); !leaning.empty()) {
    text += text_of("; ", leaning);
  }
  if (const std::string news = news_of(brief); !news.empty()) text += text_of("; ", news);
  text += '.';
  return text;
}

}  // namespace focus::core::plan
