# SPDX-License-Identifier: MIT
"""What no music should have: clicks, an offset, holes, no dynamics at all."""
from __future__ import annotations

import numpy as np

from audio import RATE, Sound, decibels, running_mean

_CELL = RATE // 2000  # half a millisecond
_AROUND = 20          # cells before and after: 10 ms
_TIMES_LOUDER = 18.0
_AUDIBLE = 1.5e-3


def click_times(sound: Sound) -> np.ndarray:
    """Seconds at which a channel's curvature leaps and is back within a millisecond.

    A cell of half a millisecond counts when the second difference peaks in it at 18 times the RMS
    of the 10 ms on either side. A drum stays loud after its attack and so does not count.
    """
    hits = []
    for channel in sound.samples.T:
        bend = np.diff(channel, 2)
        cells = bend[:len(bend) // _CELL * _CELL].reshape(-1, _CELL)
        if len(cells) < 2 * _AROUND + 4:
            continue
        means = running_mean((cells ** 2).mean(axis=1), _AROUND)
        before, after = means[:-_AROUND - 3], means[_AROUND + 3:]
        centre = np.abs(cells).max(axis=1)[_AROUND + 1:_AROUND + 1 + len(before)]
        calm = np.sqrt(np.maximum(before, after)) + 1e-6
        found = np.flatnonzero((centre > _TIMES_LOUDER * calm) & (centre > _AUDIBLE))
        hits.append((found + _AROUND + 1) * _CELL / RATE)
    times = np.sort(np.concatenate(hits)) if hits else np.empty(0)
    return times[np.diff(times, prepend=-1.0) > 0.01] if len(times) else times


def longest_silence(sound: Sound) -> float:
    """Seconds: the longest run of 10 ms cells under -60 dBFS, the first and last 0.1 s aside."""
    cell = RATE // 100
    peaks = np.abs(sound.samples).max(axis=1)
    silent = peaks[:len(peaks) // cell * cell].reshape(-1, cell).max(axis=1)[10:-10] < 1e-3
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(int)))
    return float((edges[1::2] - edges[::2]).max()) / 100.0 if len(edges) else 0.0


def sharpest_rise(sound: Sound) -> float:
    """dB: the 99th percentile of how much louder each 20 ms is than the 20 ms before."""
    cell = RATE // 50
    levels = decibels((sound.mono[:len(sound.mono) // cell * cell].reshape(-1, cell) ** 2)
                      .mean(axis=1), 1e-9)
    return float(np.percentile(np.diff(levels), 99)) if len(levels) > 1 else 0.0


def measure(sound: Sound) -> dict[str, float]:
    """clicks: their number. dc: the larger offset of a channel, of full scale. crest: peak over
    RMS, dB. silence: s. sharpest_rise: dB in 20 ms. clipped: samples at full scale."""
    samples = sound.samples
    peak, rms = np.abs(samples).max(), np.sqrt((samples ** 2).mean())
    return {
        "clicks": float(len(click_times(sound))),
        "dc": float(np.abs(samples.mean(axis=0)).max()),
        "crest": float(20.0 * np.log10((peak + 1e-12) / (rms + 1e-12))),
        "silence": longest_silence(sound),
        "sharpest_rise": sharpest_rise(sound),
        "clipped": float((np.abs(samples) >= 0.99997).sum()),
    }
