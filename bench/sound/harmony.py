# SPDX-License-Identifier: MIT
"""Partials of the spectrum: which notes they are of, and how rough they sound together."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.signal

from audio import RATE, Sound, magnitudes
from spectrum import TIMBRE_FRAME

_DIATONIC = np.array([0, 2, 4, 5, 7, 9, 11])


@dataclass
class Partials:
    """Spectral peaks of 93 ms frames, padded with magnitude 0, sorted by frequency."""

    frequencies: np.ndarray  # (frames, most) Hz
    magnitudes: np.ndarray   # (frames, most) amplitude of a sine


def partials(sound: Sound, gain: float, low: float = 40.0, high: float = 5000.0,
             most: int = 100) -> Partials:
    """Peaks over -90 dB (after `gain`, which brings the sound to -20 LUFS), between bins by a
    parabola through the logarithm."""
    window = scipy.signal.windows.general_cosine(TIMBRE_FRAME, [.44959, .49364, .05677])
    step = RATE / TIMBRE_FRAME
    spectra = 2.0 * gain * magnitudes(sound.mono, TIMBRE_FRAME, TIMBRE_FRAME, window)
    logs = np.log(spectra[:, :int(high / step) + 2] + 1e-9)
    before, here, after = logs[:, :-2], logs[:, 1:-1], logs[:, 2:]
    frames, bins = np.nonzero((here > before) & (here >= after) & (here > np.log(3e-5)))
    before, here, after = before[frames, bins], here[frames, bins], after[frames, bins]
    shift = 0.5 * (before - after) / (before - 2.0 * here + after)
    frequency = (bins + 1 + shift) * step
    magnitude = np.exp(here - 0.25 * (before - after) * shift)
    inside = (frequency >= low) & (frequency <= high)
    frames, frequency, magnitude = frames[inside], frequency[inside], magnitude[inside]

    counts = np.bincount(frames, minlength=len(spectra))
    places = np.arange(len(frames)) - (np.cumsum(counts) - counts)[frames]
    kept = places < most
    found = Partials(np.zeros((len(spectra), most)), np.zeros((len(spectra), most)))
    found.frequencies[frames[kept], places[kept]] = frequency[kept]
    found.magnitudes[frames[kept], places[kept]] = magnitude[kept]
    return found


def chroma(found: Partials) -> np.ndarray:
    """(frames, 12) strength of the pitch classes, C first, the strongest of a frame being 1.

    Power of the partials, less the further off pitch; under and over 500 Hz each brought to 1
    before they are added, so that the bass does not decide alone.
    """
    sounding = found.magnitudes > 0.0
    pitch = 69.0 + 12.0 * np.log2(np.where(sounding, found.frequencies, 440.0) / 440.0)
    nearest = np.round(pitch)
    weight = np.cos(np.pi * (pitch - nearest)) ** 2 * found.magnitudes ** 2
    place = nearest.astype(int) % 12 + 12 * np.arange(len(pitch))[:, None]
    total = np.zeros((len(pitch), 12))
    for half in (found.frequencies < 500.0, found.frequencies >= 500.0):
        part = np.bincount(place.ravel(), (weight * half).ravel(), 12 * len(pitch)).reshape(-1, 12)
        total += part / np.maximum(part.max(axis=1, keepdims=True), 1e-20)
    total = total[sounding.sum(axis=1) > 1]
    return total / np.maximum(total.max(axis=1, keepdims=True), 1e-20)


def diatonic_ratio(profile: np.ndarray) -> float:
    """Share of a pitch-class profile within the major scale that holds most of it."""
    scales = [profile[(_DIATONIC + root) % 12].sum() for root in range(12)]
    return float(max(scales) / (profile.sum() + 1e-20))


def _bark(frequency: np.ndarray) -> np.ndarray:
    """Critical-band rate (Traunmueller 1990)."""
    return 26.81 * frequency / (1960.0 + frequency) - 0.53


def _ear(frequency: np.ndarray) -> np.ndarray:
    """The A curve of IEC 61672, as a factor on amplitude."""
    square = frequency ** 2
    return (12194.0 ** 2 * square ** 2 /
            ((square + 20.6 ** 2) * (square + 12194.0 ** 2) *
             np.sqrt((square + 107.7 ** 2) * (square + 737.9 ** 2))))


def dissonance(found: Partials) -> float:
    """0 to 0.5: how much of the loudness is rough, after Plomp and Levelt (1965).

    Two partials x critical bands apart are rough by (4 x e^(1 - 4 x))^2, Parncutt's fit of their
    curve up to 1.2, in proportion to both; a partial is never rougher than it is loud, which is
    its A-weighted amplitude to the power of 0.6 (Stevens). Half of the sum, so that noise, where
    everything is rough, has 0.5. Mean over frames.
    """
    loud = (_ear(found.frequencies) * found.magnitudes) ** 0.6
    loud /= np.maximum(loud.sum(axis=1, keepdims=True), 1e-20)
    bark = _bark(found.frequencies)
    rough = np.zeros_like(loud)
    for apart in range(1, loud.shape[1]):
        near, far = loud[:, :-apart], loud[:, apart:]
        distance = bark[:, apart:] - bark[:, :-apart]
        close = (distance < 1.2) & (far > 0.0) & (near > 0.0)
        if not close.any():
            break
        x = 4.0 * np.where(close, distance, 0.0)
        pair = (x * np.exp(1.0 - x)) ** 2 * (near + far)
        rough[:, :-apart] += pair
        rough[:, apart:] += pair
    frames = (found.magnitudes > 0.0).sum(axis=1) > 1
    return float(np.minimum(rough, loud)[frames].sum(axis=1).mean() / 2) if frames.any() else 0.0
