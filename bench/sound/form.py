# SPDX-License-Identifier: MIT
"""Every measure of a whole session, by name: whether it moves, breathes and goes somewhere."""
from __future__ import annotations

from pathlib import Path

import numpy as np

import chords
import held
import keys
import kit
import motion
import phrases
import suite
from piece import Piece

_OPENING_SECONDS = 10.0  # no piece begins at its level


def of_score(piece: Piece) -> dict[str, float]:
    """What the notes tell; nothing where there are none."""
    if not piece.pitched:
        return {}
    return (held.measure(piece) | chords.measure(piece) |
            keys.measure(piece) | phrases.measure(piece) | kit.measure(piece))


def measure(piece: Piece, mix: Path) -> dict[str, float]:
    """All of it; of an hour the measures of an hour, too."""
    fade = piece.parts[-1].fade
    figures = of_score(piece) | motion.measure(motion.blocks(mix, _OPENING_SECONDS, fade))
    if piece.seconds >= suite.LONG_SECONDS:
        points = np.concatenate([suite.moments(sound) for sound in motion.blocks(mix)])
        figures |= suite.measure(piece, points)
    return figures
