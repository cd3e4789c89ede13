# SPDX-License-Identifier: MIT
"""Sound in memory and the few transforms that every measure shares."""
from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
import scipy.fft
import scipy.signal
import soundfile

RATE = 48000
"""Hz. The store's rate; every excerpt that is judged has it."""


class Sound:
    """A stereo excerpt, and what several measures want of it, made once when first asked for."""

    def __init__(self, samples: np.ndarray) -> None:
        """`samples` is (frames, 2) at RATE, full scale 1."""
        self.samples = samples

    @classmethod
    def read(cls, path: Path) -> Sound:
        """Any file of libsndfile's at RATE; one channel is heard on both sides."""
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        if rate != RATE:
            raise ValueError(f"{path} has {rate} Hz; measures are defined at {RATE} Hz")
        if samples.shape[1] == 1:
            samples = np.repeat(samples, 2, axis=1)
        return cls(samples[:, :2].astype(np.float64))

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    @cached_property
    def mono(self) -> np.ndarray:
        return self.samples.mean(axis=1)

    @cached_property
    def at_4_khz(self) -> np.ndarray:
        return scipy.signal.resample_poly(self.mono, 1, 12)

    @cached_property
    def at_12_khz(self) -> np.ndarray:
        return scipy.signal.resample_poly(self.mono, 1, 4)

    @cached_property
    def power_spectrum(self) -> tuple[np.ndarray, np.ndarray]:
        """Frequencies in Hz and mean power in each bin (Welch, 0.34 s Hann windows, half over)."""
        return scipy.signal.welch(self.mono, RATE, nperseg=16384)

    @cached_property
    def spectrogram(self) -> np.ndarray:
        """(frames, bins) magnitudes: 85 ms Hann windows every 43 ms, a sine of 1 peaking at 1/2."""
        return magnitudes(self.mono, 4096, 2048, scipy.signal.windows.hann(4096, sym=False))


def magnitudes(signal: np.ndarray, size: int, hop: int, window: np.ndarray) -> np.ndarray:
    """(frames, size / 2 + 1) magnitudes of whole windows, scaled by the window's sum."""
    if len(signal) < size:
        signal = np.pad(signal, (0, size - len(signal)))
    frames = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    scaled = (window / window.sum()).astype(np.float32)
    return np.abs(scipy.fft.rfft(frames.astype(np.float32) * scaled, axis=1))


def decibels(power: np.ndarray | float, floor: float = 1e-20) -> np.ndarray | float:
    """Power ratio in dB, never below the floor."""
    return 10.0 * np.log10(np.maximum(power, floor))


def running_mean(values: np.ndarray, width: int) -> np.ndarray:
    """Mean of each `width` consecutive values, by one running sum; shorter by `width` - 1."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return (sums[width:] - sums[:-width]) / width
