// SPDX-License-Identifier: MIT
// What is played of a brief, as notes, and what can be told from them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <vector>

#include "engines/studio/clock.h"
#include "engines/studio/score/composer.h"
#include "engines/studio/score/scale.h"
#include "engines/studio/studio_support.h"

namespace focus::test {

using namespace focus::core::engines::studio;

inline constexpr Layer kLayers[] = {Layer::pad,  Layer::upper_pad, Layer::bass,
                                    Layer::lead, Layer::ostinato,  Layer::kit};

inline double beat_of(const plan::Brief& brief, double seconds_in) {
  const Clock clock(brief);
  return clock.beat_of(clock.start_frame() + std::llround(seconds_in * brief.sample_rate));
}

inline std::vector<Note> notes_of(const plan::Brief& brief) {
  return Composer(brief).notes(beat_of(brief, 0.0), beat_of(brief, brief.length_seconds()));
}

inline std::vector<Note> layer_of(const std::vector<Note>& notes, Layer layer) {
  std::vector<Note> chosen;
  std::copy_if(notes.begin(), notes.end(), std::back_inserter(chosen),
               [&](const Note& note) { return note.layer == layer; });
  return chosen;
}

inline int count(const std::vector<Note>& notes, Layer layer) {
  return static_cast<int>(std::count_if(notes.begin(), notes.end(),
                                        [&](const Note& note) { return note.layer == layer; }));
}

/// Notes a minute of all layers but the kit, whose strokes are no notes. What sounds on from before
/// the brief does not count.
inline double notes_per_minute(const plan::Brief& brief) {
  const auto notes = notes_of(brief);
  const double from = beat_of(brief, 0.0);
  const auto begun = std::count_if(notes.begin(), notes.end(), [&](const Note& note) {
    return note.beat >= from && note.layer != Layer::kit;
  });
  return static_cast<double>(begun) * 60.0 / brief.length_seconds();
}

/// A chord of the pad: its pitches, rising, and where it begins.
struct PadChord {
  double beat = 0.0;
  std::vector<int> pitches;
};

inline std::vector<PadChord> chords_of(const std::vector<Note>& notes) {
  std::vector<PadChord> chords;
  for (const Note& note : layer_of(notes, Layer::pad)) {
    if (chords.empty() || note.beat - chords.back().beat > 1.0) chords.push_back({note.beat, {}});
    chords.back().pitches.push_back(note.pitch);
  }
  for (PadChord& chord : chords) std::sort(chord.pitches.begin(), chord.pitches.end());
  return chords;
}

/// Semitones that a voice moves from one chord to the next, on the average.
inline double voice_leading(const std::vector<PadChord>& chords) {
  double moved = 0.0;
  int voices = 0;
  for (std::size_t c = 1; c < chords.size(); ++c) {
    const auto& here = chords[c].pitches;
    const auto& before = chords[c - 1].pitches;
    for (std::size_t v = 0; v < std::min(here.size(), before.size()); ++v, ++voices) {
      moved += std::abs(here[v] - before[v]);
    }
  }
  return moved / std::max(1, voices);
}

/// Intervals of a melody in semitones.
inline std::vector<int> intervals_of(const std::vector<Note>& melody) {
  std::vector<int> intervals;
  for (std::size_t i = 1; i < melody.size(); ++i) {
    intervals.push_back(melody[i].pitch - melody[i - 1].pitch);
  }
  return intervals;
}

/// The share of intervals that are wider than a fifth.
inline double leaps(const std::vector<Note>& melody) {
  const auto intervals = intervals_of(melody);
  const auto wide =
      std::count_if(intervals.begin(), intervals.end(), [](int i) { return std::abs(i) > 7; });
  return static_cast<double>(wide) /
         static_cast<double>(std::max<std::size_t>(1, intervals.size()));
}

/// The share of the melody's runs of three intervals that it plays more than once.
inline double motif_recurrence(const std::vector<Note>& melody) {
  const auto intervals = intervals_of(melody);
  std::map<std::vector<int>, int> runs;
  int all = 0;
  for (std::size_t i = 0; i + 3 <= intervals.size(); ++i, ++all) {
    ++runs[{intervals[i], intervals[i + 1], intervals[i + 2]}];
  }
  int again = 0;
  for (const auto& [run, times] : runs) again += times > 1 ? times : 0;
  return static_cast<double>(again) / std::max(1, all);
}

/// The share of a melody's notes on the first and third beat that belong to the chord under them;
/// nothing when there are none.
inline std::optional<double> strong_chord_tones(const std::vector<Note>& melody,
                                                const std::vector<PadChord>& chords) {
  int strong = 0, in_chord = 0;
  for (const Note& note : melody) {
    if (std::fabs(note.beat / 2.0 - std::round(note.beat / 2.0)) >= 0.06) continue;
    const PadChord* under = nullptr;
    for (const PadChord& chord : chords) {
      if (chord.beat <= note.beat + 0.15) under = &chord;
    }
    if (under == nullptr) continue;
    ++strong;
    in_chord += std::any_of(under->pitches.begin(), under->pitches.end(),
                            [&](int pitch) { return wrap(pitch - note.pitch, 12) == 0; });
  }
  if (strong == 0) return std::nullopt;
  return static_cast<double>(in_chord) / strong;
}

}  // namespace focus::test
