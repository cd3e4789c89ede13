#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Joins the same files with focus-session mix and with other tools, and holds the joins side by side.

    compare.py [TOOL] [--keep FOLDER]

TOOL is focus-session; FOLDER keeps the files and each tool's mix, to be listened to."""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

import numpy as np

import measure
import signals
import tools
import wav

BASELINE = "ffmpeg loudnorm x2, tri"
LEAST_TIMES = 8.0
# Head, how it is written, and the target it is held against (for ours).
COLUMNS = [("alike", "{:.2f}", 0.5), ("opposite", "{:.2f}", 0.5), ("unrelated", "{:.2f}", 1.0),
           ("hole s", "{:.1f}", 0.0), ("S dip", "{:.1f}", 2.5), ("mean xDip", "{:.2f}", 0.7),
           ("peak", "{:.2f}", tools.CEILING), ("tone dBc", "{:.0f}", -120.0),
           ("clicks", "{:.0f}", 0.0)]
CLICK_DB = 6.0


def make_files(folder, names):
    paths = []
    for number, name in enumerate(names, 1):
        path = folder / f"{number:02d}_{name}.wav"
        wav.write(path, signals.make(name), signals.RATE)
        paths.append(path)
    return paths


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def find_joins(files, audio, rate):
    """Overlaps of a tool that does not tell them, from where its pieces lie."""
    starts = []
    ends = []
    expected = 0.0
    for file in files:
        piece, _ = wav.read(file)
        starts.append(measure.place_of(piece, audio, rate, expected))
        ends.append(starts[-1] + len(piece) / rate)
        expected = ends[-1] - tools.OVERLAP
    return [(min(start, end), max(start, end)) for end, start in zip(ends, starts[1:])]


def examine(mix, files, tones, folder):
    """The row of a tool, by column, and its CPU seconds."""
    before = cpu_seconds()
    joins = mix(files, folder)
    spent = cpu_seconds() - before
    audio, rate = wav.read(folder / "mix.wav")
    if joins is None:
        joins = find_joins(files, audio, rate)
    loudness = measure.Loudness(audio, rate)
    names = [file.stem[3:] for file in files]
    judged = {pair: measure.judge(audio, rate, loudness, *join)
              for pair, join in zip(zip(names, names[1:]), joins)}
    row = {"hole s": sum(one["hole"] for one in judged.values()),
           "S dip": max(one["short_dip"] for one in judged.values()),
           "mean xDip": np.mean([one["momentary_beyond"] for one in judged.values()]),
           "peak": max(measure.true_peak(audio[max(int((start - 1) * rate), 0):
                                               int((end + 1) * rate)]) for start, end in joins),
           "clicks": sum(one["click"] > CLICK_DB for one in judged.values())}
    for pair, role in signals.ROLES.items():
        row[role] = max(judged[pair]["momentary_dip"], judged[pair]["momentary_bump"])
    row["tone dBc"] = tone_residual(mix, tones, folder / "tones")
    return row, spent


def tone_residual(mix, tones, folder):
    """Of two pure tones, joined; nan where the tool refuses them."""
    folder.mkdir(exist_ok=True)
    try:
        joins = mix(tones, folder)
    except subprocess.CalledProcessError:
        return np.nan
    audio, rate = wav.read(folder / "mix.wav")
    start, end = joins[0] if joins else (signals.SECONDS - tools.OVERLAP, signals.SECONDS)
    return measure.residual(audio, rate, start, end)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", nargs="?", default="build/release/tool/focus-session",
                        type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    if not arguments.tool.is_file():
        sys.exit(f"{arguments.tool}: is not there; build it with ./dev build, or name another")
    with tempfile.TemporaryDirectory() as scratch:
        root = arguments.keep or pathlib.Path(scratch)
        root.mkdir(parents=True, exist_ok=True)
        root = root.resolve()
        files = make_files(root, signals.PIECES)
        (root / "tones").mkdir(exist_ok=True)
        tones = make_files(root / "tones", ["tone_low", "tone_high"])
        rows = {}
        seconds = len(files) * signals.SECONDS
        for name, mix, missing in tools.all_of(arguments.tool.resolve()):
            if missing:
                print(f"left out: {name} (not installed: {', '.join(missing)})", file=sys.stderr)
                continue
            print(f"mixing with {name}", file=sys.stderr)
            folder = root / "".join(c if c.isalnum() else "_" for c in name)
            folder.mkdir(exist_ok=True)
            try:
                row, spent = examine(mix, files, tones, folder)
            except (subprocess.CalledProcessError, OSError, ValueError) as error:
                told = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
                print(f"left out: {name} ({told[-1] if told else error})", file=sys.stderr)
                continue
            rows[name] = (row, seconds / spent)
    show(rows)


def show(rows):
    print(f"\n{'joins of 11 files':<26s}" + "".join(f"{head:>10s}" for head, _, _ in COLUMNS) +
          f"{'audio s/CPU s':>15s}{'times':>7s}")
    base = rows.get(BASELINE, (None, None))[1]
    for name, (row, speed) in rows.items():
        cells = "".join(f"{'refused' if np.isnan(row[head]) else form.format(row[head]):>10s}"
                        for head, form, _ in COLUMNS)
        times = f"{speed / base:7.1f}" if base else f"{'':>7s}"
        print(f"{name:<26s}{cells}{speed:15.0f}{times}")
    print(f"{'target':<26s}" + "".join(f"{'<= ' + f'{target:g}':>10s}" for _, _, target in COLUMNS) +
          f"{'':>15s}{f'>= {LEAST_TIMES:g}':>7s}")
    print("alike, opposite, unrelated: how far the momentary loudness leaves the bodies', in LU;\n"
          "S dip: the deepest short-term dip, in LU; xDip: what momentary dips go beyond the bodies'\n"
          "own; peak: of the joins, in dBTP; tone: what is left beside two pure tones; clicks: joins that are\n"
          "sharper by 6 dB than the bodies; times: speed against the first of ffmpeg's chains")


if __name__ == "__main__":
    main()
