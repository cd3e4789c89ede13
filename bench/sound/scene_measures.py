# SPDX-License-Identifier: MIT
"""What tells one scene from another: its spectrum, how its level moves, and its events."""
from __future__ import annotations

import numpy as np
import scipy.signal

from audio import RATE, Sound, decibels

COLUMNS = {
    "centre": "spectral centroid, Hz",
    "slope": "of the power from 100 Hz to 8 kHz, dB an octave",
    "slow": "deviation of the level from second to second, dB",
    "fast": "deviation of the level within a second, in steps of 20 ms, dB",
    "events": "rises of 6 dB within 20 ms in a band of two octaves, a second",
    "crest": "peak against RMS, dB",
    "width": "correlation of the sides",
}
_BANDS = ((200.0, 800.0), (800.0, 3200.0), (3200.0, 12800.0))


def _levels(signal: np.ndarray, step: float) -> np.ndarray:
    size = round(step * RATE)
    blocks = signal[:len(signal) // size * size].reshape(-1, size)
    return decibels((blocks ** 2).mean(axis=1), 1e-12)


def _slope(frequencies: np.ndarray, power: np.ndarray) -> float:
    edges = np.geomspace(100.0, 8000.0, 20)
    centres = np.sqrt(edges[:-1] * edges[1:])
    mean = [power[(frequencies >= low) & (frequencies < high)].mean()
            for low, high in zip(edges[:-1], edges[1:])]
    return float(np.polyfit(np.log2(centres), decibels(np.array(mean)), 1)[0])


def _events(sound: Sound) -> float:
    """Onsets of single sounds: a band's level jumps over that of the fifth of a second before."""
    count = 0
    for low, high in _BANDS:
        sections = scipy.signal.butter(4, (low, high), "bandpass", fs=RATE, output="sos")
        levels = _levels(scipy.signal.sosfilt(sections, sound.mono), 0.02)
        before = np.array([levels[max(0, n - 10):max(1, n)].mean() for n in range(len(levels))])
        rising = levels > before + 6.0
        count += int(np.count_nonzero(rising[1:] & ~rising[:-1]))
    return count / sound.seconds


def measure(sound: Sound) -> dict[str, float]:
    frequencies, power = sound.power_spectrum
    heard = frequencies > 20.0
    levels = _levels(sound.mono, 0.02)
    seconds = levels[:len(levels) // 50 * 50].reshape(-1, 50)
    left, right = sound.samples.T
    return {
        "centre": float((frequencies * power)[heard].sum() / power[heard].sum()),
        "slope": _slope(frequencies, power),
        "slow": float(seconds.mean(axis=1).std()),
        "fast": float(seconds.std(axis=1).mean()),
        "events": _events(sound),
        "crest": float(decibels(np.abs(sound.samples).max() ** 2 / (sound.samples ** 2).mean())),
        "width": float(np.corrcoef(left, right)[0, 1]),
    }


def distances(measured: dict[str, dict[str, float]]) -> tuple[list[str], np.ndarray]:
    """Between any two scenes, each measure counted in units of its spread over all of them."""
    names = list(measured)
    rows = np.array([[np.log2(m["centre"]), m["slope"], m["slow"], m["fast"],
                      np.log2(0.1 + m["events"]), m["crest"], m["width"]]
                     for m in measured.values()])
    quarters = np.percentile(rows, [25, 75], axis=0)  # a few scenes are far from all others
    spread = np.maximum((quarters[1] - quarters[0]) / 1.35, 1e-9)
    apart = rows[:, None, :] - rows[None, :, :]
    return names, np.sqrt(((apart / spread) ** 2).sum(axis=2))


def table(measured: dict[str, dict[str, float]]) -> str:
    """In Markdown, with the scene that each is most like and how far that is."""
    names, apart = distances(measured)
    np.fill_diagonal(apart, np.inf)
    lines = ["| scene | " + " | ".join(COLUMNS) + " | most like |",
             "|---|" + "---|" * (len(COLUMNS) + 1)]
    for row, name in enumerate(names):
        m = measured[name]
        nearest = int(np.argmin(apart[row]))
        lines.append(
            f"| `{name}` | {m['centre']:.0f} | {m['slope']:+.1f} | {m['slow']:.1f} | {m['fast']:.1f} "
            f"| {m['events']:.1f} | {m['crest']:.0f} | {m['width']:.2f} "
            f"| `{names[nearest]}`, {apart[row, nearest]:.2f} |")
    return "\n".join(lines) + "\n"
