# SPDX-License-Identifier: MIT
"""The melody: how its phrases differ, what comes back, and whether it is heard over the pads."""
from __future__ import annotations

import bisect
from collections import Counter

import numpy as np

from midi import PADS
from piece import Piece, Tone

_FEW = 8         # phrases under which a share tells nothing
_LATER = 20.0    # seconds from which on a repetition is a return
_RUN = 8         # notes: more than a lick


def split(line: list[Tone]) -> list[list[Tone]]:
    """Phrases: they end where a note waits for more than twice the usual step and at least a beat
    and a half for the next, or leaves a beat of silence."""
    if not line:
        return []
    steps = np.diff([tone.beat for tone in line])
    usual = float(np.median(steps)) if len(steps) else 1.0
    found, sounds_to = [[line[0]]], line[0].end_beat
    for step, tone in zip(steps, line[1:]):
        if step >= max(1.5, 2.0 * usual) or tone.beat - sounds_to >= max(1.0, 0.5 * usual):
            found.append([])
        found[-1].append(tone)
        sounds_to = tone.end_beat
    return found


def _rhythm(tones: list[Tone]) -> tuple[int, ...]:
    """Steps in half beats, so that swing is no other rhythm; rests of two bars are alike."""
    return tuple(min(16, round(2.0 * (b.beat - a.beat))) for a, b in zip(tones, tones[1:]))


def _tune(tones: list[Tone]) -> tuple[int, ...]:
    """Rhythm and intervals: the same in any key."""
    return _rhythm(tones) + tuple(b.pitch - a.pitch for a, b in zip(tones, tones[1:]))


def phrase_return(phrases: list[list[Tone]], later: float = _LATER) -> float | None:
    """Share of the phrases of four notes or more whose rhythm and intervals were all heard before,
    `later` seconds ago or more."""
    first: dict[tuple[int, ...], float] = {}
    back = []
    for phrase in (p for p in phrases if len(p) >= 4):
        tune, start = _tune(phrase), phrase[0].start
        back.append(start - first.setdefault(tune, start) >= later)
    return float(np.mean(back)) if len(back) >= _FEW else None


def theme_return(line: list[Tone], later: float = _LATER) -> float | None:
    """Share of the notes that lie in a run of eight which was heard before, in any key."""
    if len(line) < 5 * _RUN:
        return None
    first: dict[tuple[int, ...], float] = {}
    known = np.zeros(len(line), bool)
    for place in range(len(line) - _RUN + 1):
        run = line[place:place + _RUN]
        if run[0].start - first.setdefault(_tune(run), run[0].start) >= later:
            known[place:place + _RUN] = True
    return float(known.mean())


def hidden(line: list[Tone], pads: list[Tone]) -> float | None:
    """Share of the lead's notes under the highest note that a pad holds then, of those that are
    played over a pad."""
    starts = [tone.start for tone in pads]
    reach = max((tone.seconds for tone in pads), default=0.0)
    under = []
    for tone in line:
        first = bisect.bisect_left(starts, tone.start - reach)
        last = bisect.bisect_right(starts, tone.start + 0.05)
        tops = [pad.pitch for pad in pads[first:last] if pad.end > tone.start + 0.1]
        if tops:
            under.append(tone.pitch < max(tops))
    return float(np.mean(under)) if len(under) >= 2 * _FEW else None


def measure(piece: Piece) -> dict[str, float]:
    """phrase_variation: deviation over mean of the number of notes in a phrase; one lick over and
    over has next to none. common_rhythm: share of the commonest rhythm among phrases of four notes
    or more. phrase_return, theme_return, lead_hidden: see above. What there is too little to tell
    of is left out."""
    line = piece.lead
    phrases = split(line)
    lengths = [len(phrase) for phrase in phrases if len(phrase) > 1]
    rhythms = Counter(_rhythm(phrase) for phrase in phrases if len(phrase) >= 4)
    found: dict[str, float | None] = {
        "phrase_return": phrase_return(phrases),
        "theme_return": theme_return(line),
        "lead_hidden": hidden(line, sorted(piece.of(*PADS), key=lambda tone: tone.start)),
    }
    if len(lengths) >= _FEW:
        found["phrase_variation"] = float(np.std(lengths) / np.mean(lengths))
    if rhythms.total() >= _FEW:
        found["common_rhythm"] = rhythms.most_common(1)[0][1] / rhythms.total()
    return {name: value for name, value in found.items() if value is not None}
