# SPDX-License-Identifier: MIT
"""Lets a test import the modules of ./dev sound. To be imported first.

The test's first argument is the folder of the sources. Ends the test with 77 (skipped) where the
packages of ./dev sound are not installed.
"""
import importlib.util
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv.pop(1)) / "bench" / "sound"
sys.path.insert(0, str(FOLDER))

_missing = [name for name in ("numpy", "scipy", "soundfile")
            if importlib.util.find_spec(name) is None]
if _missing:
    print(f"skipped: no {', '.join(_missing)}")
    sys.exit(77)
