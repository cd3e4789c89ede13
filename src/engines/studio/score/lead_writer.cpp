// SPDX-License-Identifier: MIT
#include "engines/studio/score/lead_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "dsp/math.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

// Costs of a place for a gesture. Only their ratios matter.
constexpr double kCostOffLadder = 12.0;  // a note outside the register
constexpr double kCostDissonance = 7.0;  // a note on a strong beat that is not in the chord
constexpr double kCostThemeDissonance = 5.0;
constexpr double kCostSuspension = 2.5;    // the same, if it is resolved
constexpr double kCostLongPassing = 2.0;   // another long note that is not in the chord
constexpr double kCostBent = 1.6;          // an interval that differs from the contour's
constexpr double kCostBentTheme = 3.4;     // the same in a theme
constexpr double kCostAbroad = 2.5;        // a theme that is not at home
constexpr double kCostElsewhere = 1.2;     // a cell that is heard again, on another rung
constexpr double kCostNoSequence = 7.0;    // a sequence that does not go its way
constexpr double kCostHidden = 1.6;        // a note that lies within the pad
constexpr double kCostFromArch = 0.22;     // per semitone
constexpr double kCostSecondHeight = 2.0;  // the height is reached again
constexpr double kCostLeap = 0.22;         // per semitone from the note before
constexpr double kCostWideLeap = 9.0;      // a leap of more than kWideLeap
constexpr double kCostSameNote = 1.0;      // it begins on the note before

constexpr int kWideLeap = 7;       // a fifth, in semitones
constexpr double kLongNote = 1.5;  // in beats
constexpr int kReachDown = 11;     // of the ladder below its centre, in semitones
constexpr int kReachUp = 13;
constexpr int kHighestOfAll = 87;  // a tone may be bent a little further
constexpr double kArch = 5.0;      // how far the melody rises in a phrase, in semitones

/// Whether a beat is the first or the third of its bar, or very close to it.
bool is_strong(double beat) { return std::fabs(beat * 0.5 - std::round(beat * 0.5)) < 0.07; }

/// Returns the pitch as the chord has it: a tone of the key that the chord raises or lowers is
/// raised or lowered too.
int altered(int pitch, const VoicedChord& chord) {
  const auto has = [&](int other) {
    return std::any_of(chord.scale.begin(), chord.scale.end(),
                       [&](int tone) { return wrap(other - tone, 12) == 0; });
  };
  if (has(pitch)) return pitch;
  return has(pitch + 1) ? pitch + 1 : has(pitch - 1) ? pitch - 1 : pitch;
}

/// The tone of the chord nearest to `pitch`, if possible on the same side of `before`.
int nearest_tone(int pitch, int before, const VoicedChord& chord) {
  int best = pitch, least = 100;
  for (int other = pitch - 5; other <= pitch + 5; ++other) {
    if (!chord.contains(other)) continue;
    int cost = 2 * std::abs(other - pitch);
    if ((pitch > before) != (other > before) || (pitch < before) != (other < before)) cost += 3;
    if (cost < least) {
      least = cost;
      best = other;
    }
  }
  return best;
}

double rise_and_fall(double x) { return 0.5 - 0.5 * dsp::sine_turns(0.25 + 0.5 * x); }

int top_of(const VoicedChord& chord) {
  return *std::max_element(chord.pitches.begin(), chord.pitches.end());
}

}  // namespace

LeadWriter::LeadWriter(const Phrase& phrase)
    : phrase_(phrase),
      theme_(phrase.palette.theme),
      random_(phrase.stream(plan::Decision::motif, "lead")) {
  const double first = phrase.first_beat(), end = phrase.end_beat();
  const double tension = phrase.tension(0.5 * (first + end));
  peak_beat_ = first + (0.42 + 0.3 * std::min(1.0, tension)) * (end - first);
  double tops = 0.0;
  for (const VoicedChord& chord : phrase.chords) tops += top_of(chord) * chord.bars;
  tops *= 4.0 / (end - first);
  centre_ = phrase.palette.lead_centre + 9.0 * (tension - 0.45);
  if (phrase.style.pad) centre_ = std::max(centre_, tops + 5.0);
  // The high pad comes and goes an octave above the chord.
  if (phrase.style.pad && phrase.style.upper_pad) centre_ = std::max(centre_, tops + 7.5);
  centre_ = std::min(centre_, 80.0);
  const int middle = static_cast<int>(std::lround(centre_));
  ladder_ = pitches_between(middle - kReachDown, std::min(kHighestOfAll, middle + kReachUp),
                            phrase.palette.key.tonic, melody_scale(phrase.palette.key.mode));
  last_ = middle;
}

