# SPDX-License-Identifier: MIT
"""How the checks of this folder are run."""
import argparse
import pathlib
import sys


def run(check, praise):
    """Prints what `check(root)` yields, a fault a line, and exits with 1 unless there is none.

    With --expect FILE the faults must be exactly the lines of that file: so a check shows that it can
    fail.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--expect", type=pathlib.Path)
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    if not (root / "src").is_dir():
        sys.exit(f"{root}: there is no src/ here")
    faults = list(check(root))
    if arguments.expect:
        expected = arguments.expect.read_text("utf-8").splitlines()
        for line in sorted(set(expected) - set(faults)):
            print("was not found:", line)
        for line in sorted(set(faults) - set(expected)):
            print("was not expected:", line)
        sys.exit(faults != expected)
    print("\n".join(faults) if faults else praise)
    sys.exit(bool(faults))
