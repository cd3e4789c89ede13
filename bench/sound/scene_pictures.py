# SPDX-License-Identifier: MIT
"""Spectrograms of scenes, all in one picture, for people who would rather look than listen."""
from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import scipy.signal

from audio import RATE, Sound, decibels, magnitudes

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (after the choice of a backend)

_SECONDS = 40.0
_COLUMNS = 4


def _image(sound: Sound) -> np.ndarray:
    """(frequencies, times) dB against the loudest, on a logarithmic axis from 40 Hz to 16 kHz."""
    window = scipy.signal.windows.hann(4096, sym=False)
    spectra = magnitudes(sound.mono[:round(_SECONDS * RATE)], 4096, 2400, window)
    frequencies = np.geomspace(40.0, 16000.0, 120)
    bins = np.clip(np.round(frequencies / (RATE / 4096)).astype(int), 1, spectra.shape[1] - 1)
    power = (spectra ** 2)[:, bins].T * frequencies[:, None]  # even steps in octaves
    return np.asarray(decibels(power / power.max(), 1e-7))


def draw(sounds: dict[str, Sound], path: Path) -> None:
    rows = -(-len(sounds) // _COLUMNS)
    figure, grid = plt.subplots(rows, _COLUMNS, figsize=(12, 1.5 * rows), squeeze=False,
                                sharex=True, sharey=True, layout="constrained")
    for axes in grid.flat:
        axes.set_axis_off()
    for axes, (name, sound) in zip(grid.flat, sounds.items()):
        axes.set_axis_on()
        axes.imshow(_image(sound), origin="lower", aspect="auto", vmin=-60, vmax=0,
                    extent=(0.0, _SECONDS, 0.0, 1.0), cmap="magma", interpolation="nearest")
        axes.set_title(name, fontsize=8, pad=2)
        places = np.log(np.array([100.0, 1000.0, 10000.0]) / 40.0) / np.log(400.0)
        axes.set_yticks(places, ["100 Hz", "1 kHz", "10 kHz"], fontsize=6)
        axes.tick_params(axis="x", labelsize=6)
    for axes in grid[-1]:
        axes.set_xlabel("s", fontsize=6)
    figure.savefig(path, dpi=80)
    plt.close(figure)
