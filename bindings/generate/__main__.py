# SPDX-License-Identifier: MIT
"""Writes what the bindings repeat of the C header.

    python3 -m bindings.generate [--header FILE] [--root FOLDER] [--check]

The header is the only input: a new field, enumerator or function of it appears in C++, Python, Java and
Swift. With --check nothing is written, and the status says whether each file is what would be written.
"""
import argparse
import pathlib
import sys

from . import targets
from .header import Header, HeaderError
from .text import COMMAND

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    parser = argparse.ArgumentParser(prog="bindings.generate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=ROOT,
                        help="the folder in which the files are, or are to be")
    parser.add_argument("--header", type=pathlib.Path,
                        help="focus_session.h; version.h lies beside it (default: that of the root)")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that differ")
    arguments = parser.parse_args()
    path = arguments.header or arguments.root / "include/focus_session/focus_session.h"
    try:
        files = targets.files(Header(path))
    except HeaderError as error:
        sys.exit(f"bindings.generate: {error}")
    stale = []
    for name, text in files.items():
        file = arguments.root / name
        if file.exists() and file.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not arguments.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    if arguments.check and stale:
        sys.exit("\n".join(f"{name}: is not what {COMMAND} writes" for name in stale))
    for name in [] if arguments.check else stale:
        print(name)


if __name__ == "__main__":
    main()
