# SPDX-License-Identifier: MIT
"""Which form good music for work and rest has: what moves neither too little nor too much.

The ranges begin at what most music by people has (background music of games and films, piano
pieces), are then moved by what each goal is for, and were looked at with toys: a loop, a drone and
random notes each fail several. Sleep is opened towards the still and the dark. Both ends are meant:
a piece that is tuned to an edge is worse than one in the middle.
"""
from __future__ import annotations

from ranges import INTENSITIES, Range, at_least, at_most, within

# Six minutes, whatever they are for.
_COMMON = {
    "level_sd": within(1.2, 6.5),             # LU
    "level_range": within(4.2, 18),           # LU
    "centroid_sd": within(0.17, 0.95),        # octaves
    "comb": within(5, 14),                    # dB
    "mud": within(-11.5, -3.8),               # dB of all power
    "longest_held": within(3, 60),            # s
    "pad_top_share": within(0.08, 0.45),
    "distinct_chords": within(12, 60),        # in six minutes
    "chord_kinds": within(6, 16),
    "nondiatonic": within(0.01, 0.2),
    "final_cadence": at_least(1, 1),
    "phrase_variation": within(0.35, 1.6),
    "common_rhythm": within(0.05, 0.55),
    "phrase_return": within(0.08, 0.62),
    "theme_return": within(0.08, 0.75),
    "lead_hidden": at_most(0.35, 0.35),
}

_KIT = {
    "kick_presence": within(0.4, 1),          # share of bars
    "longest_kickless": within(2, 90),        # s; none at all is a drum machine
    "fills": within(0.2, 4),                  # in 16 bars
    "drum_sounds": within(4, 18),
    "bar_kinds": within(2, 24),               # of 32 bars
}

_BY_GOAL = {
    "focus": {},
    "relax": {"mud": within(-12, -3.4), "comb": within(5, 15), "longest_held": within(3, 75),
              "phrase_variation": within(0.3, 1.6), "nondiatonic": within(0.006, 0.18)},
    "sleep": {"level_sd": within(0.8, 5), "level_range": within(2.5, 16),
              "centroid_sd": within(0.12, 0.8), "comb": within(5, 18), "mud": within(-12, -2.6),
              "longest_held": within(4, 120), "pad_top_share": within(0.08, 0.6),
              "distinct_chords": within(6, 40), "chord_kinds": within(4, 15),
              "nondiatonic": within(0.003, 0.14), "lead_hidden": at_most(0.5, 0.5)},
    "energize": {"level_sd": within(0.9, 5.5), "level_range": within(3, 16),
                 "longest_held": within(2, 50), **_KIT, "kick_presence": within(0.75, 1),
                 "longest_kickless": within(2, 40), "fills": within(0.3, 5.5),
                 "drum_sounds": within(5, 18), "bar_kinds": within(3, 24)},
}

# Sleep has too few notes for phrases, and no last event: it fades. A theme needs notes, too.
_NOT_ASKED = {"sleep": ("phrase_variation", "common_rhythm", "phrase_return", "theme_return",
                        "final_cadence"),
              "relax low": ("theme_return",)}

# Where these can not be told, there is too little of a melody or of a kit, and that is a miss.
NEEDED = {"phrase_variation", "common_rhythm", "phrase_return", "longest_kickless", "fills",
          "bar_kinds"}

_AIR = {  # dB of all power over 10 kHz, for low, medium and high intensity
    "focus": ((-68, -20), (-62, -18), (-58, -18)),
    "relax": ((-72, -24), (-70, -22), (-66, -20)),
    "sleep": ((-90, -30), (-90, -30), (-90, -30)),
    "energize": ((-56, -16), (-56, -16), (-56, -16)),
}

# An hour. Its upper ends are an album by people, whose pieces have nothing to do with each other.
_HOUR = {
    "key_areas": within(3, 10),
    "key_changes": within(3, 40),             # an hour
    "chords_in_hour": within(24, 170),
    "movements": within(4, 21),               # an hour
    "tempi": within(2, 12),
    "palettes": within(3, 24),
    "late_return": within(0.03, 0.6),
    "loudness_spread": within(1, 8),          # LU
}
_HOUR_BY_GOAL = {
    "sleep": {"key_areas": within(2, 7), "key_changes": within(1, 16),
              "chords_in_hour": within(12, 110), "movements": within(2, 15), "tempi": within(1, 8),
              "palettes": within(2, 14), "loudness_spread": within(1, 10)},
}


def of_piece(goal: str, intensity: str) -> dict[str, Range]:
    """What holds for a session of some minutes, the last of which is its end."""
    found = _COMMON | _BY_GOAL[goal]
    if (goal, intensity) == ("focus", "high"):
        found |= _KIT
    found["top_air"] = within(*_AIR[goal][INTENSITIES.index(intensity)])
    not_asked = _NOT_ASKED.get(goal, ()) + _NOT_ASKED.get(f"{goal} {intensity}", ())
    return {name: wanted for name, wanted in found.items() if name not in not_asked}


def of_hour(goal: str, intensity: str) -> dict[str, Range]:
    """What holds for an hour: all that holds for a piece, and that it goes somewhere."""
    found = of_piece(goal, intensity) | _HOUR | _HOUR_BY_GOAL.get(goal, {})
    if goal == "sleep":
        del found["late_return"]
    return found
