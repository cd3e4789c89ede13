#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Installs a wheel into an empty environment, and imports and uses it there.

    try_wheel.py WHEEL
"""
import pathlib
import sys
import tempfile

from run import install, run


def main():
    wheel = pathlib.Path(sys.argv[1]).resolve()
    bare = pathlib.Path(__file__).resolve().parents[2] / "bindings/python/tests/bare.py"
    with tempfile.TemporaryDirectory() as folder:
        environment = pathlib.Path(folder, "bare")
        run(install(wheel, environment), "-I", bare, environment)


if __name__ == "__main__":
    main()