int LeadWriter::rung(int index) const {
  return ladder_[static_cast<std::size_t>(std::clamp(index, 0, rungs() - 1))];
}

bool LeadWriter::is_of_tonic(int pitch) const {
  const plan::Key& key = phrase_.palette.key;
  const auto scale = plan::harmony_scale(key.mode);
  const int above = wrap(pitch - key.tonic, 12);
  return above == scale[0] || above == scale[2] || above == scale[4];
}

LeadWriter::Pitches LeadWriter::as_known(const Gesture& gesture, int home) const {
  Pitches pitches{};
  for (int i = gesture.first; i < gesture.end; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const int planned = home + gesture.step(i, theme_.upbeat_repeats);
    pitches[n] = rung(planned);
    if (!rests_on(gesture, i) || is_of_tonic(pitches[n])) continue;
    // To the neighbour, on the side to which the melody goes.
    const int way = i > gesture.first && pitches[n] < pitches[n - 1] ? -1 : 1;
    pitches[n] = is_of_tonic(rung(planned + way)) ? rung(planned + way) : rung(planned - way);
  }
  return pitches;
}

int LeadWriter::home_of(const Gesture& gesture) const {
  const plan::Key& key = phrase_.palette.key;
  const auto scale = plan::harmony_scale(key.mode);
  const int third = (theme_.home + gesture.token.contour) % 3;
  const int tone = key.tonic + scale[static_cast<std::size_t>(2 * third)];
  // The theme is at home where most of its strong notes are of the tonic chord: on the tone of it
  // that was drawn or on another, the same whenever it is heard.
  const int size = static_cast<int>(melody_scale(key.mode).size());
  const auto clashes = [&](int index) {
    int count = 0;
    for (int i = std::max(gesture.first, gesture.cell->upbeat); i < gesture.end; ++i) {
      const int step = wrap(index + gesture.step(i, theme_.upbeat_repeats), size);
      if (rests_on(gesture, i) && !is_of_tonic(rung(step))) ++count;
    }
    return count;
  };
  // The ladder begins elsewhere in other phrases, so the pitch class decides between equals.
  int home_class = wrap(tone, 12);
  double least = 1e9;
  for (int index = 0; index < size; ++index) {
    const int away = wrap(rung(index) - tone, 12);
    const double cost = 3.0 * clashes(index) + (away == 0 ? 0.0 : 1.0) + 0.01 * away;
    if (cost < least) {
      least = cost;
      home_class = wrap(rung(index), 12);
    }
  }
  double mean = 0.0;
  for (int i = gesture.first; i < gesture.end; ++i) {
    mean += 1.7 * gesture.step(i, theme_.upbeat_repeats) / gesture.notes();
  }
  int home = 0;
  least = 1e9;
  for (int index = 0; index < rungs(); ++index) {
    if (wrap(rung(index), 12) != home_class) continue;
    const double far = std::fabs(rung(index) + mean - centre_);
    if (far < least) {
      least = far;
      home = index;
    }
  }
  return home;
}

double LeadWriter::height(double beat) const {
  const double first = phrase_.first_beat(), end = phrase_.end_beat();
  const double x =
      beat < peak_beat_ ? (beat - first) / (peak_beat_ - first) : (end - beat) / (end - peak_beat_);
  return rise_and_fall(std::clamp(x, 0.0, 1.0));
}

bool LeadWriter::rests_on(const Gesture& gesture, int i) const {
  return is_strong(gesture.beat(i)) || gesture.length(i) > kLongNote;
}

bool LeadWriter::is_suspended(const Gesture& gesture, const Pitches& pitches, int i) const {
  if (i + 1 >= gesture.end || gesture.length(i) > 2.0) return false;
  const auto n = static_cast<std::size_t>(i);
  const int down = pitches[n] - pitches[n + 1];
  return down >= 1 && down <= 2 && phrase_.chord_at(gesture.beat(i + 1)).contains(pitches[n + 1]);
}

