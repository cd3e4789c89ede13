#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drills: attacks and injected faults that run for as long as they are given.

    kill     serve, play, render and a host in C are killed at random; nothing told ready is lost
    faults   allocations, files, the database, threads and engines fail in turn
    fuzz     random input through every public door, with libFuzzer
    abi      random C calls of several threads, under AddressSanitizer and ThreadSanitizer
    crowd    slow, silent and greedy clients beside a fair one
    soak     days of play on virtual time, with steering and seeking
    page     the page in a browser, at ten times the speed

Each has a seed that repeats it. Without a name all run, one after the other, in their short form.
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "drill"
FUZZ_TARGETS = sorted(corpus.name for corpus in (HERE / "fuzz" / "corpus").iterdir())


def run(command, **options):
    print("drill:", " ".join(map(str, command)), flush=True)
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **options)


def build(preset, *targets, options=()):
    run(["cmake", "--preset", preset, *options], stdout=subprocess.DEVNULL)
    run(["cmake", "--build", "--preset", preset, "--target", *targets])
    return ROOT / "build" / preset


def script(name, *targets):
    """A drill that is a Python program of its own over the dev build."""

    def drill(minutes, seed):
        folder = build("dev", *targets)
        run([sys.executable, HERE / name / f"{name}.py", "--minutes", minutes, "--seed", seed, folder])

    return drill


def fuzz(minutes, seed):
    """Coverage-guided where clang is at hand. New inputs go to build/fuzz/found, the corpora stay."""
    folder = build("fuzz", *(f"fuzz_{target}" for target in FUZZ_TARGETS))
    for target in FUZZ_TARGETS:
        found = folder / "found" / target
        found.mkdir(parents=True, exist_ok=True)
        run([folder / "tests" / "drill" / "fuzz" / f"fuzz_{target}", f"-max_total_time={round(minutes * 60 / len(FUZZ_TARGETS))}",
             f"-seed={seed}", "-rss_limit_mb=2048", "-timeout=20", "-max_len=65536", "-print_final_stats=1",
             f"-artifact_prefix={folder}/", found, HERE / "fuzz" / "corpus" / target])


def abi(minutes, seed):
    for preset in ("asan", "tsan"):
        folder = build(preset, "abi_drill")
        environment = os.environ | {"TSAN_OPTIONS": f"suppressions={ROOT}/cmake/sanitizers/thread.txt"}
        # ThreadSanitizer of GCC 12 does not work with the address randomisation of newer kernels.
        fixed = ["setarch", os.uname().machine, "-R"] if preset == "tsan" else []
        run([*fixed, folder / "tests" / "drill" / "abi" / "abi_drill", "--seconds", minutes * 30, "--seed", seed], env=environment)


DRILLS = {
    "kill": script("kill", "focus_session_cli", "kill_host"),
    "faults": script("faults", "faults_host", "faults_shim"),
    "fuzz": fuzz,
    "abi": abi,
    "crowd": script("crowd", "focus_session_cli"),
    "soak": script("soak", "soak_player"),
    "page": script("page", "focus_session_cli"),
}


def main():
    parser = argparse.ArgumentParser(prog="./dev drill", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="DRILL", help=", ".join(DRILLS))
    parser.add_argument("--minutes", type=float, default=1.0, help="of each drill (default: 1)")
    parser.add_argument("--seed", type=int, help="repeats a drill (default: a new one, which is printed)")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in DRILLS:
            parser.error(f"there is no drill '{name}'; they are: {', '.join(DRILLS)}")
    seed = random.randrange(1 << 31) if arguments.seed is None else arguments.seed
    failed = []
    for name in arguments.names or DRILLS:
        began = time.monotonic()
        try:
            DRILLS[name](arguments.minutes, seed)
            verdict = "held"
        except subprocess.CalledProcessError as error:
            failed.append(name)
            verdict = f"BROKE (status {error.returncode})"
        print(f"drill: {name} {verdict} after {time.monotonic() - began:.0f} s; "
              f"again: ./dev drill {name} --minutes {arguments.minutes:g} --seed {seed}", flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
