# SPDX-License-Identifier: MIT
"""Whether an hour is a suite: movements that differ, keys and tempi, and what comes back late."""
from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import scipy.signal

import chords
import harmony
import keys
import phrases
import spectrum
from audio import Sound
from piece import Piece
from render import Part

LONG_SECONDS = 1800.0    # from here on a session is judged as an hour
STEP_SECONDS = 10.0      # of a moment
_SIDE = 18               # moments that are compared on each side of a border
_BORDER = 0.7            # deviations between both sides; what only wavers has 0.5 at most
_LATE_SECONDS = 300.0
_AREA_SECONDS = 60.0
_FEW_NOTES = 4


def moments(sound: Sound) -> np.ndarray:
    """(moments, 25) of ten seconds each: mel cepstrum 0 to 12 (so the level, too) and chroma."""
    timbre, pitch = spectrum.cepstrum(sound, 1.0), harmony.chroma(harmony.partials(sound, 1.0))
    count = max(1, round(sound.seconds / STEP_SECONDS))
    return np.stack([np.concatenate([np.mean(part, axis=0) for part in both])
                     for both in zip(np.array_split(timbre, count), np.array_split(pitch, count))])


def novelty(points: np.ndarray) -> np.ndarray:
    """How far the means of three minutes before and after each moment are apart, in deviations of
    those minutes: the root mean square over all features."""
    found = np.zeros(len(points))
    for place in range(_SIDE, len(points) - _SIDE):
        before, after = points[place - _SIDE:place], points[place:place + _SIDE]
        spread = 0.5 * (before.var(axis=0) + after.var(axis=0)) + 0.05 * points.var(axis=0) + 1e-9
        apart = (after.mean(axis=0) - before.mean(axis=0)) ** 2 / spread
        found[place] = np.sqrt(apart.mean())
    return found


def borders(points: np.ndarray) -> np.ndarray:
    """The moments at which another movement begins, three minutes apart or more."""
    return scipy.signal.find_peaks(novelty(points), height=_BORDER, distance=_SIDE)[0]


def tempi(parts: list[Part]) -> int:
    """Tempi that are more than 2 % apart."""
    slower = sorted(part.bpm for part in parts if part.bpm > 0.0)
    found: list[float] = []
    for bpm in slower:
        if not found or bpm > 1.02 * found[-1]:
            found.append(bpm)
    return len(found)


def palettes(piece: Piece) -> int:
    """Different bands: which instruments play four notes or more in a segment, drums aside."""
    starts = [part.start for part in piece.parts]
    heard: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for tone in piece.pitched:
        place = int(np.searchsorted(starts, tone.start + 0.05, side="right")) - 1
        heard[place][tone.channel, tone.program] += 1
    return len({frozenset(player for player, count in band.items() if count >= _FEW_NOTES)
                for band in heard.values()})


def measure(piece: Piece, points: np.ndarray) -> dict[str, float]:
    """key_areas: scales that are played for a minute or more in all. key_changes: an hour.
    chords_in_hour: chords that are heard twice or more. movements: stretches of the sound between
    borders, an hour. late_return: share of the phrases that were heard five minutes before or
    earlier. loudness_spread: LU between the 5th and 95th percentile of the segments' loudness, the
    last aside. tempi, palettes: see above."""
    scales, _ = keys.path(piece)
    hours = piece.seconds / 3600.0
    bar = piece.seconds / max(1, len(scales))
    often = Counter(chord.name for chord in chords.read(piece))
    found: dict[str, float | None] = {
        "key_areas": float((np.bincount(scales) * bar >= _AREA_SECONDS).sum()),
        "key_changes": float((np.diff(scales) != 0).sum()) / hours,
        "chords_in_hour": float(sum(count >= 2 for count in often.values())),
        "movements": (len(borders(points)) + 1) / hours,
        "tempi": float(tempi(piece.parts)),
        "palettes": float(palettes(piece)),
        "late_return": phrases.phrase_return(phrases.split(piece.lead), _LATE_SECONDS),
    }
    loud = [part.lufs for part in piece.parts[:-1]]
    if loud:
        found["loudness_spread"] = float(np.diff(np.percentile(loud, [5, 95]))[0])
    return {name: value for name, value in found.items() if value is not None}
