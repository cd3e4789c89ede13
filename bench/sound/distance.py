# SPDX-License-Identifier: MIT
"""How far apart two excerpts are: about 0 the same piece going on, about 1 another piece."""
from __future__ import annotations

import numpy as np

from measures import Portrait


def parts(one: Portrait, other: Portrait) -> dict[str, float]:
    """Each 1 where excerpts of different pieces of one kind usually are.

    chroma: cosine distance of the pitch-class profiles, over 0.5. timbre: of the mel cepstrum's
    means, in their own spreads. tempo: octaves over 0.25, from the scores. density: octaves of the
    onset rate. brightness: octaves of the centroid over 0.7.
    """
    profiles = [p.chroma - p.chroma.min() for p in (one, other)]
    lengths = [float(np.linalg.norm(p)) + 1e-9 for p in profiles]
    spread = (one.timbre_spread + 1.0) * (other.timbre_spread + 1.0)

    def octaves(name: str, floor: float) -> float:
        values = [max(p.figures.get(name, floor), floor) for p in (one, other)]
        return abs(float(np.log2(values[0] / values[1])))

    return {
        "chroma": (1.0 - float(profiles[0] @ profiles[1]) / (lengths[0] * lengths[1])) / 0.5,
        "timbre": float(np.sqrt(((one.timbre - other.timbre) ** 2 / spread).mean())),
        "tempo": min(octaves("bpm", 20.0), 0.5) / 0.25,
        "density": min(octaves("onset_rate", 0.05), 2.0),
        "brightness": min(octaves("centroid", 50.0), 2.0) / 0.7,
    }


_WEIGHTS = {"chroma": 2.0, "timbre": 2.0, "tempo": 1.0, "density": 1.0, "brightness": 1.0}


def between(one: Portrait, other: Portrait) -> float:
    """The weighted mean of the parts: harmony and colour count twice."""
    found = parts(one, other)
    return sum(_WEIGHTS[name] * value for name, value in found.items()) / sum(_WEIGHTS.values())
