// SPDX-License-Identifier: MIT
#include "engines/studio/score/melody_plan.h"

#include <algorithm>
#include <cmath>

namespace focus::core::engines::studio {
namespace {

/// The share of a melody's usual notes that a phrase has by its role.
double share_of(PhraseRole role) {
  switch (role) {
    case PhraseRole::opening:
      return 0.5;
    case PhraseRole::pause:
      return 0.3;
    case PhraseRole::closing:
      return 0.9;
    case PhraseRole::contrast:
      return 1.3;
    case PhraseRole::statement:
    case PhraseRole::answer:
      break;
  }
  return 1.25;
}

/// The verses of a phrase and how many slots each has.
struct Stanza {
  Verse::Use use;
  int number;
  int slots;
};

/// Divides `slots` into verses of about four. The last verse of a period answers the first; what
/// stands between is a contrast, or the antecedent again.
std::vector<Stanza> stanzas_of(const Phrase& phrase, int slots) {
  const Theme& theme = phrase.palette.theme;
  const int count = std::max(1, (slots + 1) / 4);
  const bool again = phrase.place.role != PhraseRole::statement;
  const int turn = phrase.place.number;  // other verses in other phrases of the movement
  std::vector<Stanza> stanzas;
  int left = slots;
  for (int v = 0; v < count; ++v) {
    Stanza stanza{Verse::Use::consequent, theme.consequent + (again ? 1 : 0), 0};
    stanza.slots = (left + count - v - 1) / (count - v);
    left -= stanza.slots;
    const bool is_last = v + 1 == count;
    switch (phrase.place.role) {
      case PhraseRole::opening:
        stanza = {Verse::Use::opening, theme.antecedent + v, stanza.slots};
        break;
      case PhraseRole::contrast:
        if (is_last && count > 2) break;
        stanza = {Verse::Use::contrast, theme.contrast + turn + v, stanza.slots};
        break;
      case PhraseRole::closing:
        if (v % 2 == 0 && !is_last) {
          stanza = {Verse::Use::antecedent, theme.antecedent, stanza.slots};
        } else {
          stanza = {Verse::Use::closing, theme.closing + v, stanza.slots};
        }
        break;
      case PhraseRole::pause:
        stanza.number = -1;
        break;
      case PhraseRole::statement:
      case PhraseRole::answer:
        if (!is_last && v % 2 == 0) {
          stanza = {Verse::Use::antecedent, theme.antecedent, stanza.slots};
        } else if (!is_last) {
          stanza = {Verse::Use::contrast, theme.contrast, stanza.slots};
        }
        break;
    }
    stanzas.push_back(stanza);
  }
  return stanzas;
}

/// How little the phrase would miss a gesture: those with the highest rank are left out first.
double rank_of(const Gesture& gesture, bool is_first) {
  if (is_first) return 0.0;
  if (gesture.token.end == Token::End::tonic) return 1.0;
  if (gesture.token.use == Cell::Use::head) return 2.0;
  return gesture.token.end == Token::End::open ? 2.5 : 3.0;
}

void leave_out(std::vector<Gesture>& gestures, double most_notes, Random random) {
  std::vector<double> ranks;
  double notes = 0.0;
  for (std::size_t g = 0; g < gestures.size(); ++g) {
    ranks.push_back(rank_of(gestures[g], g == 0) + random.uniform());
    notes += gestures[g].notes();
  }
  while (gestures.size() > 1) {
    const auto least = std::max_element(ranks.begin(), ranks.end()) - ranks.begin();
    if (notes - 0.5 * gestures[static_cast<std::size_t>(least)].notes() <= most_notes) break;
    notes -= gestures[static_cast<std::size_t>(least)].notes();
    gestures.erase(gestures.begin() + least);
    ranks.erase(ranks.begin() + least);
  }
}

/// One thing is varied in a gesture: its rhythm or its pitches.
void vary(Gesture& gesture, const Theme& theme, Random random) {
  const double choice = random.uniform();
  if (choice < 0.5) {
    gesture.cell = &theme.cell(gesture.token.use, true);
  } else if (choice < 0.62) {
    gesture.token.inverted = !gesture.token.inverted;
  } else {
    const bool same = gesture.contour == theme.contours[0];
    gesture.contour = theme.contours[same ? 1 : 0];
  }
  gesture.is_theme = false;
}

}  // namespace

int Gesture::step(int i, bool upbeat_repeats) const {
  const int place = i - cell->upbeat;
  if (place < 0) return upbeat_repeats ? 0 : place;
  const int step = contour->step[static_cast<std::size_t>(std::min(place, Contour::kNotes - 1))];
  return token.inverted ? -step : step;
}

std::vector<Gesture> plan_melody(const Phrase& phrase) {
  const Theme& theme = phrase.palette.theme;
  const double per_bar = phrase.style.lead_per_bar * phrase.palette.density;
  std::vector<Gesture> gestures;
  if (per_bar <= 0.0) return gestures;
  const double slot_beats = theme.slot_beats();
  const double beats = phrase.end_beat() - phrase.first_beat();
  const int slots = static_cast<int>(beats / slot_beats + 1e-9);
  const PhraseRole role = phrase.place.role;
  const Random stream = phrase.stream(plan::Decision::motif, "melody");
  // What a theme leaves out, it leaves out whenever it is heard.
  const Random material = stream_of(phrase.brief, plan::Decision::motif, phrase.movement)
                              .fork("melody")
                              .fork(static_cast<std::uint64_t>(role));

  int slot = 0;
  for (const Stanza& stanza : stanzas_of(phrase, slots)) {
    const Verse verse =
        stanza.number < 0 ? Verse{} : verse_of(stanza.use, stanza.number).in(stanza.slots);
    for (int s = 0; s < verse.size; ++s) {
      const Token& token = verse.tokens[static_cast<std::size_t>(s)];
      if (token.rest) continue;
      Gesture gesture;
      gesture.start = phrase.first_beat() + slot_beats * (slot + s);
      gesture.step_beats = theme.step_beats;
      gesture.token = token;
      gesture.cell = &theme.cell(token.use, false);
      gesture.contour = theme.contours[static_cast<std::size_t>(token.contour)];
      gesture.is_theme = token.use == Cell::Use::head && token.contour == 0 &&
                         token.sequence == 0 && !token.inverted;
      gesture.ends_verse = s + 1 == verse.size;
      // A theme that is known is varied, but for its beginning.
      Random own = stream.fork(static_cast<std::uint64_t>(slot + s));
      const bool known = role == PhraseRole::answer || role == PhraseRole::contrast;
      if (known && !gestures.empty() && own.chance(0.3)) vary(gesture, theme, own.fork("vary"));
      gesture.end = token.half ? std::max(2, gesture.cell->half()) : gesture.cell->count;
      gesture.end = std::min(gesture.end, gesture.cell->count);
      if (gestures.empty() && slot + s == 0) gesture.first = gesture.cell->upbeat;
      gestures.push_back(gesture);
    }
    slot += stanza.slots;
  }
  if (gestures.empty()) return gestures;

  const double middle = 0.5 * (phrase.first_beat() + phrase.end_beat());
  const double wanted = per_bar * 0.25 * beats * share_of(role) * (0.6 + phrase.tension(middle));
  leave_out(gestures, wanted, material);
  // Where even one gesture is too much, some phrases have none: evenly, for chance alone could
  // silence the melody for minutes.
  constexpr double kGolden = 0.6180339887498949;
  const double phase = Random(material).uniform() + kGolden * phrase.place.number;
  const double due = phase - std::floor(phase);
  const double rare = std::min(1.0, wanted / gestures.front().notes());
  const auto is_silent = [&](const Gesture& gesture) {
    return due * 0.95 >= rare * phrase.presence(Layer::lead, gesture.start);
  };
  gestures.erase(std::remove_if(gestures.begin(), gestures.end(), is_silent), gestures.end());
  for (std::size_t g = 0; g < gestures.size(); ++g) {
    const double next = g + 1 < gestures.size() ? gestures[g + 1].start : phrase.end_beat();
    gestures[g].room_beats = next - gestures[g].start;
  }
  return gestures;
}

}  // namespace focus::core::engines::studio
