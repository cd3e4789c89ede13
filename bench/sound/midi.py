# SPDX-License-Identifier: MIT
"""Standard MIDI files: the notes of a score, by its own beats.

Channels of our files, counted from zero: 0 pad, 1 upper pad, 2 bass, 3 lead, 4 ostinato,
9 percussion.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

PADS, BASS, LEAD, OSTINATO, PERCUSSION = (0, 1), 2, 3, 4, 9
CHANNEL_NAMES = {0: "pad", 1: "upper pad", 2: "bass", 3: "lead", 4: "ostinato", 9: "percussion"}


@dataclass(frozen=True)
class Note:
    start: float  # beats
    end: float    # beats
    pitch: int
    velocity: int
    channel: int
    program: int = 0


@dataclass
class Score:
    notes: list[Note]
    tempi: list[tuple[float, float]] = field(default_factory=list)  # (beat, bpm), in order

    @property
    def bpm(self) -> float:
        """The tempo it begins in; that of its last bars may be the next segment's already."""
        return self.tempi[0][1] if self.tempi else 120.0

    def seconds(self, beat: float) -> float:
        """When a beat is heard, by all tempi."""
        time, last, bpm = 0.0, 0.0, self.bpm
        for place, tempo in self.tempi:
            if place >= beat:
                break
            time, last, bpm = time + (place - last) * 60.0 / bpm, place, tempo
        return time + (beat - last) * 60.0 / bpm

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
    """The notes of a standard MIDI file, its tempi and who plays."""
    file = _Bytes(path.read_bytes())
    if file.take(4) != b"MThd":
        raise ValueError(f"{path} is not a MIDI file")
    file.take(file.number(4) - 2)
    ticks_a_beat = file.number(2)
    score = Score([])
    while file.at < len(file.data):
        kind, length = file.take(4), file.number(4)
        if kind == b"MTrk":
            _read_track(_Bytes(file.take(length)), ticks_a_beat, score)
        else:
            file.take(length)
    score.tempi.sort()
    score.notes.sort(key=lambda note: (note.start, note.channel, note.pitch))
    return score


def _read_track(track: _Bytes, ticks_a_beat: int, score: Score) -> None:
    now, status = 0, 0
    held: dict[tuple[int, int], list[tuple[int, int]]] = {}
    programs: dict[int, int] = {}
    while track.at < len(track.data):
        now += track.quantity()
        if track.data[track.at] >= 0x80:
            status = track.number(1)
        kind, channel = status & 0xF0, status & 0x0F
        if status == 0xFF:
            what, payload = track.number(1), track.take(track.quantity())
            if what == 0x51:
                score.tempi.append((now / ticks_a_beat, 60e6 / int.from_bytes(payload, "big")))
        elif status in (0xF0, 0xF7):
            track.take(track.quantity())
        elif kind in (0xC0, 0xD0):
            value = track.number(1)
            if kind == 0xC0:
                programs[channel] = value
        else:
            pitch, velocity = track.take(2)
            if kind == 0x90 and velocity > 0:
                held.setdefault((channel, pitch), []).append((now, velocity))
            elif kind in (0x80, 0x90) and held.get((channel, pitch)):
                start, struck = held[channel, pitch].pop(0)
                score.notes.append(Note(start / ticks_a_beat, now / ticks_a_beat, pitch, struck,
                                        channel, programs.get(channel, 0)))
