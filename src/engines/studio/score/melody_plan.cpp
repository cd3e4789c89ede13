// SPDX-License-Identifier: MIT
#include "engines/studio/score/melody_plan.h"

#include <algorithm>
#include <cmath>

namespace focus::core::engines::studio {
namespace {

/// Fewer notes in a bar are not varied.
constexpr double kFewNotes = 1.4;

/// Counts for the phrases of the theme, whatever the tension is there.
constexpr double kThemeTension = 0.55;

/// A movement of one or two phrases has no time for an opening without its theme.
PhraseRole role_of(const PhrasePlace& place) {
  const bool short_of_time = place.role == PhraseRole::opening && place.count <= 2;
  return short_of_time ? PhraseRole::statement : place.role;
}

/// The share of a melody's usual notes that a phrase has by its role.
double share_of(PhraseRole role) {
  switch (role) {
    case PhraseRole::opening:
      return 0.7;
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
  const PhraseRole role = role_of(phrase.place);
  const bool again = role != PhraseRole::statement;
  const int turn = phrase.place.number;  // other verses in other phrases of the movement
  std::vector<Stanza> stanzas;
  int left = slots;
  for (int v = 0; v < count; ++v) {
    Stanza stanza{Verse::Use::consequent, theme.consequent + (again ? 1 : 0), 0};
    stanza.slots = (left + count - v - 1) / (count - v);
    left -= stanza.slots;
    const bool is_last = v + 1 == count;
    switch (role) {
      case PhraseRole::opening:
        // A long one ends with the first half of the theme, that the next phrase completes.
        if (is_last && count > 1) {
          stanza = {Verse::Use::antecedent, theme.antecedent, stanza.slots};
        } else {
          stanza = {Verse::Use::opening, theme.antecedent + v, stanza.slots};
        }
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

/// Adds gestures where the verses rest, until there are so many notes. The silence at the end of a
/// verse is only shortened.
void fill(std::vector<Gesture>& gestures, const Phrase& phrase, std::vector<Gesture>& rests,
          double notes_wanted, Random random) {
  const Theme& theme = phrase.palette.theme;
  double notes = 0.0;
  for (const Gesture& gesture : gestures) notes += gesture.notes();
  while (!rests.empty() && notes < notes_wanted) {
    const auto which = random.below(static_cast<int>(rests.size()));
    Gesture gesture = rests[static_cast<std::size_t>(which)];
    rests.erase(rests.begin() + which);
    gesture.token.rest = false;
    gesture.token.use = Cell::Use::motion;
    gesture.token.contour = static_cast<std::int8_t>(random.below(2));
    gesture.token.half = gesture.ends_verse;
    gesture.cell = &theme.cell(Cell::Use::motion, random.chance(0.4));
    gesture.contour = theme.contours[static_cast<std::size_t>(gesture.token.contour)];
    gesture.set_notes(gestures.front().start > phrase.first_beat());
    notes += gesture.notes();
    gestures.push_back(gesture);
  }
  std::sort(gestures.begin(), gestures.end(),
            [](const Gesture& a, const Gesture& b) { return a.start < b.start; });
}

/// An answer of another instrument, if there is a silence for it and nobody else plays.
void answer(std::vector<Gesture>& gestures, const Phrase& phrase, std::vector<Gesture>& rests,
            PhraseRole role, Random random) {
  if (phrase.style.ostinato_per_bar > 0.0 || phrase.style.sinks) return;
  const Theme& theme = phrase.palette.theme;
  const double tension = phrase.tension(phrase.first_beat());
  for (Gesture rest : rests) {
    const double likely = role == PhraseRole::pause ? 0.4 : 0.15 + 0.35 * tension;
    if (!random.chance(rest.ends_verse ? likely : 0.0)) continue;
    rest.answers = true;
    rest.token = Token{};
    rest.token.rest = false;
    rest.cell = &theme.cell(Cell::Use::head, false);
    rest.contour = theme.contours[0];
    rest.set_notes(!gestures.empty());
    gestures.push_back(rest);
    if (role == PhraseRole::pause) break;
  }
  std::sort(gestures.begin(), gestures.end(),
            [](const Gesture& a, const Gesture& b) { return a.start < b.start; });
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
    gesture.token.contour = same ? 1 : 0;
    gesture.contour = theme.contours[same ? 1 : 0];
  }
  gesture.is_theme = false;
}

}  // namespace

void Gesture::set_notes(bool may_have_upbeat) {
  first = may_have_upbeat ? 0 : cell->upbeat;
  end = cell->count;
  if (!token.half) return;
  end = first;
  while (end < cell->count && cell->at[static_cast<std::size_t>(end)] < Cell::kSteps / 2) ++end;
  end = std::max(end, std::min(first + 2, cell->count));
}

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
  const PhraseRole role = role_of(phrase.place);
  const Random stream = phrase.stream(plan::Decision::motif, "melody");
  // What a theme leaves out, it leaves out whenever it is heard.
  const Random material = stream_of(phrase.brief, plan::Decision::motif, phrase.movement)
                              .fork("melody")
                              .fork(static_cast<std::uint64_t>(role));

  // Where notes are few, a tune is known by what it always does.
  const bool few = per_bar < kFewNotes;
  std::vector<Gesture> rests;
  int slot = 0;
  for (const Stanza& stanza : stanzas_of(phrase, slots)) {
    Verse verse;  // of rests
    if (stanza.number >= 0) verse = verse_of(stanza.use, stanza.number);
    verse = verse.in(stanza.slots);
    const bool is_period =
        verse.use == Verse::Use::antecedent || verse.use == Verse::Use::consequent;
    for (int s = 0; s < verse.size; ++s) {
      const Token& token = verse.tokens[static_cast<std::size_t>(s)];
      Gesture gesture;
      gesture.start = phrase.first_beat() + slot_beats * (slot + s);
      gesture.step_beats = theme.step_beats;
      gesture.token = token;
      gesture.ends_verse = s + 1 == verse.size;
      if (token.rest) {
        if (verse.use != Verse::Use::opening) rests.push_back(gesture);
        continue;
      }
      gesture.cell = &theme.cell(token.use, false);
      gesture.contour = theme.contours[static_cast<std::size_t>(token.contour)];
      const bool head = token.use == Cell::Use::head && token.contour == 0;
      gesture.is_theme = (head || is_period || few) && token.sequence == 0 && !token.inverted;
      // A theme that is known is varied, but for its first verse.
      Random own = stream.fork(static_cast<std::uint64_t>(slot + s));
      const bool known = !few && (role == PhraseRole::answer || role == PhraseRole::contrast);
      const bool varies = known && verse.use != Verse::Use::antecedent && !gestures.empty();
      if (varies && own.chance(0.25)) vary(gesture, theme, own.fork("vary"));
      gesture.set_notes(slot + s > 0);
      gestures.push_back(gesture);
    }
    slot += stanza.slots;
  }
  const double middle = 0.5 * (phrase.first_beat() + phrase.end_beat());
  // The theme is as dense each time, or it would not come back whole; other phrases follow the
  // tension.
  const bool is_theme = role == PhraseRole::statement || role == PhraseRole::answer;
  const double tension = is_theme ? kThemeTension : phrase.tension(middle);
  const double wanted = per_bar * 0.25 * beats * share_of(role) * (0.6 + tension);
  leave_out(gestures, wanted, material);
  if (!gestures.empty() && role != PhraseRole::opening) {
    fill(gestures, phrase, rests, 0.8 * wanted, material.fork("fill"));
  }
  answer(gestures, phrase, rests, role, stream.fork("answer"));
  // Where even one gesture is too much, some phrases have none: evenly, for chance alone could
  // silence the melody for minutes.
  constexpr double kGolden = 0.6180339887498949;
  const double phase = Random(material).uniform() + kGolden * phrase.place.number;
  const double due = phase - std::floor(phase);
  const double rare = gestures.empty() ? 1.0 : std::min(1.0, wanted / gestures.front().notes());
  const auto is_silent = [&](const Gesture& gesture) {
    return due * 0.95 >= rare * phrase.presence(Layer::lead, gesture.start);
  };
  gestures.erase(std::remove_if(gestures.begin(), gestures.end(), is_silent), gestures.end());
  for (std::size_t g = 0; g < gestures.size(); ++g) {
    const bool is_last = g + 1 == gestures.size();
    const double next = is_last ? phrase.end_beat() : gestures[g + 1].beat(gestures[g + 1].first);
    gestures[g].room_beats = next - gestures[g].start;
  }
  return gestures;
}

}  // namespace focus::core::engines::studio
