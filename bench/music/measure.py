#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What it costs to read a folder of music, beside the tools that measure the same.

    measure.py BUILD_DIR [--tracks N] [--files N]

First some tracks of four minutes, made by the studio, are analysed on one thread, and ffmpeg (ebur128
with true peak) and aubio (tempo, and notes of its pitch) read the same. Seconds of audio for each CPU
second are told, and as a ratio. Then a library of many short files is scanned, opened again, and a
session begun: how long that takes, and the memory of the process.
"""
import argparse
import array
import math
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("build", type=pathlib.Path)
parser.add_argument("--tracks", type=int, default=6)
parser.add_argument("--files", type=int, default=10_000)
arguments = parser.parse_args()
build = arguments.build.resolve()
os.environ["FOCUS_SESSION_LIBRARY"] = str(build / "capi" / "libfocus_session.so")
sys.path.insert(0, str(ROOT / "bindings" / "python" / "src"))

import focus_session  # noqa: E402

TRACK_SECONDS = 240.0


def cpu_of(command):
    """CPU seconds that a program takes; None where it is not installed."""
    if shutil.which(command[0]) is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def make_tracks(folder, ending):
    tool = build / "tool" / "focus-session"
    for number in range(arguments.tracks):
        goal = ("focus", "relax", "energize")[number % 3]
        subprocess.run([tool, "render", folder / f"{number:02}.{ending}", "--goal", goal, "--minutes", "4",
                        "--seed", str(number), "--rate", "44100", "--quiet"], check=True)


def scan_cpu(folder, catalogue):
    """CPU seconds of the scan, and seconds of audio that it has read."""
    begin = time.process_time()
    with focus_session.Library(folder, worker_count=1, catalogue=catalogue) as library:
        library.wait()
        progress = library.progress
    return time.process_time() - begin, progress.analysed_seconds


def analysis(folder, ending):
    tracks = folder / ending
    tracks.mkdir()
    make_tracks(tracks, ending)
    took, audio = scan_cpu(tracks, folder / f"{ending}.sqlite")
    own = audio / took
    print(f"{ending}: {own:.0f} s of audio a CPU second (all figures of a track)")
    files = sorted(tracks.iterdir())
    others = {
        "ffmpeg ebur128 with true peak": lambda path: ["ffmpeg", "-nostdin", "-i", str(path), "-af",
                                                       "ebur128=peak=true", "-f", "null", "-"],
        "aubio tempo": lambda path: ["aubio", "tempo", str(path)],
        "aubio notes": lambda path: ["aubio", "notes", str(path)],
    }
    sum_of_others = 0.0
    for name, command in others.items():
        costs = [cpu_of(command(path)) for path in files]
        if None in costs:
            print(f"  {name}: not installed")
            continue
        sum_of_others += sum(costs)
        print(f"  {name}: {audio / sum(costs):.0f}")
    if sum_of_others > 0.0:
        print(f"  all of them together: {audio / sum_of_others:.0f}; ratio {own * sum_of_others / audio:.1f}")


def memory_mib():
    for line in pathlib.Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024.0
    return float("nan")


def many(folder):
    """A library of many files: short ones, since only their number counts."""
    music = folder / "many"
    music.mkdir()
    seed = folder / "short.flac"
    with focus_session.AudioFile(seed, sample_rate=8000, channel_count=1) as file:
        file.write(array.array("f", (0.3 * math.sin(0.2 * n) * math.exp(-(n % 4000) / 2000)
                                     for n in range(8000 * 13))))
    data = seed.read_bytes()
    for number in range(arguments.files):
        place = music / f"{number // 100:03}"
        place.mkdir(exist_ok=True)
        (place / f"{number:05}.flac").write_bytes(data)
    catalogue = folder / "many.sqlite"
    before = memory_mib()
    with focus_session.Library(music, catalogue=catalogue) as library:
        library.wait()
        print(f"{library.progress.track_count} files: scanned; memory at most {memory_mib():.0f} MiB, "
              f"{before:.0f} of it before")
    # In processes of their own, so that the memory is that of a library that is scanned already.
    for engine in ("library", "studio"):
        print(subprocess.run([sys.executable, "-B", "-c", START, str(music), str(catalogue), engine], check=True,
                             text=True, stdout=subprocess.PIPE).stdout, end="")


START = """
import sys, time, pathlib
sys.path.insert(0, %r)
import focus_session
engine = sys.argv[3]
with focus_session.Service(storage="memory", worker_count=1) as service:
    before = time.monotonic()
    library = focus_session.Library(sys.argv[1], catalogue=sys.argv[2]) if engine == "library" else None
    if library:
        service.add_library(library)
    opened = time.monotonic()
    session = service.start(goal="focus", engine=engine, target_minutes=60, segment_seconds=20, look_ahead=1,
                            sample_rate=44100, seed=1)
    next(iter(session))
    first = time.monotonic()
    high = [line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line]
    print(f"{engine}: opened in {opened - before:.3f} s, the first segment {first - opened:.3f} s after that; "
          f"memory at most {int(high[0].split()[1]) / 1024:.0f} MiB")
    session.close()
    if library:
        library.close()
""" % str(ROOT / "bindings" / "python" / "src")


def main():
    with tempfile.TemporaryDirectory() as holder:
        folder = pathlib.Path(holder)
        for ending in ("flac", "mp3") if arguments.tracks > 0 else ():
            analysis(folder, ending)
        if arguments.files > 0:
            many(folder)


if __name__ == "__main__":
    main()
