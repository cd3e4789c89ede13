# SPDX-License-Identifier: MIT
"""Which chords a score has, and how it ends.

A chord is read each half bar from what pads, bass and figures hold: the root and kind whose notes
are most nearly those that sound.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from piece import Piece, Tone, windows

SLOT = 2.0            # beats
WINDOW_SECONDS = 360.0
_KINDS = {
    "major": (0, 4, 7), "minor": (0, 3, 7), "fifth": (0, 7), "fourth": (0, 5, 7),
    "second": (0, 2, 7), "diminished": (0, 3, 6), "augmented": (0, 4, 8), "sixth": (0, 4, 7, 9),
    "minor sixth": (0, 3, 7, 9), "major seventh": (0, 4, 7, 11), "seventh": (0, 4, 7, 10),
    "minor seventh": (0, 3, 7, 10), "half diminished": (0, 3, 6, 10),
    "diminished seventh": (0, 3, 6, 9), "seventh fourth": (0, 5, 7, 10),
    "ninth": (0, 2, 4, 7), "minor ninth": (0, 2, 3, 7),
}
_NAMES = [(root, kind) for kind in _KINDS for root in range(12)]
_NOTES = np.array([[(pitch - root) % 12 in _KINDS[kind] for pitch in range(12)]
                   for root, kind in _NAMES], dtype=float)
_ROOTS = np.array([root for root, _ in _NAMES])
_LEAST = 0.05  # share of a half bar from which on a pitch class is in its chord


@dataclass(frozen=True)
class Chord:
    beat: float
    start: float  # seconds
    root: int
    kind: str

    @property
    def name(self) -> tuple[int, str]:
        return self.root, self.kind


def held(tones: list[Tone], size: float, beats: float) -> tuple[np.ndarray, np.ndarray]:
    """(slots, 12) beats that each pitch class sounds in each slot of `size` beats, and the lowest
    pitch there, 128 in a rest."""
    count = max(1, int(np.ceil(beats / size - 1e-6)))
    sums, lowest = np.zeros((count, 12)), np.full(count, 128)
    for tone in tones:
        for slot in range(int(tone.beat / size), min(count, int(tone.end_beat / size) + 1)):
            inside = min(tone.end_beat, (slot + 1) * size) - max(tone.beat, slot * size)
            if inside > 0.1:
                sums[slot, tone.pitch % 12] += inside
                lowest[slot] = min(lowest[slot], tone.pitch)
    return sums, lowest


def read(piece: Piece) -> list[Chord]:
    """All changes of chord. The fit is the harmonic mean of two shares: how much of what sounds is
    of the chord, and how much of the chord sounds; a root in the bass decides."""
    tones = piece.accompaniment
    sums, lowest = held(tones, SLOT, piece.beats)
    whole = sums.sum(axis=1, keepdims=True)
    shares = sums / np.maximum(whole, 1e-9)
    precision = shares @ _NOTES.T
    recall = (shares > _LEAST) @ _NOTES.T / _NOTES.sum(axis=1)
    fit = 2.0 * precision * recall / np.maximum(precision + recall, 1e-9)
    fit += 0.05 * (lowest[:, None] % 12 == _ROOTS)
    places = np.array([(tone.beat, tone.start) for tone in piece.tones])
    found: list[Chord] = []
    for slot in np.flatnonzero(whole[:, 0] > 0.0):
        root, kind = _NAMES[int(fit[slot].argmax())]
        if not found or found[-1].name != (root, kind):
            beat = slot * SLOT
            second = float(np.interp(beat, places[:, 0], places[:, 1]))
            found.append(Chord(beat, second, root, kind))
    return found


def _usual(chords: list[Chord], seconds: float, count) -> float:
    return float(np.median([count([c for c in chords if start <= c.start < end])
                            for start, end in windows(seconds, WINDOW_SECONDS)]))


def cadence(chords: list[Chord], end: float) -> float:
    """How the last chord is reached, which is held longer than the one before it: 2 after a
    dominant (V, vii, or bVII and bII as modes have them), 1 after a subdominant (IV, ii, bVI), 0
    otherwise, or when nothing comes to rest. `end` is the last beat."""
    if len(chords) < 2 or end - chords[-1].beat <= chords[-1].beat - chords[-2].beat:
        return 0.0
    tonic = chords[-1].root
    before = [chord.root for chord in chords[-4:] if chord.root != tonic]
    step = (before[-1] - tonic) % 12 if before else 0
    return 2.0 if step in (7, 11, 10, 1) else 1.0 if step in (5, 2, 8) else 0.0


def measure(piece: Piece) -> dict[str, float]:
    """distinct_chords: how many of different root or kind in six minutes. chord_kinds: of the
    seventeen kinds above, how many there. final_cadence: see above."""
    chords = read(piece)
    return {
        "distinct_chords": _usual(chords, piece.seconds, lambda some: len({c.name for c in some})),
        "chord_kinds": _usual(chords, piece.seconds, lambda some: len({c.kind for c in some})),
        "final_cadence": cadence(chords, piece.beats),
    }
