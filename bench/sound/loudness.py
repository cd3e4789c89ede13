# SPDX-License-Identifier: MIT
"""Loudness as broadcasters measure it: ITU-R BS.1770-4, EBU Tech 3341 and 3342."""
from __future__ import annotations

import numpy as np
import scipy.signal

from audio import RATE, Sound, decibels, running_mean

# BS.1770-4, tables 1 and 2: the head's shelf and the revised low-frequency curve, at 48 kHz.
_K_WEIGHTING = np.array([
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241,
     0.73248077421585],
    [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
])
_STEP = RATE // 10
STEPS_A_SECOND = 10


def step_powers(sound: Sound) -> np.ndarray:
    """K-weighted power of both channels together in each 100 ms."""
    weighted = scipy.signal.sosfilt(_K_WEIGHTING, sound.samples, axis=0)
    whole = len(weighted) // _STEP * _STEP
    return (weighted[:whole] ** 2).sum(axis=1).reshape(-1, _STEP).mean(axis=1)


def curve(powers: np.ndarray, seconds: float) -> np.ndarray:
    """LUFS of every window of that length, one each 100 ms, the first when it is full."""
    return -0.691 + decibels(running_mean(powers, round(seconds * STEPS_A_SECOND)), 1e-12)


def _mean_over(powers: np.ndarray, threshold_lufs: float) -> float:
    heard = powers[-0.691 + decibels(powers, 1e-12) > threshold_lufs]
    return -0.691 + float(decibels(heard.mean(), 1e-12)) if len(heard) else -120.0


def integrated(powers: np.ndarray) -> float:
    """LUFS of the whole, gated twice (BS.1770-4, 5.1): at -70 and 10 LU under what is left."""
    blocks = running_mean(powers, 4)
    return _mean_over(blocks, max(-70.0, _mean_over(blocks, -70.0) - 10.0))


def loudness_range(powers: np.ndarray) -> float:
    """LU between the 10th and 95th percentile of 3 s loudness, gated at -70 and -20 LU (3342)."""
    blocks = running_mean(powers, 30)
    levels = -0.691 + decibels(blocks, 1e-12)
    levels = levels[levels > max(-70.0, _mean_over(blocks, -70.0) - 20.0)]
    return float(np.diff(np.percentile(levels, [10, 95]))[0]) if len(levels) else 0.0


def largest_jump(short_term: np.ndarray) -> float:
    """LU: the most that 3 s loudness changes within 3 s where there is anything to hear."""
    later, sooner = short_term[30:], short_term[:-30]
    changes = np.abs(later - sooner)[np.maximum(later, sooner) > -50.0]
    return float(changes.max()) if len(changes) else 0.0


def measure(sound: Sound) -> dict[str, float]:
    """Integrated loudness (LUFS), range (LU), and how 3 s loudness moves away from the edges.

    loudness_jump: see above. loudness_sd: its standard deviation, in LU; a machine that holds one
    level has next to none.
    """
    powers = step_powers(sound)
    short_term = curve(powers, 3.0)
    inner = short_term[30:-60] if len(short_term) > 200 else short_term
    heard = inner[inner > -60.0]
    return {"loudness": integrated(powers), "loudness_range": loudness_range(powers),
            "loudness_jump": largest_jump(inner),
            "loudness_sd": float(heard.std()) if len(heard) else 0.0}


def true_peak(sound: Sound) -> float:
    """dBTP after fourfold oversampling (BS.1770-4, annex 2), looked for where samples are high."""
    envelope = np.abs(sound.samples).max(axis=1)
    cell = 512
    tops = envelope[:len(envelope) // cell * cell].reshape(-1, cell).max(axis=1)
    if not len(tops) or tops.max() <= 0.0:
        return -120.0
    peak = float(envelope.max())
    for place in np.flatnonzero(tops > 0.8 * tops.max())[:400]:
        around = sound.samples[max(0, place * cell - 64):(place + 1) * cell + 64]
        peak = max(peak, float(np.abs(scipy.signal.resample_poly(around, 4, 1)).max()))
    return 20.0 * float(np.log10(peak))
