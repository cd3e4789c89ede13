# SPDX-License-Identifier: MIT
"""Pieces of six minutes whose faults are known, for form_test.py. At 96 bpm a bar has 2.5 s."""
from __future__ import annotations

import numpy as np

from piece import Piece, Tone

BARS = 144
_BEAT = 60.0 / 96.0
_SCALE = (0, 2, 4, 5, 7, 9, 11)
PAD, BASS, LEAD, KIT = 0, 2, 3, 9
KICK, SNARE, HAT, TOM = 36, 38, 42, 45

Note = tuple[float, float, int, int]  # beat, beats, pitch, channel


def piece(notes: list[Note]) -> Piece:
    return Piece(sorted(Tone(beat, beats, beat * _BEAT, beats * _BEAT, pitch, 80, channel)
                        for beat, beats, pitch, channel in notes), 4 * BARS * _BEAT)


def degree(step: int, low: int) -> int:
    return low + 12 * (step // 7) + _SCALE[step % 7]


def triad(step: int) -> list[int]:
    return [degree(step + third, 48) for third in (0, 2, 4)]


def loop() -> Piece:
    """Four bars, 36 times: I vi IV V, one lick, one bar of drums."""
    notes: list[Note] = []
    for bar in range(BARS):
        root = (0, 5, 3, 4)[bar % 4]
        notes += [(4.0 * bar, 4.0, pitch, PAD) for pitch in triad(root)]
        notes += [(4.0 * bar, 3.5, degree(root, 36), BASS)]
        notes += [(4.0 * bar + beat, 0.5, degree(root + step, 72), LEAD)
                  for beat, step in ((0, 0), (0.5, 1), (1, 2), (2, 4))]
        notes += [(4.0 * bar + beat, 0.1, KICK, KIT) for beat in (0, 2)]
        notes += [(4.0 * bar + beat, 0.1, HAT, KIT) for beat in range(4)]
        notes += [(4.0 * bar + beat, 0.1, SNARE, KIT) for beat in (1, 3)]
    return piece(notes)


def drone() -> Piece:
    """One chord that is struck once."""
    return piece([(0.0, 4.0 * BARS, pitch, PAD) for pitch in (45, 52, 57, 64)])


def random(chromatic: bool) -> Piece:
    """Notes of a scale, or of all twelve, as they come."""
    draw = np.random.default_rng(3)

    def pitch(low: int) -> int:
        step = int(draw.integers(14))
        return low + step if chromatic else degree(step, low)

    notes: list[Note] = [(4.0 * bar, 4.0, pitch(60), PAD) for bar in range(BARS) for _ in range(4)]
    beat = 0.0
    while beat < 4 * BARS - 4:
        notes.append((beat, 0.5, pitch(60), LEAD))
        beat += float(draw.choice([0.5, 1.0, 1.5, 2.5, 3.5]))
    return piece(notes)


def composed() -> Piece:
    """A plain piece that is none of these: tunes that return among others, chords of many kinds,
    two of them borrowed, drums with fills and a break, and a cadence."""
    draw = np.random.default_rng(8)
    tunes = [[(float(beat), int(draw.integers(7)))
              for beat in sorted(draw.choice(np.arange(0, 12) / 2, size, replace=False))]
             for size in (5, 8, 6, 4, 9, 7, 5, 10, 11, 6, 4, 8, 7, 9, 6, 5, 8, 7)]
    order = [0, 1, 2, 0, 3, 4, 5, 6, 7, 8, 0, 2, 9, 10, 11, 12, 13, 14]
    notes: list[Note] = []
    for phrase in range(BARS // 8):
        for bar in range(8):
            at = 4.0 * (8 * phrase + bar)
            root = (0, 5, 1, 4, 2, 3, 6, 4)[(bar + phrase) % 8]
            chord = [degree(root + third, 48 + 12 * (third > 4))
                     for third in ((0, 2, 4), (0, 2, 4, 6), (0, 4, 8), (0, 3, 4))[phrase % 4]]
            if bar == 5 and phrase % 3 == 1:
                chord = [53, 56, 60]  # F minor
            notes += [(at, 4.0, pitch, PAD) for pitch in chord]
            if phrase not in (6, 13):
                notes += [(at + beat, 0.1, KICK, KIT) for beat in ((0, 2), (0, 2.5))[phrase % 2]]
            notes += [(at + beat, 0.1, HAT, KIT) for beat in range(4)]
            notes += [(at + beat, 0.1, SNARE, KIT) for beat in (1, 3)]
            if bar == 7 and phrase % 2 == 1:
                notes += [(at + beat, 0.1, TOM, KIT) for beat in (2, 2.5, 3, 3.5)]
        notes += [(32.0 * phrase + start + beat, 0.4, degree(step, 72), LEAD)
                  for start, tune in ((0, tunes[order[phrase]]), (16, tunes[(phrase + 12) % 18]))
                  for beat, step in tune]
    notes = [note for note in notes if note[0] < 4 * BARS - 12]
    notes += [(4.0 * BARS - 12, 4.0, pitch, PAD) for pitch in (55, 59, 62)]
    notes += [(4.0 * BARS - 8, 8.0, pitch, PAD) for pitch in (48, 55, 64)]
    return piece(notes)
