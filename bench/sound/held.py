# SPDX-License-Identifier: MIT
"""What stands still in a score: a pitch that never ends, a pad whose highest voice never moves."""
from __future__ import annotations

from collections import Counter, defaultdict

from midi import PADS
from piece import Piece, Tone

_BREATH = 0.5   # seconds without a pitch that end it
_STEP = 0.5     # seconds from look to look


def longest(tones: list[Tone]) -> float:
    """Seconds: the longest that one pitch sounds, whoever plays it, without half a second of
    rest. A pitch that is struck again and again counts as held."""
    runs: dict[int, tuple[float, float]] = {}
    best = 0.0
    for tone in sorted(tones, key=lambda t: t.start):
        start, end = runs.get(tone.pitch, (tone.start, tone.start))
        if tone.start - end >= _BREATH:
            start = tone.start
        runs[tone.pitch] = (start, max(end, tone.end))
        best = max(best, runs[tone.pitch][1] - start)
    return best


def tops(pads: list[Tone]) -> Counter[int]:
    """How many half seconds each pitch is the highest of the pads."""
    highest: dict[int, int] = defaultdict(int)
    for tone in pads:
        # A chord that ends as the next begins is not on top of it.
        for step in range(int(tone.start / _STEP) + 1, int((tone.end - 0.1) / _STEP) + 1):
            highest[step] = max(highest[step], tone.pitch)
    return Counter(highest.values())


def measure(piece: Piece) -> dict[str, float]:
    """longest_held: s. pad_top_share: of the time that pads sound, the share in which their
    highest note is the one that is highest most often; 1 is a fixture, a line has less."""
    found = {"longest_held": longest(piece.pitched)} if piece.pitched else {}
    counts = tops(piece.of(*PADS))
    if counts:
        found["pad_top_share"] = counts.most_common(1)[0][1] / counts.total()
    return found
