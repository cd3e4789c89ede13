#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One seed is one music: two builds of the library, told the same seed, agree to within -90 dBFS.

    compare.py [--but-one] HERE -- COMMAND...

HERE is `render_seed` of this machine, COMMAND what runs another build's. With --but-one the other is
told another seed, and has to disagree: a comparison that can not fail proves nothing.
"""
import array
import math
import os
import subprocess
import sys
import tempfile

MOST_DBFS = -90.0
SEED = 11


def samples_of(command, seed):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "samples")
        subprocess.run([*command, str(seed), path], check=True)
        with open(path, "rb") as file:
            return array.array("f", file.read())


def dbfs(value):
    return 20.0 * math.log10(value) if value > 0.0 else -math.inf


def main():
    arguments = sys.argv[1:]
    disagree = arguments[0] == "--but-one"
    if disagree:
        arguments = arguments[1:]
    middle = arguments.index("--")
    here = samples_of(arguments[:middle], SEED)
    there = samples_of(arguments[middle + 1:], SEED + disagree)
    loudest = max(map(abs, here))
    if not len(here) or not math.isfinite(loudest) or dbfs(loudest) < -30.0:
        print("here is no music")
        return 1
    if len(here) != len(there) and not disagree:
        print(f"{len(here)} samples here, {len(there)} there")
        return 1
    if here.tobytes() == there.tobytes():  # as on one machine: nothing need be summed up
        print(f"{len(here) // 2} frames; all samples are equal")
        return int(disagree)
    if disagree:
        most = 10.0 ** (MOST_DBFS / 20.0)
        return 0 if any(abs(a - b) >= most for a, b in zip(here, there)) else 1
    residual = [a - b for a, b in zip(here, there)]
    peak = dbfs(max(map(abs, residual)))
    mean = dbfs(math.sqrt(math.fsum(x * x for x in residual) / len(residual)))
    equal = sum(a == b for a, b in zip(here, there)) / len(here)
    print(f"{len(here) // 2} frames; residual {peak:.1f} dBFS at its peak, {mean:.1f} dBFS RMS; "
          f"{100.0 * equal:.2f} % of the samples are equal")
    # Written so that what is not a number does not pass.
    return 0 if peak < MOST_DBFS else 1


if __name__ == "__main__":
    sys.exit(main())
