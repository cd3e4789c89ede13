# SPDX-License-Identifier: MIT
"""What the score tells and no sound can: how chords are joined, and whether a melody is one.

Channels of our MIDI files, counted from zero: 0 pad, 1 upper pad, 2 bass, 3 lead, 4 ostinato,
9 percussion.
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.optimize

PADS, BASS, LEAD, OSTINATO, PERCUSSION = (0, 1), 2, 3, 4, 9
CHANNEL_NAMES = {0: "pad", 1: "upper pad", 2: "bass", 3: "lead", 4: "ostinato", 9: "percussion"}


@dataclass(frozen=True)
class Note:
    start: float  # beats
    end: float    # beats
    pitch: int
    velocity: int
    channel: int


@dataclass
class Score:
    notes: list[Note]
    bpm: float

    def of(self, *channels: int) -> list[Note]:
        return [note for note in self.notes if note.channel in channels]

    @property
    def beats(self) -> float:
        return max((note.end for note in self.notes), default=0.0)


class _Bytes:
    """Reads a MIDI file from its start to its end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")

    def quantity(self) -> int:
        """Seven bits a byte, the high bit set on all but the last."""
        value = 0
        while True:
            byte = self.number(1)
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value


def read(path: Path) -> Score:
    """The notes of a standard MIDI file, with the last tempo that it sets."""
    file = _Bytes(path.read_bytes())
    if file.take(4) != b"MThd":
        raise ValueError(f"{path} is not a MIDI file")
    file.take(file.number(4) - 2)
    ticks_a_beat = file.number(2)
    score = Score([], 120.0)
    while file.at < len(file.data):
        kind, length = file.take(4), file.number(4)
        if kind == b"MTrk":
            _read_track(_Bytes(file.take(length)), ticks_a_beat, score)
        else:
            file.take(length)
    score.notes.sort(key=lambda note: (note.start, note.channel, note.pitch))
    return score


def _read_track(track: _Bytes, ticks_a_beat: int, score: Score) -> None:
    now, status = 0, 0
    held: dict[tuple[int, int], list[tuple[int, int]]] = {}
    while track.at < len(track.data):
        now += track.quantity()
        if track.data[track.at] >= 0x80:
            status = track.number(1)
        kind, channel = status & 0xF0, status & 0x0F
        if status == 0xFF:
            what, payload = track.number(1), track.take(track.quantity())
            if what == 0x51:
                score.bpm = 60e6 / int.from_bytes(payload, "big")
        elif status in (0xF0, 0xF7):
            track.take(track.quantity())
        elif kind in (0xC0, 0xD0):
            track.take(1)
        else:
            pitch, velocity = track.take(2)
            if kind == 0x90 and velocity > 0:
                held.setdefault((channel, pitch), []).append((now, velocity))
            elif kind in (0x80, 0x90) and held.get((channel, pitch)):
                start, struck = held[channel, pitch].pop(0)
                score.notes.append(Note(start / ticks_a_beat, now / ticks_a_beat, pitch, struck,
                                        channel))


def chords(notes: list[Note]) -> list[tuple[float, list[int]]]:
    """(beat, pitches) of notes that begin within a beat of the first of them."""
    found: list[tuple[float, list[int]]] = []
    for note in notes:
        if found and note.start - found[-1][0] <= 1.0:
            found[-1][1].append(note.pitch)
        else:
            found.append((note.start, [note.pitch]))
    return found


def voice_leading(found: list[tuple[float, list[int]]]) -> float | None:
    """Semitones a voice moves from chord to chord, each going to where all move least."""
    moves = []
    for (_, here), (_, there) in zip(found, found[1:]):
        distance = np.abs(np.subtract.outer(here, there))
        moves.append(distance[scipy.optimize.linear_sum_assignment(distance)].mean())
    return float(np.mean(moves)) if moves else None


def motif_recurrence(intervals: list[int], length: int = 3) -> float | None:
    """Share of the melody's runs of `length` intervals that it plays more than once."""
    runs = [tuple(intervals[i:i + length]) for i in range(len(intervals) - length + 1)]
    counts = Counter(runs)
    return sum(counts[run] > 1 for run in runs) / len(runs) if runs else None


def strong_chord_tones(score: Score) -> float | None:
    """Share of the lead's notes on beats 1 and 3 that belong to the chord that the pads hold."""
    held = [chords(score.of(channel)) for channel in PADS]
    hits = []
    for note in score.of(LEAD):
        if abs(note.start / 2.0 - round(note.start / 2.0)) >= 0.06:
            continue
        classes = set()
        for layer in held:
            sounding = [pitches for start, pitches in layer if start <= note.start + 0.15]
            classes |= {pitch % 12 for pitch in sounding[-1]} if sounding else set()
        hits.append(note.pitch % 12 in classes)
    return float(np.mean(hits)) if hits else None


def swing(score: Score) -> float | None:
    """Where the second half of a beat begins: 0.5 straight, 0.67 a triplet; the median."""
    places = [note.start % 1.0 for note in score.of(LEAD, OSTINATO, PERCUSSION)]
    late = [place for place in places if 0.4 < place < 0.8]
    return float(np.median(late)) if len(late) >= 8 else None


def measure(score: Score) -> dict[str, float]:
    """Figures of the score; what there is too little to tell of is left out.

    bpm. notes_per_minute: of all parts. voice_leading: semitones. leaps: share of the lead's steps
    over 7 semitones. motif_recurrence, strong_chord_tones: shares. chords: how many different.
    *_notes: a minute of each part that may be asked for.
    """
    minutes = score.beats / score.bpm
    pads, lead = chords(score.of(0)), score.of(LEAD)
    found: dict[str, float | None] = {
        "bpm": score.bpm,
        "notes_per_minute": len(score.notes) / minutes if minutes else 0.0,
        "voice_leading": voice_leading(pads),
        "chords": float(len({frozenset(p % 12 for p in pitches) for _, pitches in pads})),
        "swing": swing(score),
    }
    for name, channels in (("pad", PADS), ("bass", (BASS,)), ("lead", (LEAD,)),
                           ("percussion", (PERCUSSION,))):
        count = len(score.of(*channels))
        found[f"{name}_notes"] = count / minutes if minutes else 0.0
    if len(lead) > 8:
        steps = [there.pitch - here.pitch for here, there in zip(lead, lead[1:])]
        found["leaps"] = float(np.mean(np.abs(steps) > 7))
        found["motif_recurrence"] = motif_recurrence(steps)
        found["strong_chord_tones"] = strong_chord_tones(score)
    return {name: value for name, value in found.items() if value is not None}