void LeadWriter::pitch(const Gesture& gesture, const Known& known, Place& place) const {
  const int up = rung(place.rung) - rung(known.home);
  const bool literal = gesture.is_theme && !place.bent;
  for (int i = gesture.first; i < gesture.end; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const VoicedChord& chord = phrase_.chord_at(gesture.beat(i));
    const int pitch =
        literal ? known.pitches[n] + up : rung(place.rung + gesture.step(i, theme_.upbeat_repeats));
    place.pitches[n] = altered(pitch, chord);
  }
  const int last = gesture.end - 1;
  for (int i = gesture.first; i < gesture.end; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const VoicedChord& chord = phrase_.chord_at(gesture.beat(i));
    const int before = i > gesture.first ? place.pitches[n - 1] : last_;
    const bool ends = i == last && gesture.token.end != Token::End::none;
    if (ends && gesture.token.end == Token::End::tonic) {
      // To the tonic, if the chord has it and it is near.
      const int tonic = phrase_.palette.key.tonic;
      for (const int away : {0, -1, 1, -2, 2, -3, 3, -4}) {
        if (wrap(place.pitches[n] + away - tonic, 12) == 0 && chord.contains(tonic)) {
          place.pitches[n] += away;
          break;
        }
      }
    }
    const bool bends = ends || (place.bent && (rests_on(gesture, i) || i == last));
    if (!bends || chord.contains(place.pitches[n])) continue;
    Random own = random_.fork("suspend").fork(static_cast<std::uint64_t>(i));
    if (!ends && is_suspended(gesture, place.pitches, i) && own.chance(0.2)) continue;
    place.pitches[n] = nearest_tone(place.pitches[n], before, chord);
  }
}

double LeadWriter::misfit(const Gesture& gesture, const Known& known, const Place& place) const {
  double cost = 0.0, mean = 0.0;
  int top = 0;
  for (int i = gesture.first; i < gesture.end; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const int index = place.rung + gesture.step(i, theme_.upbeat_repeats);
    if (index < 0 || index >= rungs()) cost += kCostOffLadder;
    const int pitch = place.pitches[n];
    const VoicedChord& chord = phrase_.chord_at(gesture.beat(i));
    const bool strong = is_strong(gesture.beat(i));
    if (!chord.contains(pitch)) {
      if (strong) {
        cost += is_suspended(gesture, place.pitches, i) ? kCostSuspension
                : gesture.is_theme                      ? (phrase_.style.sinks ? 1.5
                                                           : is_slow()         ? 0.6
                                                                               : 1.0) *
                                         kCostThemeDissonance
                                   : kCostDissonance;
      } else if (gesture.length(i) > kLongNote) {
        cost += kCostLongPassing;
      }
    }
    if (phrase_.style.pad && pitch < top_of(chord)) cost += kCostHidden;
    mean += static_cast<double>(pitch) / gesture.notes();
    top = std::max(top, pitch);
    if (i == gesture.first) continue;
    const int from = place.pitches[n - 1];
    // A theme is recognised by its intervals.
    const int planned =
        gesture.is_theme
            ? known.pitches[n] - known.pitches[n - 1]
            : rung(index) - rung(place.rung + gesture.step(i - 1, theme_.upbeat_repeats));
    if (pitch - from != planned) {
      cost += !gesture.is_theme ? kCostBent : is_slow() ? 1.5 * kCostBentTheme : kCostBentTheme;
    }
    if (pitch == from && planned != 0) cost += kCostSameNote;
    if (std::abs(pitch - from) > kWideLeap + 2) cost += kCostWideLeap;
  }
  const double middle = gesture.start + 2.0 * gesture.step_beats;
  const double arch = centre_ + kArch * (gesture.answers ? -0.9 : height(middle) - 0.5);
  const double pull = gesture.is_theme ? 0.25 : 1.0;
  cost += pull * kCostFromArch * std::fabs(mean - arch);
  // The height is reached once, by the gesture that is nearest to it.
  if (gesture.start > peak_beat_ && top >= highest_ && !gesture.is_theme) cost += kCostSecondHeight;
  return cost;
}

LeadWriter::Place LeadWriter::place_of(const Gesture& gesture) const {
  const Stated& stated = stated_[static_cast<std::size_t>(gesture.token.contour)];
  Known known;
  if (gesture.is_theme) {
    known.home = home_of(gesture);
    known.pitches = as_known(gesture, known.home);
  }
  const double rest = gesture.beat(gesture.first) - last_end_;
  Random random = random_.fork("place");
  Place best;
  for (int first = 0; first < rungs(); ++first) {
    double way = random.uniform(0.0, 0.3);
    if (gesture.is_theme) {
      if (first != known.home) way += kCostAbroad;
    } else if (stated.rung >= 0 && gesture.token.sequence != 0) {
      const int move = (first - stated.rung) * gesture.token.sequence;
      if (move != 1) way += move == 2 ? 1.0 : kCostNoSequence;
    } else if (stated.cell == gesture.cell && first != stated.rung) {
      way += kCostElsewhere;
    }
    for (const bool bent : {false, true}) {
      Place place{first, bent, way, {}};
      pitch(gesture, known, place);
      const int leap = std::abs(place.pitches[static_cast<std::size_t>(gesture.first)] - last_);
      place.cost += misfit(gesture, known, place);
      place.cost += (rest > 3.0 ? 0.5 : 1.0) * kCostLeap * leap;
      if (leap > kWideLeap) place.cost += (rest > 3.0 ? 0.5 : 1.0) * kCostWideLeap;
      if (leap == 0 && rest < 1.0) place.cost += kCostSameNote;
      if (place.cost < best.cost) best = place;
    }
  }
  return best;
}

