#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the wheel around a shared library.

    build_wheel.py LIBRARY OUT

Needs Debian's python3-build, python3-setuptools, python3-wheel, patchelf and binutils; no network.
Prints the path of the wheel.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bundle import bundle  # noqa: E402
from licences import write_notice  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent


def build(library, out):
    """The path of the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder, "python")
        shutil.copytree(HERE, stage,
                        ignore=shutil.ignore_patterns("__pycache__", "tests", "tools", "_native"))
        shutil.copyfile(ROOT / "LICENSE", stage / "LICENSE")
        native = stage / "src" / "focus_session" / "_native"
        write_notice(native, bundle(library, native))
        made = pathlib.Path(folder, "dist")
        # One moment for all files, so that the same sources give the same wheel.
        environment = {"SOURCE_DATE_EPOCH": "1577836800", **os.environ}
        done = subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation",
                               "--outdir", made, stage], check=False, text=True, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(done.stdout)
        (wheel,) = made.glob("*.whl")
        out.mkdir(parents=True, exist_ok=True)
        return pathlib.Path(shutil.copy(wheel, out))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    print(build(arguments.library, arguments.out))


if __name__ == "__main__":
    main()
