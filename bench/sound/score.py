# SPDX-License-Identifier: MIT
"""What the score tells and no sound can: how chords are joined, and whether a melody is one."""
from __future__ import annotations

from collections import Counter

import numpy as np
import scipy.optimize

from midi import BASS, LEAD, OSTINATO, PADS, PERCUSSION, Note, Score


def chords(notes: list[Note]) -> list[tuple[float, list[int]]]:
    """(beat, pitches) of notes that begin within a beat of the first of them."""
    found: list[tuple[float, list[int]]] = []
    for note in notes:
        if found and note.start - found[-1][0] <= 1.0:
            found[-1][1].append(note.pitch)
        else:
            found.append((note.start, [note.pitch]))
    return found


def voice_leading(found: list[tuple[float, list[int]]]) -> float | None:
    """Semitones a voice moves from chord to chord, each going to where all move least."""
    moves = []
    for (_, here), (_, there) in zip(found, found[1:]):
        distance = np.abs(np.subtract.outer(here, there))
        moves.append(distance[scipy.optimize.linear_sum_assignment(distance)].mean())
    return float(np.mean(moves)) if moves else None


def motif_recurrence(intervals: list[int], length: int = 3) -> float | None:
    """Share of the melody's runs of `length` intervals that it plays more than once."""
    runs = [tuple(intervals[i:i + length]) for i in range(len(intervals) - length + 1)]
    counts = Counter(runs)
    return sum(counts[run] > 1 for run in runs) / len(runs) if runs else None


def strong_chord_tones(score: Score) -> float | None:
    """Share of the lead's notes on beats 1 and 3 that belong to the chord that the pads hold."""
    held = [chords(score.of(channel)) for channel in PADS]
    hits = []
    for note in score.of(LEAD):
        if abs(note.start / 2.0 - round(note.start / 2.0)) >= 0.06:
            continue
        classes = set()
        for layer in held:
            sounding = [pitches for start, pitches in layer if start <= note.start + 0.15]
            classes |= {pitch % 12 for pitch in sounding[-1]} if sounding else set()
        hits.append(note.pitch % 12 in classes)
    return float(np.mean(hits)) if hits else None


def swing(score: Score) -> float | None:
    """Where the second half of a beat begins: 0.5 straight, 0.67 a triplet; the median."""
    places = [note.start % 1.0 for note in score.of(LEAD, OSTINATO, PERCUSSION)]
    late = [place for place in places if 0.4 < place < 0.8]
    return float(np.median(late)) if len(late) >= 8 else None


def measure(score: Score) -> dict[str, float]:
    """Figures of the score; what there is too little to tell of is left out.

    bpm. notes_per_minute: of all parts. voice_leading: semitones. leaps: share of the lead's steps
    over 7 semitones. motif_recurrence, strong_chord_tones: shares. chords: how many different.
    *_notes: a minute of each part that may be asked for.
    """
    minutes = score.beats / score.bpm
    pads, lead = chords(score.of(0)), score.of(LEAD)
    found: dict[str, float | None] = {
        "bpm": score.bpm,
        "notes_per_minute": len(score.notes) / minutes if minutes else 0.0,
        "voice_leading": voice_leading(pads),
        "chords": float(len({frozenset(p % 12 for p in pitches) for _, pitches in pads})),
        "swing": swing(score),
    }
    for name, channels in (("pad", PADS), ("bass", (BASS,)), ("lead", (LEAD,)),
                           ("percussion", (PERCUSSION,))):
        count = len(score.of(*channels))
        found[f"{name}_notes"] = count / minutes if minutes else 0.0
    if len(lead) > 8:
        steps = [there.pitch - here.pitch for here, there in zip(lead, lead[1:])]
        found["leaps"] = float(np.mean(np.abs(steps) > 7))
        found["motif_recurrence"] = motif_recurrence(steps)
        found["strong_chord_tones"] = strong_chord_tones(score)
    return {name: value for name, value in found.items() if value is not None}
