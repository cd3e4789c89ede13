#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the release twice from nothing, in folders of different names, and compares what came out.

    reproducible.py [--keep]

Without ccache, which would give the second build the objects of the first.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = ("capi/libfocus_session.so", "tool/focus-session")


def build(folder):
    """A copy of the sources in `folder`, built there: {binary: digest}."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    environment = os.environ | {"CCACHE_DISABLE": "1", "SOURCE_DATE_EPOCH": "1"}
    for command in (["cmake", "--preset", "release"],
                    ["cmake", "--build", "--preset", "release", "--target", "focus_session", "focus_session_cli"]):
        subprocess.run(command, cwd=folder, check=True, env=environment, stdout=subprocess.DEVNULL)
    return {name: hashlib.sha256((folder / "build" / "release" / name).read_bytes()).hexdigest()
            for name in BINARIES}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="keep both builds, to compare them by hand")
    arguments = parser.parse_args()
    base = pathlib.Path(tempfile.mkdtemp(prefix="focus-reproducible-"))
    try:
        first, second = build(base / "one"), build(base / "another" / "deeper")
        for name in BINARIES:
            print(f"{name}: {'the same bytes' if first[name] == second[name] else 'DIFFERENT'}, {first[name][:16]}")
        sys.exit(first != second)
    finally:
        if arguments.keep:
            print("kept in", base)
        else:
            shutil.rmtree(base)


if __name__ == "__main__":
    main()
