#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the same noises with focus-session, sox and ffmpeg, and holds their spectra and costs side by side.

    compare.py [TOOL] [--minutes N]

TOOL is focus-session. Its time includes what the others do not do: mastering to a loudness."""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

import numpy as np
import scipy.signal
import soundfile

SLOPES = {"white": 0.0, "pink": -3.0103, "brown": -6.0206, "blue": 3.0103, "violet": 6.0206}
SOX = {"white": "whitenoise", "pink": "pinknoise", "brown": "brownnoise"}
RATE = 48000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", nargs="?", default="build/release/tool/focus-session")
    parser.add_argument("--minutes", type=int, default=5, help="of noise (5)")
    return parser.parse_args()


def cpu_seconds(command):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return used() - before


def worst_third_octave(path, slope):
    """The largest distance in dB from the noise's slope, in third octaves from 40 Hz to 16 kHz."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    inner = samples[5 * rate:-10 * rate, 0]
    frequencies, power = scipy.signal.welch(inner, rate, nperseg=1 << 15)
    centres = 1000.0 * 2.0 ** (np.arange(-14, 13) / 3.0)
    levels = [10 * np.log10(power[(frequencies >= c * 2 ** (-1 / 6)) &
                                  (frequencies < c * 2 ** (1 / 6))].mean()) for c in centres]
    off = np.array(levels) - slope * np.log2(centres / 1000.0)
    return float(np.abs(off - np.median(off)).max())


def commands(options, colour, folder):
    seconds = 60 * options.minutes
    yield "focus-session", [options.tool, "render", folder / "ours.wav", "--engine", "soundscape",
                            "--scene", colour, "--minutes", str(options.minutes), "--seed", "1"]
    if colour in SOX:
        yield "sox", ["sox", "-n", "-r", str(RATE), "-c", "2", "-b", "24", folder / "sox.wav",
                      "synth", str(seconds), SOX[colour], "gain", "-18"]
    noise = f"anoisesrc=c={colour}:r={RATE}:a=0.25:d={seconds}"
    yield "ffmpeg", ["ffmpeg", "-y", "-f", "lavfi", "-i", f"{noise}:seed=1", "-f", "lavfi", "-i",
                     f"{noise}:seed=2", "-filter_complex", "amerge", "-c:a", "pcm_s24le",
                     folder / "ffmpeg.wav"]


def main():
    options = arguments()
    print(f"{'noise':8} {'made by':14} {'s of audio per CPU s':>21} {'worst third octave, dB':>23}")
    failed = False
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for colour, slope in SLOPES.items():
            for name, command in commands(options, colour, folder):
                cost = cpu_seconds([str(part) for part in command])
                worst = worst_third_octave(str(command[2]) if name == "focus-session" else
                                           str(folder / f"{name}.wav"), slope)
                print(f"{colour:8} {name:14} {60 * options.minutes / cost:21.0f} {worst:23.2f}",
                      flush=True)
                failed = failed or (name == "focus-session" and worst > 1.0)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
