# SPDX-License-Identifier: MIT
"""A whole session as one piece of music: the notes of all segments on one axis of time."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

import midi
from midi import BASS, LEAD, OSTINATO, PADS, PERCUSSION
from render import Part

BAR = 4.0  # beats
_SAME = 0.05  # beats or seconds that make no difference


@dataclass(frozen=True, order=True)
class Tone:
    """A note with its place in the piece, in beats and in seconds."""

    beat: float
    beats: float
    start: float
    seconds: float
    pitch: int
    velocity: int
    channel: int
    program: int = 0

    @property
    def end_beat(self) -> float:
        return self.beat + self.beats

    @property
    def end(self) -> float:
        return self.start + self.seconds


@dataclass
class Piece:
    """What is measured of a score; where there are segments, what is known of them."""

    tones: list[Tone]
    seconds: float
    parts: list[Part] = field(default_factory=list)

    def of(self, *channels: int) -> list[Tone]:
        return [tone for tone in self.tones if tone.channel in channels]

    @cached_property
    def pitched(self) -> list[Tone]:
        return [tone for tone in self.tones if tone.channel != PERCUSSION]

    @cached_property
    def accompaniment(self) -> list[Tone]:
        """What makes the chords: pads, bass and figures."""
        return self.of(*PADS, BASS, OSTINATO)

    @cached_property
    def lead(self) -> list[Tone]:
        """One line: of lead notes that begin together the highest."""
        line: list[Tone] = []
        for tone in sorted(self.of(LEAD), key=lambda t: (round(t.beat, 1), -t.pitch)):
            if not line or tone.beat - line[-1].beat > 0.1:
                line.append(tone)
        return line

    @cached_property
    def beats(self) -> float:
        return max((tone.end_beat for tone in self.tones), default=0.0)

    @property
    def bars(self) -> int:
        return int(np.ceil(self.beats / BAR - _SAME))


def join(parts: list[Part]) -> Piece:
    """What sounds where segments overlap is taken once: notes that begin in an overlap from the
    later segment, and one that is held over it from the earlier, with its end from the later."""
    tones: list[Tone] = []
    beat = 0.0
    for part, following in zip(parts, [*parts[1:], None]):
        score = midi.read(part.midi)
        stop = following.start - part.start if following else np.inf
        held = {(t.channel, t.pitch): i for i, t in _held_at(tones, part.start)}
        for note in score.notes:
            start = score.seconds(note.start)
            if start >= stop - _SAME:
                continue
            tone = Tone(beat + note.start, note.end - note.start, part.start + start,
                        score.seconds(note.end) - start, note.pitch, note.velocity, note.channel,
                        note.program)
            before = held.get((tone.channel, tone.pitch)) if note.start < _SAME else None
            if before is None:
                tones.append(tone)
            else:
                first = tones[before]
                tones[before] = replace(first, beats=tone.end_beat - first.beat,
                                        seconds=tone.end - first.start)
        beat += stop * score.bpm / 60.0 if following else 0.0
    tones.sort()
    return Piece(tones, parts[-1].end, parts)


def _held_at(tones: list[Tone], second: float) -> Iterator[tuple[int, Tone]]:
    return ((i, tone) for i, tone in enumerate(tones)
            if tone.start < second - _SAME and tone.end > second + _SAME)


def windows(whole: float, size: float) -> list[tuple[float, float]]:
    """Stretches of `size`, half over, so that a short and a long piece compare."""
    if whole < 1.5 * size:
        return [(0.0, max(whole, size))]
    return [(start, start + size) for start in np.arange(0.0, whole - size + 1e-6, size / 2)]