double LeadWriter::velocity(const Gesture& gesture, int i, double beat) const {
  // A phrase swells to its height, and a gesture a little to its middle.
  const double inside = (i - gesture.first + 0.7) / (gesture.notes() + 0.4);
  double velocity = 0.3 + 0.16 * phrase_.tension(beat) + 0.2 * height(beat) +
                    0.07 * dsp::sine_turns(0.5 * inside);
  const double in_bar = beat - 4.0 * std::floor(beat * 0.25);
  if (in_bar < 0.1) {
    velocity += 0.06;
  } else if (is_strong(beat)) {
    velocity += 0.03;
  } else if (std::fabs(beat - std::round(beat)) > 0.1) {
    velocity -= 0.03;
  }
  if (i + 1 == gesture.end && gesture.token.end != Token::End::none) velocity -= 0.06;
  return gesture.answers ? 0.8 * velocity : velocity;
}

void LeadWriter::add(const Gesture& gesture, int i, int pitch, double beat, double beats,
                     std::vector<Note>& notes) {
  Random own = random_.fork(static_cast<std::uint64_t>(std::llround(8.0 * beat)));
  Note note;
  note.layer = gesture.answers ? Layer::ostinato : Layer::lead;
  note.pitch = pitch;
  const double wander = phrase_.style.felt_pulse ? 0.016 : 0.05;
  note.beat = std::max(0.0, beat + wander * own.normal());
  note.beats = beats;
  note.velocity =
      static_cast<float>(std::clamp(velocity(gesture, i, beat) + 0.035 * own.normal(), 0.12, 0.95));
  note.pan = static_cast<float>((gesture.answers ? 0.35 : -0.08) + 0.08 * own.normal());
  note.key = note_key(own);
  notes.push_back(note);
}

void LeadWriter::write(const Gesture& gesture, std::vector<Note>& notes) {
  const Place place = place_of(gesture);
  const int last = last_;
  for (int i = gesture.first; i < gesture.end; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const double beat = gesture.beat(i);
    const int pitch = place.pitches[n];
    const bool is_last = i + 1 == gesture.end;
    const bool again = !is_last && place.pitches[n + 1] == pitch;
    const double next = gesture.start + gesture.room_beats;
    double end = beat + (again ? 0.85 : 1.04) * gesture.length(i);
    if (is_last && gesture.token.end != Token::End::none) {
      // The end of a verse is held on, if nothing follows.
      end = std::max(end, std::min(next - 1.0, end + 4.0 * gesture.step_beats));
    }
    end = std::max(std::min(end, next), beat + 0.2);
    // A note that is held into a chord to which it does not belong goes down by a step, or ends.
    const VoicedChord& after = phrase_.chord_at(end - 0.01);
    const double change = after.start_beat();
    if (change > beat + 0.25 && end > change + 0.5 && !after.contains(pitch)) {
      const int lower = after.contains(pitch - 1)   ? pitch - 1
                        : after.contains(pitch - 2) ? pitch - 2
                                                    : 0;
      const double turn = change + 1.0;
      if (lower > 0 && end - turn >= 0.9 && turn - beat >= 1.0) {
        add(gesture, i, pitch, beat, turn - beat, notes);
        add(gesture, i, lower, turn, end - turn, notes);
        last_ = lower;
        last_end_ = end;
        continue;
      }
      end = change + 0.1;
    }
    add(gesture, i, pitch, beat, end - beat, notes);
    last_ = pitch;
    last_end_ = end;
    if (!gesture.answers) highest_ = std::max(highest_, pitch);
  }
  if (gesture.answers) {  // the melody goes on from its own last note
    last_ = last;
    return;
  }
  stated_[static_cast<std::size_t>(gesture.token.contour)] = {gesture.cell, place.rung};
}

}  // namespace focus::core::engines::studio
