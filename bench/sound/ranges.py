# SPDX-License-Identifier: MIT
"""Which values good focus music has. Every range is necessary, none is sufficient.

Found on pieces by people, on other synthesizers, on toys and on noise, so that each range lets
music pass and some toy or noise fail.
"""
from __future__ import annotations

from dataclasses import dataclass

GOALS = ("focus", "relax", "sleep", "energize")
INTENSITIES = ("low", "medium", "high")


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, either may be open; `width` is what counts as one whole miss."""

    low: float | None
    high: float | None
    width: float

    def misfit(self, value: float) -> float:
        """How far outside, in widths; negative inside, -0.5 in the middle of a closed range."""
        if value == self.low == self.high:
            return -0.5
        outside = [self.low - value] if self.low is not None else []
        outside += [value - self.high] if self.high is not None else []
        return max(outside) / self.width

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        if self.low is None:
            return f"to {self.high:g}"
        return f"from {self.low:g}" if self.high is None else f"{self.low:g} to {self.high:g}"


def within(low: float, high: float) -> Range:
    return Range(low, high, high - low)


def exactly(value: float, width: float) -> Range:
    return Range(value, value, width)


def at_most(high: float, width: float) -> Range:
    return Range(None, high, width)


def at_least(low: float, width: float) -> Range:
    return Range(low, None, width)


# Whatever the music is for.
COMMON = {
    "off_target": within(-0.5, 0.5),               # LU from the segment's own loudness
    "true_peak": at_most(-1.0, 3.0),               # dBTP
    "clipped": exactly(0, 1),                      # samples
    "clicks": exactly(0, 1),
    "seam_clicks": exactly(0, 1),                  # where the player joins segments
    "dc": at_most(0.001, 0.001),
    "silence": at_most(0.5, 0.5),                  # s
    "crest": within(10, 20),                       # dB
    "balance": within(-1, 1),                      # dB
    "stereo_correlation": within(0.1, 0.9),
    "stereo_worst": at_least(-0.3, 0.8),
    "mono_loss": at_least(-2.5, 2.5),              # dB
    "bass_correlation": at_least(0.9, 0.2),
    "tilt": within(-9, -3),                        # dB an octave
    "air": within(-60, -18),                       # dB
    "flux_cv": at_least(0.3, 0.3),
    "timbre_motion": within(8, 28),
    "loudness_sd": at_least(0.4, 0.4),             # LU
    "loudness_jump": at_most(5, 5),                # LU in 3 s
    "seam_jump": at_most(5, 5),                    # the same, where segments are joined
    "loop": at_most(0.75, 0.5),
    "chroma_verbatim": at_most(0.1, 0.1),
    "chroma_twin": within(0.45, 0.92),
    "dissonance": within(0.38, 0.497),
    "diatonic_ratio": at_least(0.85, 0.15),
    "voice_leading": at_most(1.5, 1.5),            # semitones a voice
    "leaps": at_most(0.1, 0.1),
    "motif_recurrence": within(0.3, 0.9),
    "strong_chord_tones": at_least(0.75, 0.25),
    "chords": at_least(2, 2),
}

_NO_DRUMS = {"percussion_notes": exactly(0, 60)}  # a minute

# Loudness: the form moves a segment's around that of the session.
_BY_GOAL = {
    "focus": {"loudness": within(-20.5, -15.5), "loudness_range": within(1.5, 8)},
    "relax": {"loudness": within(-22.5, -17.5), "loudness_range": within(1.5, 10), **_NO_DRUMS},
    "sleep": {"loudness": within(-26.5, -20.5), "loudness_range": within(0.8, 6), **_NO_DRUMS,
              "loudness_sd": at_least(0.3, 0.3), "loudness_jump": at_most(3, 3),
              "seam_jump": at_most(3, 3),
              "air": within(-65, -30), "tilt": within(-12, -5), "flux_cv": at_least(0.2, 0.2),
              "timbre_motion": within(6, 24), "sharpest_rise": at_most(3, 3)},
    "energize": {"loudness": within(-18.5, -13.5), "loudness_range": within(1.2, 8),
                 "loudness_jump": at_most(7, 7), "seam_jump": at_most(7, 7),
                 "pulse_clarity": at_least(0.25, 0.25), "diatonic_ratio": at_least(0.75, 0.15),
                 "clicks": at_most(4, 4), "seam_clicks": at_most(2, 2),
                 "percussion_notes": at_least(60, 60)},
}

# Each for low, medium and high intensity.
_BY_INTENSITY = {
    "focus": {"bpm": ((62, 72), (72, 84), (84, 100)),
              "onset_rate": ((0.4, 1.8), (0.8, 3), (1.5, 5)),
              "brightness": ((0.08, 0.2), (0.11, 0.25), (0.14, 0.32))},
    "relax": {"bpm": ((52, 58), (58, 66), (66, 74)),
              "onset_rate": ((0.2, 1.0), (0.3, 1.6), (0.6, 2.2)),
              "brightness": ((0.06, 0.15), (0.08, 0.18), (0.1, 0.22))},
    "sleep": {"bpm": ((40, 60), (40, 60), (40, 60)),
              "onset_rate": ((0, 0.5), (0, 0.8), (0.1, 1.2)),
              "brightness": ((0.03, 0.09), (0.04, 0.11), (0.05, 0.13))},
    "energize": {"bpm": ((104, 112), (112, 122), (122, 132)),
                 "onset_rate": ((2, 5), (3, 6.5), (3.5, 8)),
                 "brightness": ((0.16, 0.36), (0.19, 0.42), (0.22, 0.5))},
}

# A single case that differs from its goal.
_BY_CASE = {
    ("focus", "low"): _NO_DRUMS,
    ("focus", "high"): {"percussion_notes": at_least(10, 10), "clicks": at_most(2, 2)},
}

# The mean distance between neighbouring segments for each divergence, and its growth from one
# to the next.
DIVERGENCE = {
    0.0: within(0.02, 0.15),
    0.25: within(0.12, 0.3),
    0.5: within(0.25, 0.5),
    0.75: within(0.38, 0.65),
    1.0: within(0.5, 0.9),
}
GROWTH = at_least(0.0, 0.1)


def of_any() -> dict[str, Range]:
    """What holds for a prompt, which may ask for any of the goals: of each common measure the
    widest of its ranges."""
    found = {}
    for name, common in COMMON.items():
        every = [common] + [ranges[name] for ranges in _BY_GOAL.values() if name in ranges]
        lows, highs = [r.low for r in every], [r.high for r in every]
        found[name] = Range(None if None in lows else min(lows),
                            None if None in highs else max(highs), common.width)
    return found


def of(goal: str, intensity: str) -> dict[str, Range]:
    """All ranges that hold for a goal at an intensity."""
    level = INTENSITIES.index(intensity)
    found = COMMON | _BY_GOAL[goal]
    found |= {name: within(*values[level]) for name, values in _BY_INTENSITY[goal].items()}
    return found | _BY_CASE.get((goal, intensity), {})
