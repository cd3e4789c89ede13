# SPDX-License-Identifier: MIT
"""How the level and the colour of a piece move, and where its power lies."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import soundfile

import loudness
from audio import RATE, Sound, decibels

BLOCK_SECONDS = 120.0


def blocks(path: Path, opening: float = 0.0, fade: float = 0.0) -> Iterator[Sound]:
    """A file in even stretches of about two minutes, so that an hour fits into memory; without
    its first seconds and its last fade."""
    with soundfile.SoundFile(path) as file:
        start = round(opening * RATE)
        stop = max(file.frames - round(fade * RATE), start + RATE)
        count = max(1, round((stop - start) / (BLOCK_SECONDS * RATE)))
        file.seek(start)
        for size in np.diff(np.linspace(start, stop, count + 1).astype(int)):
            samples = file.read(size, dtype="float32", always_2d=True)
            yield Sound(samples.astype(np.float64))


def levels(sound: Sound) -> np.ndarray:
    """LUFS of each second; those 40 LU under the loudest are left out."""
    powers = loudness.step_powers(sound)
    count = len(powers) // loudness.STEPS_A_SECOND
    means = powers[:count * loudness.STEPS_A_SECOND].reshape(count, -1).mean(axis=1)
    found = -0.691 + decibels(means, 1e-12)
    return found[found > found.max() - 40.0] if count else found


def centroids(sound: Sound) -> np.ndarray:
    """log2 Hz of each second: the mean frequency, weighed by magnitude."""
    spectra = sound.spectrogram
    frequencies = np.linspace(0.0, RATE / 2, spectra.shape[1])
    second = (np.arange(len(spectra)) * sound.seconds / len(spectra)).astype(int)
    weighed = np.bincount(second, spectra @ frequencies)
    whole = np.bincount(second, spectra.sum(axis=1))
    return np.log2(np.maximum(weighed / np.maximum(whole, 1e-12), 20.0))


def comb(frequencies: np.ndarray, power: np.ndarray) -> float:
    """dB from the valleys (10 %) to the peaks (90 %) of 1/24-octave bands, in each octave from
    200 Hz to 6.4 kHz less its slope; their mean. A few pitches held for minutes make a comb."""
    edges = 200.0 * 2.0 ** (np.arange(24 * 5 + 1) / 24.0)
    places = np.searchsorted(frequencies, edges)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    bands = decibels((sums[places[1:]] - sums[places[:-1]]) / np.diff(places))
    octaves, steps = bands.reshape(5, 24), np.arange(24)
    flat = [octave - np.polyval(np.polyfit(steps, octave, 1), steps) for octave in octaves]
    return float(np.mean(np.diff(np.percentile(flat, [10, 90], axis=1), axis=0)))


def share(frequencies: np.ndarray, power: np.ndarray, low: float, high: float) -> float:
    """dB of the power from 20 Hz to 20 kHz that lies between two frequencies."""
    whole = power[(frequencies >= 20.0) & (frequencies < 20000.0)].sum()
    part = power[(frequencies >= low) & (frequencies < high)].sum()
    return float(decibels(part / (whole + 1e-20), 1e-12))


def _figures(sound: Sound) -> dict[str, float]:
    level, spectrum = levels(sound), sound.power_spectrum
    return {
        "level_sd": float(level.std()),
        "level_range": float(np.diff(np.percentile(level, [5, 95]))[0]),
        "centroid_sd": float(centroids(sound).std()),
        "comb": comb(*spectrum),
        "mud": share(*spectrum, 200.0, 500.0),
        "top_air": share(*spectrum, 10000.0, 20000.0),
    }


def measure(sounds: Iterable[Sound]) -> dict[str, float]:
    """The median over blocks of two minutes, so that a piece and an hour compare.

    level_sd, level_range: of the loudness of each second, in LU; the range is from the 5th to the
    95th percentile. centroid_sd: of the brightness of each second, in octaves. comb: see above.
    mud: 200 to 500 Hz, where everything piles up. top_air: over 10 kHz. Both in dB of all power.
    """
    found = [_figures(sound) for sound in sounds if sound.seconds >= 2.0]
    return {name: float(np.median([f[name] for f in found])) for name in found[0]} if found else {}
