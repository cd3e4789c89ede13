#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An engine that is a command: a drone in the session's key and tempo, with a chord for each bar.

    focus-session play --engine-command 'python3 drone_engine.py {brief} {out}'
    focus-session check-engine --engine-command 'python3 drone_engine.py {brief} {out}'

It needs nothing but Python 3. A real model takes the place of `play_bar`; all around it stays.
"""
import array
import json
import math
import random
import signal
import sys
import wave

RATE = 8000  # enough for a drone, and any will do: the library resamples
TONICS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SCALES = {
    "ionian": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
AEOLIAN = (0, 2, 3, 5, 7, 8, 10)  # and what is built on its chords
CHORDS = (0, 3, 4, 5)  # the degrees on which they stand
BRIGHTNESS = {"low": 0.15, "medium": 0.3, "high": 0.5}


def scale_of(key):
    """The notes of a key such as "F# dorian", as MIDI numbers from the octave below middle C."""
    name, mode = key.split(" ", 1)
    tonic = 48 + TONICS[name[0]] + name.count("#") - name.count("b")
    return [tonic + step for step in SCALES.get(mode, AEOLIAN)]


def chord_of(brief, bar):
    """Decided by the session's seed and the bar alone, so that neighbours agree where they overlap."""
    if bar % 4 == 0:
        return 0
    return random.Random(f"{brief['session_seed']}/{bar}").choice(CHORDS)


def play_bar(brief, degree, frames):
    """Samples of one bar: the tonic held, and above it a chord that swells."""
    scale = scale_of(brief["key"])
    notes = [scale[(degree + third) % 7] + 12 * ((degree + third) // 7) for third in (0, 2, 4)]
    bright = BRIGHTNESS[brief["intensity"]]

    def steps(note):  # whole cycles a bar, so that bars join without a click
        hz = 440.0 * 2.0 ** ((note - 69) / 12.0)
        return 2.0 * math.pi * round(hz * frames / RATE) / frames

    ground = steps(scale[0] - 12)
    voices = [steps(note) for note in notes]
    samples = array.array("h")
    sin = math.sin
    for i in range(frames):
        swell = sin(math.pi * i / frames) ** 2
        chord = sum(sin(step * i) + bright * sin(2.0 * step * i) for step in voices)
        samples.append(int(6000.0 * sin(ground * i) + 2500.0 * swell * chord))
    return samples


def main(brief_path, out_path):
    # An exception instead of the sudden end: what is open is closed, a model could let go of its GPU.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with open(brief_path, encoding="utf-8") as file:
        brief = json.load(file)
    wanted = math.ceil(brief["frames"] * RATE / brief["sample_rate"])
    bar_frames = round(brief["bar_seconds"] * RATE)
    # Bar lines are whole bars from the segment's start; this is the session's number of the first.
    bar = round(brief["start_seconds"] / brief["bar_seconds"])
    played = {}
    written = 0
    with wave.open(out_path, "wb") as out:
        out.setparams((1, 2, RATE, wanted, "NONE", ""))
        while written < wanted:
            degree = chord_of(brief, bar)
            if degree not in played:
                played[degree] = play_bar(brief, degree, bar_frames)
            samples = played[degree][: wanted - written]
            if sys.byteorder == "big":
                samples.byteswap()
            out.writeframes(samples.tobytes())
            written += len(samples)
            bar += 1
            print(f"progress {written / wanted:.3f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: drone_engine.py BRIEF.json OUT.wav")
    main(sys.argv[1], sys.argv[2])
