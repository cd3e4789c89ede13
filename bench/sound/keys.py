# SPDX-License-Identifier: MIT
"""The scales that a piece goes through, and the notes outside of them."""
from __future__ import annotations

import numpy as np

import chords
from piece import BAR, Piece

_MAJOR = np.array([0, 2, 4, 5, 7, 9, 11])
_SCALES = np.array([np.isin((np.arange(12) - root) % 12, _MAJOR) for root in range(12)], float)
_PRICE = 3.0  # bars: what leaving a scale costs, against one bar all of whose notes are outside
_TONICS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_LONGEST_BEATS = 4 * BAR  # of a pedal point no more counts


def tonic(key: str) -> int | None:
    """The pitch class of a key like "F# dorian"."""
    if not key or key[0] not in _TONICS:
        return None
    return (_TONICS[key[0]] + {"#": 1, "b": -1}.get(key[1:2], 0)) % 12


def path(piece: Piece) -> tuple[np.ndarray, np.ndarray]:
    """The scale of each bar, named by its major tonic, and the share of the bar that is outside.

    The cheapest way through all bars, where a note outside costs its share of the bar and a change
    of scale costs three bars: so a borrowed chord is no change of key, and a new key soon is one.
    """
    tones = [t for t in piece.pitched if t.beats <= _LONGEST_BEATS] or piece.pitched
    sums, _ = chords.held(tones, BAR, piece.beats)
    outside = 1.0 - sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-9) @ _SCALES.T
    outside[sums.sum(axis=1) == 0.0] = 0.0
    cost, came = outside[0], []
    for bar in outside[1:]:
        cheapest = int(cost.argmin())
        stays = cost <= cost[cheapest] + _PRICE
        came.append(np.where(stays, np.arange(12), cheapest))
        cost = np.where(stays, cost, cost[cheapest] + _PRICE) + bar
    scales = [int(cost.argmin())]
    for step in reversed(came):
        scales.append(int(step[scales[-1]]))
    way = np.array(scales[::-1])
    return way, outside[np.arange(len(way)), way]


def measure(piece: Piece) -> dict[str, float]:
    """nondiatonic: share of the sounding time that is outside the scale of the moment. Borrowed
    chords, secondary dominants and passing notes make a few in a hundred; noise makes a third."""
    _, outside = path(piece)
    return {"nondiatonic": float(outside.mean())}
