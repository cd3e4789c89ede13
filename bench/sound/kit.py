# SPDX-License-Identifier: MIT
"""What the drums play: a floor, breaks, fills, and more than one bar. Sounds are General MIDI's."""
from __future__ import annotations

from collections import Counter

import numpy as np

from midi import PERCUSSION
from piece import BAR, Piece

NAMES = {35: "kick", 36: "kick", 37: "rim", 38: "snare", 39: "clap", 40: "snare", 41: "low tom",
         42: "hat", 43: "low tom", 44: "foot hat", 45: "tom", 46: "open hat", 47: "tom",
         48: "high tom", 49: "crash", 50: "high tom", 51: "ride", 53: "bell", 54: "tambourine",
         56: "cowbell", 69: "cabasa", 70: "shaker", 75: "claves", 76: "wood block", 82: "shaker"}
_KICKS = {35, 36}
_FILLERS = {37, 38, 39, 40, 41, 43, 45, 47, 48, 50}  # snares, rim, clap and toms
_FEW = 16        # bars or strokes under which nothing is told
_PHRASE = 32     # bars

Bar = frozenset[tuple[int, int]]  # (sound, sixteenth)


def bars(piece: Piece) -> list[Bar]:
    """What is struck in each bar, to the sixteenth."""
    strokes: list[set[tuple[int, int]]] = [set() for _ in range(max(1, piece.bars))]
    for tone in piece.of(PERCUSSION):
        bar, place = divmod(round(4.0 * tone.beat), int(4 * BAR))
        if bar < len(strokes):
            strokes[bar].add((tone.pitch, place))
    return [frozenset(bar) for bar in strokes]


def longest_without(there: np.ndarray) -> int:
    """The longest run of False."""
    edges = np.flatnonzero(np.concatenate([[True], there, [True]]))
    return int(np.diff(edges).max()) - 1


def fills(played: list[Bar]) -> int:
    """Bars whose second half has two strokes more of snare, clap and toms than such halves
    usually have."""
    late = np.array([sum(sound in _FILLERS and place >= 8 for sound, place in bar)
                     for bar in played])
    return int((late >= np.median(late) + 2).sum())


def kinds(played: list[Bar]) -> float:
    """How many different bars there are in 32 that are played one after another; the median."""
    starts = range(0, max(1, len(played) - _PHRASE + 1), _PHRASE // 2)
    return float(np.median([len(set(played[s:s + _PHRASE])) for s in starts]))


def measure(piece: Piece) -> dict[str, float]:
    """kick_presence: share of the bars that have a kick. longest_kickless: s. fills: in 16 bars
    with drums, see above. drum_sounds: how many are struck at least twice and are one stroke in
    two hundred. bar_kinds: see above. Without drums only the first and drum_sounds are told, 0."""
    strokes = Counter(tone.pitch for tone in piece.of(PERCUSSION))
    if strokes.total() < _FEW:
        return {"kick_presence": 0.0, "drum_sounds": 0.0}
    every = bars(piece)
    played = [bar for bar in every if bar]
    kick = np.array([any(sound in _KICKS for sound, _ in bar) for bar in every])
    found = {
        "kick_presence": float(kick.mean()),
        "longest_kickless": longest_without(kick) * piece.seconds / len(every),
        "drum_sounds": float(sum(count >= max(2, strokes.total() / 200)
                                 for count in strokes.values())),
    }
    if len(played) >= _FEW:
        found["fills"] = _FEW * fills(played) / len(played)
        found["bar_kinds"] = kinds(played)
    return found
