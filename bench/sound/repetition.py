# SPDX-License-Identifier: MIT
"""Whether one can hear a loop, or finds nothing that ever comes back."""
from __future__ import annotations

import numpy as np
import scipy.fft

from audio import Sound

_HOP_SECONDS = 0.5
_WINDOW = 16  # hops: 8 s
_APART = 16   # seconds at least between twins


def loop_autocorrelation(wave: np.ndarray, rate: int) -> float:
    """The waveform's largest normalised autocorrelation at lags from 1.5 s to 60 % of its length.

    1 is a copy, sample for sample. `wave` is low-passed, so that what is above 2 kHz does not
    hide a loop.
    """
    wave = wave - wave.mean()
    count = len(wave)
    longest, shortest = int(0.6 * count), int(1.5 * rate)
    if longest <= shortest:
        return 0.0
    spectrum = scipy.fft.rfft(wave, scipy.fft.next_fast_len(2 * count, real=True))
    correlation = scipy.fft.irfft(np.abs(spectrum) ** 2)[:longest]
    energy = np.concatenate([[0.0], np.cumsum(wave ** 2)])
    lags = np.arange(shortest, longest)
    scale = np.sqrt(energy[count - lags] * (energy[count] - energy[lags])) + 1e-12
    return float((correlation[lags] / scale).max())


def chroma_steps(sound: Sound) -> np.ndarray:
    """(steps, 12) pitch-class shape each half second, of unit length, from 65 to 2100 Hz."""
    rate, size = 12000, 8192
    hop = int(_HOP_SECONDS * rate)
    if len(sound.at_12_khz) < size:
        return np.zeros((0, 12))
    frames = np.lib.stride_tricks.sliding_window_view(sound.at_12_khz, size)[::hop]
    spectra = np.abs(scipy.fft.rfft(frames * np.hanning(size), axis=1))
    frequencies = np.fft.rfftfreq(size, 1.0 / rate)
    used = (frequencies > 65.0) & (frequencies < 2100.0)
    classes = np.round(12.0 * np.log2(frequencies[used] / 440.0)).astype(int) % 12
    fold = np.zeros((used.sum(), 12))
    fold[np.arange(used.sum()), classes] = np.sqrt(65.0 / frequencies[used])
    steps = np.sqrt(spectra[:, used]) @ fold
    steps -= steps.min(axis=1, keepdims=True)
    return steps / (np.linalg.norm(steps, axis=1, keepdims=True) + 1e-9)


def twins(steps: np.ndarray) -> np.ndarray:
    """For each second: how like its next 8 s are the 8 s, 16 s or more away, that are most like
    them; correlation of the pitch classes over time, about their mean. Empty if too short."""
    if len(steps) < _WINDOW + 2 * _APART + 4:
        return np.empty(0)
    windows = np.lib.stride_tricks.sliding_window_view(steps, _WINDOW, axis=0)[::2]
    windows = windows.reshape(len(windows), -1)
    windows = windows - windows.mean(axis=0)
    windows /= np.linalg.norm(windows, axis=1, keepdims=True) + 1e-9
    likeness = windows @ windows.T
    places = np.arange(len(windows))
    likeness[np.abs(places[:, None] - places) < _APART] = -1.0
    return likeness.max(axis=1)


def measure(sound: Sound) -> dict[str, float]:
    """loop: waveform autocorrelation. chroma_twin: mean likeness of 8 s to their twins;
    chroma_verbatim: the share whose twin is a copy (over 0.98)."""
    found = {"loop": loop_autocorrelation(sound.at_4_khz, 4000)}
    best = twins(chroma_steps(sound))
    if len(best):
        found["chroma_twin"] = float(best.mean())
        found["chroma_verbatim"] = float((best > 0.98).mean())
    return found
