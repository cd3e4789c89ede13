#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the shared library exports must be what the header declares and what symbols.txt keeps.

    check_symbols.py LIBRARY HEADER SYMBOLS [--update]

Also looks at what the library needs: an entry nobody knows of is a dependency that crept in.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

# What the library is built on, and what every C++ program needs.
MAY_NEED = re.compile(
    r"lib(absl_\w+|sndfile|samplerate|ebur128|sqlite3|sodium|stdc\+\+|m|gcc_s|c|pthread)\.so\b.*"
    r"|ld-linux.*\.so\..*")


def run(*command):
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, check=True, text=True, env=environment,
                          stdout=subprocess.PIPE).stdout


def exported(library):
    """The names of all defined dynamic symbols."""
    lines = run("nm", "-D", "--defined-only", library).splitlines()
    return {line.split()[-1] for line in lines if line}


def declared(header):
    """The functions a header declares."""
    text = re.sub(r"/\*.*?\*/", "", pathlib.Path(header).read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"^FOCUS_API\s[^;(]*?(\w+)\s*\(", text, flags=re.MULTILINE))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("header")
    parser.add_argument("symbols", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="keep what is exported now")
    arguments = parser.parse_args()

    names = exported(arguments.library)
    if arguments.update:
        arguments.symbols.write_text("\n".join(sorted(names)) + "\n", "utf-8")
    kept = set(arguments.symbols.read_text("utf-8").split())
    promised = declared(arguments.header)
    complaints = [
        ("exported, but not a focus_ name", {n for n in names if not n.startswith("focus_")}),
        ("declared in the header, but not exported", promised - names),
        ("exported, but not declared in the header", names - promised),
        ("kept in symbols.txt, but gone: hosts would not start any more", kept - names),
        ("new: add it to symbols.txt (--update) with its @since in the header", names - kept),
    ]
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-dW", arguments.library)))
    complaints.append(("needed by the library, but nobody asked for it",
                       {n for n in needed if not MAY_NEED.fullmatch(n)}))
    dynamic = run("readelf", "-dW", arguments.library)
    complaints.append(("has no place in a library that can be moved",
                       set(re.findall(r"RPATH|RUNPATH|TEXTREL", dynamic))))

    for complaint, found in complaints:
        for name in sorted(found):
            print(f"{name}: {complaint}")
    if not any(found for _, found in complaints):
        print(f"{len(names)} functions exported, as declared; {len(needed)} libraries needed")
    sys.exit(any(found for _, found in complaints))


if __name__ == "__main__":
    main()
