# SPDX-License-Identifier: MIT
"""A music engine in NumPy: slow chords in the brief's key, on its bar lines, and a few bells.

    numpy_engine.py OUT [MINUTES]        e.g. numpy_engine.py bells.flac 10

What an engine has to do, and this one does: it follows the brief (key, tempo, intensity, seed), gives
the same for the same brief, keeps to the session's bar lines, plays on through both overlaps, and looks
whether it is still wanted. Loudness, crossfades and the last fade are the library's work.
"""
import sys
from typing import Iterator, List

import numpy
import numpy.typing

import focus_session

Signal = numpy.typing.NDArray[numpy.float64]

TONICS = {"C": 0, "Db": 1, "C#": 1, "D": 2, "Eb": 3, "D#": 3, "E": 4, "F": 5, "Gb": 6, "F#": 6,
          "G": 7, "Ab": 8, "G#": 8, "A": 9, "Bb": 10, "A#": 10, "B": 11}
MODES = {"ionian": (0, 2, 4, 5, 7, 9, 11), "dorian": (0, 2, 3, 5, 7, 9, 10),
         "phrygian": (0, 1, 3, 5, 7, 8, 10), "lydian": (0, 2, 4, 6, 7, 9, 11),
         "mixolydian": (0, 2, 4, 5, 7, 9, 10), "aeolian": (0, 2, 3, 5, 7, 8, 10)}
CHORDS = (0, 3, 4, 5)  # degrees of the scale on which chords stand
BELLS_PER_BAR = {"low": 0.5, "medium": 1.0, "high": 2.0}


class Bells(focus_session.Engine):
    """Chords that swell and fade in four bars, with bells above them."""

    key = "bells"
    display_name = "Bells"
    description = "Slow chords and bells, in NumPy."
    version = "1.0"
    licence_class = "commercial_cleared"
    commercial_use = True
    concurrency = 2
    expected_speed = 30.0

    def generate(self, brief: focus_session.Brief, sink: focus_session.Sink) -> Iterator[Signal]:
        """Yields one chord after another, each of four bars."""
        chord_seconds = 4 * brief.bar_seconds
        first = int(brief.start_seconds // chord_seconds)
        position = 0
        number = first
        while position < brief.frames:
            begin = number * chord_seconds - brief.start_seconds
            end = min(brief.frames, round((begin + chord_seconds) * brief.sample_rate))
            moments = numpy.arange(position, end) / brief.sample_rate - begin
            yield self.chord(brief, number, moments, chord_seconds)
            position = end
            number += 1

    def chord(self, brief: focus_session.Brief, number: int, moments: Signal,
              seconds: float) -> Signal:
        """One chord and its bells, at moments counted from its beginning."""
        random = numpy.random.default_rng([brief.session_seed, number])  # the same for a neighbour
        scale = scale_of(brief.key)
        degree = CHORDS[random.integers(len(CHORDS))] if number else 0
        swell = numpy.sin(numpy.pi * numpy.clip(moments / seconds, 0.0, 1.0)) ** 0.5
        left, right = numpy.zeros_like(moments), numpy.zeros_like(moments)
        for step in (0, 2, 4, 7):
            pitch = hertz(scale, degree + step - 7)
            for detune, side in ((0.9985, left), (1.0015, right)):
                phase = 2 * numpy.pi * pitch * detune * moments
                side += swell * (numpy.sin(phase) + 0.3 * numpy.sin(2 * phase)) / (1 + step / 4)
        gain = 10 ** (brief.melody_db / 20)
        for _ in range(random.poisson(4 * BELLS_PER_BAR[brief.intensity])):
            start = random.integers(16) * brief.bar_seconds / 4
            pitch = hertz(scale, degree + 7 + 2 * int(random.integers(4)))
            pan = random.uniform(0.2, 0.8)
            since = numpy.maximum(moments - start, 0.0)
            bell = gain * numpy.exp(-1.5 * since) * numpy.sin(2 * numpy.pi * pitch * since)
            fade_out = numpy.clip((seconds - moments) / 0.5, 0.0, 1.0)  # before the next chord
            left += bell * fade_out * (1 - pan)
            right += bell * fade_out * pan
        both: Signal = 0.15 * numpy.stack([left, right], axis=1)
        return both


def scale_of(key: str) -> List[int]:
    """The MIDI notes of a scale below middle C, e.g. of "D dorian"."""
    tonic, mode = key.split(" ")
    return [48 + TONICS[tonic] + step for step in MODES.get(mode, MODES["aeolian"])]


def hertz(scale: List[int], degree: int) -> float:
    """The frequency of a degree of the scale, 0 being the tonic, in any octave."""
    octave, step = divmod(degree, len(scale))
    return float(440.0 * 2.0 ** ((scale[step] + 12 * octave - 69) / 12))


def main() -> None:
    """Plays a session into a file."""
    with focus_session.Service() as service:
        service.add_engine(Bells())
        minutes = int(sys.argv[2]) if len(sys.argv) > 2 else 10
        session = service.start(goal="relax", target_minutes=minutes, engine="bells", seed=7)
        session.write(sys.argv[1])
        for event in session.events():
            if event.type == "fallback":
                print(event.message)
        for segment in session.segments:
            print(segment.index, segment.engine, segment.key, f"{segment.integrated_lufs:.1f} LUFS")


if __name__ == "__main__":
    main()
