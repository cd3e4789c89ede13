# SPDX-License-Identifier: MIT
"""What a sound is coloured like, and how much the colour moves."""
from __future__ import annotations

import numpy as np
import scipy.fft
import scipy.signal

from audio import RATE, Sound, decibels, magnitudes

TIMBRE_FRAME = 4480  # 93 ms at 48 kHz, a length that transforms quickly


def tilt(frequencies: np.ndarray, power: np.ndarray) -> float:
    """dB an octave: a straight line through the power of third-octaves from 125 Hz to 8 kHz.

    White noise rises by 3 dB, pink noise is flat, brown noise falls by 3 dB.
    """
    centres = 1000.0 * 2.0 ** (np.arange(-9, 10) / 3.0)
    bands = [power[(frequencies >= c * 2 ** (-1 / 6)) & (frequencies < c * 2 ** (1 / 6))].sum()
             for c in centres]
    return float(np.polyfit(np.log2(centres), decibels(np.array(bands)), 1)[0])


def flux(spectrogram: np.ndarray) -> np.ndarray:
    """How much the logarithm of the spectrum rises from each frame to the next, mean over bins."""
    logs = np.log(spectrogram + 1e-5)
    return np.maximum(0.0, np.diff(logs, axis=0)).mean(axis=1)


def _mel_bank(bin_count: int, band_count: int = 40, top_hz: float = 11000.0) -> np.ndarray:
    """(bands, bins): triangles of unit sum, evenly spaced in mel (2595 log10(1 + f / 700))."""
    top_mel = 2595.0 * np.log10(1.0 + top_hz / 700.0)
    edges = 700.0 * (10.0 ** (np.linspace(0.0, top_mel, band_count + 2) / 2595.0) - 1.0)
    bins = np.linspace(0.0, RATE / 2, bin_count)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    bank = np.maximum(0.0, np.minimum(rising, falling))
    return bank / np.maximum(bank.sum(axis=1, keepdims=True), 1e-12)


def cepstrum(sound: Sound, gain: float) -> np.ndarray:
    """(frames, 13) mel cepstrum of 93 ms frames: cosine transform of 40 band powers.

    The bands are 20 log10 of power, so that a coefficient moves twice as far as with dB; this
    is the scale on which timbre motion and distance are calibrated. `gain` brings the sound to
    -20 LUFS, so that the floor is the same for all.
    """
    window = scipy.signal.windows.general_cosine(TIMBRE_FRAME, [.44959, .49364, .05677])
    spectra = 2.0 * gain * magnitudes(sound.mono, TIMBRE_FRAME, TIMBRE_FRAME, window)
    bands = spectra ** 2 @ _mel_bank(spectra.shape[1]).T.astype(np.float32)
    return scipy.fft.dct(2.0 * decibels(bands, 1e-10), type=2, norm="ortho", axis=1)[:, :13]


def _audible(frequencies: np.ndarray) -> np.ndarray:
    return (frequencies > 20.0) & (frequencies < 20000.0)


def centroid(sound: Sound) -> float:
    """Hz: the mean frequency, weighed by magnitude."""
    frequencies, power = sound.power_spectrum
    magnitude = np.sqrt(power) * _audible(frequencies)
    return float(frequencies @ magnitude / (magnitude.sum() + 1e-20))


def measure(sound: Sound, timbre: np.ndarray) -> dict[str, float]:
    """Colour of the whole and its motion; `timbre` is the cepstrum.

    tilt: dB an octave. brightness: share of magnitude over 1.5 kHz. air: 5 to 16 kHz in dB of all.
    hiss: flatness from 2 to 8 kHz, 0 a tone, about 0.56 white noise.
    flux_cv: deviation of the flux over its mean; a static drone has little.
    timbre_motion: mean deviation of the mel cepstrum's coefficients 1 to 12.
    """
    frequencies, power = sound.power_spectrum
    magnitude = np.sqrt(power) * _audible(frequencies)
    high = power[(frequencies >= 5000.0) & (frequencies < 16000.0)].sum()
    rises = flux(sound.spectrogram)
    step = RATE / 2 / (sound.spectrogram.shape[1] - 1)
    noisy = sound.spectrogram[:, int(2000 / step):int(8000 / step)].astype(np.float64) ** 2 + 1e-16
    flatness = np.exp(np.log(noisy).mean(axis=1)) / noisy.mean(axis=1)
    return {
        "tilt": tilt(frequencies, power),
        "brightness": float(magnitude[frequencies >= 1500.0].sum() /
                            (magnitude.sum() + 1e-20)),
        "air": float(decibels(high / (power[frequencies > 20.0].sum() + 1e-20))),
        "hiss": float(np.median(flatness)),
        "flux_cv": float(rises.std() / (rises.mean() + 1e-12)),
        "timbre_motion": float(timbre[:, 1:].std(axis=0).mean()),
    }
