# SPDX-License-Identifier: MIT
"""Every measure of an excerpt, by name."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import faults
import harmony
import loudness
import repetition
import rhythm
import spectrum
import stereo
from audio import Sound


@dataclass
class Portrait:
    """What is known of an excerpt: single figures, and the averages that distances are made of."""

    figures: dict[str, float]
    chroma: np.ndarray         # 12 pitch classes, mean over frames
    timbre: np.ndarray         # cepstrum 1 to 12, mean over frames
    timbre_spread: np.ndarray  # their deviations


def essence(sound: Sound) -> Portrait:
    """What distances are made of, and no more: half the work of a whole portrait."""
    return _begin(sound)[0]


def portrait(sound: Sound) -> Portrait:
    """All measures of a sound."""
    whole, timbre, found = _begin(sound)
    whole.figures |= spectrum.measure(sound, timbre)
    whole.figures |= {"true_peak": loudness.true_peak(sound)}
    whole.figures |= stereo.measure(sound)
    whole.figures |= faults.measure(sound)
    whole.figures |= repetition.measure(sound)
    whole.figures |= {"dissonance": harmony.dissonance(found),
                      "diatonic_ratio": harmony.diatonic_ratio(whole.chroma)}
    return whole


def _begin(sound: Sound) -> tuple[Portrait, np.ndarray, harmony.Partials]:
    """The essence, with the cepstrum and the partials. These and onsets are taken at -20 LUFS, for
    their floors are absolute."""
    figures = loudness.measure(sound)
    level = figures["loudness"]
    gain = 10.0 ** ((-20.0 - level) / 20.0) if level > -60.0 else 1.0
    timbre = spectrum.cepstrum(sound, gain)
    found = harmony.partials(sound, gain)
    classes = harmony.chroma(found)
    profile = classes.mean(axis=0) if len(classes) else np.zeros(12)
    figures |= rhythm.measure(sound, gain) | {"centroid": spectrum.centroid(sound)}
    return (Portrait(figures, profile, timbre[:, 1:].mean(axis=0), timbre[:, 1:].std(axis=0)),
            timbre, found)
