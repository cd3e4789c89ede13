# SPDX-License-Identifier: MIT
"""How wide a sound is, and what is left of it on one loudspeaker."""
from __future__ import annotations

import numpy as np
import scipy.signal

from audio import RATE, Sound, decibels


def measure(sound: Sound) -> dict[str, float]:
    """stereo_correlation: mean of each second's, 1 is mono; stereo_worst: its 5th percentile.

    mono_loss: dB of power lost when both sides are added. bass_correlation: of what is under
    120 Hz. balance: left over right, dB.
    """
    left, right = sound.samples.T
    seconds = len(left) // RATE
    parts = sound.samples[:seconds * RATE].reshape(seconds, RATE, 2)
    both = np.einsum("sf,sf->s", parts[:, :, 0], parts[:, :, 1])
    powers = np.einsum("sfc,sfc->sc", parts, parts)
    heard = powers.max(axis=1) / RATE > 1e-7
    correlations = (both / np.sqrt(powers.prod(axis=1) + 1e-20))[heard]
    if not len(correlations):
        correlations = np.ones(1)

    left_power, right_power = float(left @ left), float(right @ right)
    lowpass = scipy.signal.butter(4, 120.0, fs=RATE, output="sos")
    low_left, low_right = scipy.signal.sosfilt(lowpass, sound.samples, axis=0).T
    low_both = np.sqrt((low_left @ low_left) * (low_right @ low_right)) + 1e-12
    mono_power = float(sound.mono @ sound.mono)
    return {
        "stereo_correlation": float(correlations.mean()),
        "stereo_worst": float(np.percentile(correlations, 5)),
        "mono_loss": float(decibels(mono_power / ((left_power + right_power) / 2 + 1e-20))),
        "bass_correlation": float(low_left @ low_right / low_both),
        "balance": float(decibels((left_power + 1e-12) / (right_power + 1e-12))),
    }
